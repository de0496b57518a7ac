import AssayNumerics
import Testing

/// Trees of the library, on rows whose best possible scores are known in closed form.
@Suite struct `Boosted trees` {
  /// Rows of normal numbers; label 1 moves the first of them.
  private static func planted(
    rows: Int, columns: Int, shift: Double, seed: UInt64
  ) -> (values: [Float], labels: [Float]) {
    var random = RandomStream(seed: seed, name: "planted")
    var values: [Float] = []
    var labels: [Float] = []
    for row in 0..<rows {
      let label = row % 2
      labels.append(Float(label))
      for column in 0..<columns {
        values.append(Float(random.normal() + (column == 0 ? shift * Double(label) : 0)))
      }
    }
    return (values, labels)
  }

  private static func area(_ scores: [Double], _ labels: [Float]) throws -> Double {
    let positives = scores.indices.filter { labels[$0] == 1 }.map { scores[$0] }
    let negatives = scores.indices.filter { labels[$0] == 0 }.map { scores[$0] }
    return try AreaUnderCurve(positives: positives.span, negatives: negatives.span).value
  }

  private static let few = BoostedTrees.Parameters(rounds: 30, depth: 3, minimumLeafWeight: 5)

  @Test func `come near the best possible area and find the column`() throws {
    let training = Self.planted(rows: 4_000, columns: 3, shift: 1, seed: 1)
    let fresh = Self.planted(rows: 4_000, columns: 3, shift: 1, seed: 2)
    let trees = try BoostedTrees(
      training.values.span, labels: training.labels.span, columns: 3, parameters: Self.few)
    let found = try Self.area(trees.predictions(fresh.values.span), fresh.labels)
    // Closed form: Φ(1/√2) = 0.7602 is the best for two normals one deviation apart; its standard
    // error here is 0.0075.
    #expect(found > 0.72 && found < 0.7602 + 3 * 0.0075)
    #expect(trees.totalGain[0] > 10 * max(trees.totalGain[1], trees.totalGain[2]))
  }

  @Test func `see nothing where there is nothing`() throws {
    let training = Self.planted(rows: 2_000, columns: 3, shift: 0, seed: 3)
    let fresh = Self.planted(rows: 2_000, columns: 3, shift: 0, seed: 4)
    let trees = try BoostedTrees(
      training.values.span, labels: training.labels.span, columns: 3, parameters: Self.few)
    let found = try Self.area(trees.predictions(fresh.values.span), fresh.labels)
    // Mann–Whitney: deviation √(2001/(12·10⁶)) = 0.0129.
    #expect(abs(found - 0.5) < 4 * 0.0129)
  }

  @Test func `give the same bits again, and side by side`() throws {
    let rows = Self.planted(rows: 400, columns: 4, shift: 1, seed: 5)
    @Sendable func predictions() throws(NumericsError) -> [Double] {
      let values = rows.values
      let labels = rows.labels
      let trees = try BoostedTrees(
        values.span, labels: labels.span, columns: 4, parameters: Self.few)
      return try trees.predictions(values.span)
    }
    let first = try predictions()
    let others = try parallelChunks(count: 6, chunk: 1, threads: 2) {
      _ throws(NumericsError) -> [Double] in try predictions()
    }
    #expect(others.allSatisfy { $0 == first })
  }

  @Test func `send missing values the way that fits`() throws {
    let labels: [Float] = (0..<200).map { Float($0 % 2) }
    let values: [Float] = labels.map { $0 == 1 ? .nan : 0 }
    let trees = try BoostedTrees(values.span, labels: labels.span, columns: 1)
    let found = try trees.predictions([Float.nan, 0].span)
    #expect(found[0] > 0.95 && found[1] < 0.05)
  }

  @Test func `split categories without an order`() throws {
    // Even categories are 1: no split of an ordered axis at depth 1 tells them apart.
    let values: [Float] = (0..<600).map { Float($0 % 6) }
    let labels: [Float] = values.map { Int($0) % 2 == 0 ? 1 : 0 }
    let stumps = BoostedTrees.Parameters(rounds: 40, depth: 1, learningRate: 0.3)
    let trees = try BoostedTrees(
      values.span, labels: labels.span, columns: 1, isCategory: [true], parameters: stumps)
    let found = try trees.predictions([Float](arrayLiteral: 0, 1, 2, 3, 4, 5).span)
    #expect([found[0], found[2], found[4]].allSatisfy { $0 > 0.8 })
    #expect([found[1], found[3], found[5]].allSatisfy { $0 < 0.2 })
  }

  @Test func `say in which leaves rows end`() throws {
    // Closed form: one stump parts rows at 10; rows of one leaf have one prediction, and no others do.
    let values: [Float] = (0..<40).map { Float($0 / 2) }
    let labels: [Float] = values.map { $0 < 10 ? 0 : 1 }
    let stump = BoostedTrees.Parameters(rounds: 1, depth: 1, minimumLeafWeight: 0)
    let one = try BoostedTrees(values.span, labels: labels.span, columns: 1, parameters: stump)
    let ends = try one.leaves(values.span)
    #expect(ends.count == 40)
    #expect(Set(ends[..<20]).count == 1 && Set(ends[20...]).count == 1 && ends[0] != ends[20])
    // Slow twin: of a deeper tree the leaves part rows as its predictions do.
    var random = RandomStream(seed: 4, name: "leaves")
    let pairs: [Float] = (0..<600).map { _ in Float(random.uniform()) }
    let sums: [Float] = (0..<300).map {
      pairs[2 * $0] + Float(random.uniform()) * pairs[2 * $0 + 1]
    }
    let tree = try BoostedTrees(
      pairs.span, labels: sums.span, columns: 2, objective: .regression,
      parameters: .init(rounds: 1, depth: 4, minimumLeafWeight: 2))
    let (nodes, numbers) = (try tree.leaves(pairs.span), try tree.predictions(pairs.span))
    #expect(Set(nodes).count > 8)
    #expect(Set(zip(nodes, numbers).map { "\($0) \($1)" }).count == Set(nodes).count)
    #expect(Set(numbers).count == Set(nodes).count)
    // Trees side by side: as many numbers a row as rounds.
    let many = try BoostedTrees(
      pairs.span, labels: sums.span, columns: 2, objective: .regression,
      parameters: .init(rounds: 7, depth: 3))
    #expect(try many.leaves(pairs.span).count == 300 * 7)
    #expect(try many.leaves([Float]().span).isEmpty)
  }

  @Test func `give classes probabilities that add up to one`() throws {
    let values: [Float] = (0..<300).map { Float($0 % 3) }
    let trees = try BoostedTrees(
      values.span, labels: values.span, columns: 1, objective: .multiclass(classes: 3))
    let found = try trees.predictions([Float](arrayLiteral: 0, 1, 2).span)
    #expect(found.count == 9)
    for row in 0..<3 {
      #expect(abs(found[row * 3..<row * 3 + 3].reduce(0, +) - 1) < 1e-6)
      #expect(found[row * 3 + row] > 0.9)
    }
  }

  @Test func `predict numbers far from zero`() throws {
    let values: [Float] = (0..<200).map { Float($0 % 2) }
    let labels: [Float] = values.map { 1_000 + 10 * $0 }
    let trees = try BoostedTrees(
      values.span, labels: labels.span, columns: 1, objective: .regression)
    let found = try trees.predictions([Float](arrayLiteral: 0, 1).span)
    #expect(abs(found[0] - 1_000) < 0.1 && abs(found[1] - 1_010) < 0.1)
  }

  @Test func `count a row by its weight`() throws {
    let values = [Float](repeating: 0, count: 100)
    let labels: [Float] = (0..<100).map { $0 < 50 ? 1 : 0 }
    let weights: [Float] = labels.map { $0 == 1 ? 3 : 1 }
    let trees = try BoostedTrees(
      values.span, labels: labels.span, weights: weights.span, columns: 1)
    // Three quarters of the weight are 1; the penalty of leaves takes a little off.
    #expect(abs(try trees.predictions([Float(0)].span)[0] - 0.75) < 0.02)
  }

  @Test func `refuse what cannot be trained on`() {
    func code(_ values: [Float], _ labels: [Float]) -> NumericsError.Code? {
      do throws(NumericsError) {
        _ = try BoostedTrees(values.span, labels: labels.span, columns: 1)
        return nil
      } catch {
        return error.code
      }
    }
    #expect(code([], []) == .tooFewObservations)
    #expect(code([.infinity, 0], [0, 1]) == .domain)
    #expect(code([1, 0], [0, 2]) == .domain)
    #expect(code([1, 0], [0, .nan]) == .domain)
  }

  @Test func `name the version of the library`() {
    #expect(BoostedTrees.libraryVersion.split(separator: ".").count == 3)
    #expect(LibraryVersions.current.xgboost == BoostedTrees.libraryVersion)
  }
}
