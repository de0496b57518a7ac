import AssayNumerics
import Testing

@Suite struct `Coefficients with influences` {
  /// Tied and untied pairs.
  static func pairs(_ count: Int, seed: UInt64) -> (x: [Double], y: [Double]) {
    var stream = RandomStream(seed: seed, name: "influence")
    let x = (0..<count).map { _ in (stream.normal() * 3).rounded() }
    let y = x.map { 0.5 * $0 * $0 + stream.normal() }
    return (x, y)
  }

  static func kendall(
    _ x: [Double], _ y: [Double], weights: [Double] = []
  ) throws -> KendallInfluence {
    func ranks(_ values: [Double]) -> [Int32] {
      let distinct = Array(Set(values)).sorted()
      return values.map { value in Int32(distinct.firstIndex(of: value) ?? 0) }
    }
    let (first, second) = (ranks(x), ranks(y))
    let order = first.indices.map { Int32($0) }.sorted { first[Int($0)] < first[Int($1)] }
    return try KendallInfluence(
      first: first.span, second: second.span, byFirst: order.span, levels: y.count,
      weights: weights.span)
  }

  @Test func `Kendall's coefficient is the one of the plain algorithm`() throws {
    for count in [2, 5, 60, 400] {
      let (x, y) = Self.pairs(count, seed: UInt64(count))
      guard Set(x).count > 1 else { continue }
      let found = try Self.kendall(x, y)
      #expect(abs(found.tau - (try kendallTau(x.span, y.span))) < 1e-12)
      #expect(abs(found.influence.reduce(0, +)) < 1e-9 * Double(count))
    }
  }

  @Test func `whole weights are repeated pairs`() throws {
    let (x, y) = Self.pairs(50, seed: 3)
    let weights = x.indices.map { 1 + $0 % 4 }
    let weighted = try Self.kendall(x, y, weights: weights.map(Double.init))
    let rows = x.indices.flatMap { Array(repeating: $0, count: weights[$0]) }
    let (repeatedX, repeatedY) = (rows.map { x[$0] }, rows.map { y[$0] })
    let plain = try kendallTau(repeatedX.span, repeatedY.span)
    #expect(abs(weighted.tau - plain) < 1e-12)
  }

  @Test func `the spread of influences is that of the jackknife`() throws {
    // Slow twin: every pair left out in turn.
    let (x, y) = Self.pairs(120, seed: 4)
    let n = Double(x.count)
    let found = try Self.kendall(x, y)
    let spread = found.influence.reduce(0) { $0 + $1 * $1 } / (n * n)
    var left: [Double] = []
    for row in x.indices {
      let (a, b) = (without(row, x), without(row, y))
      left.append(try kendallTau(a.span, b.span))
    }
    let centre = left.reduce(0, +) / n
    let jackknife = left.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } * (n - 1) / n
    #expect(abs(spread / jackknife - 1) < 0.05)
  }

  @Test func `distance correlation is the one of the plain algorithm`() throws {
    for count in [4, 30, 250] {
      let (x, y) = Self.pairs(count, seed: UInt64(count) + 9)
      guard Set(x).count > 1 else { continue }
      let plain = try DistanceCorrelation(x.span, y.span).correctedSquaredCorrelation()
      let found = DistanceInfluence(try DistanceColumn(x.span), try DistanceColumn(y.span))
      #expect(abs(found.squaredCorrelation - plain) < 1e-10)
      #expect(abs(found.influence.reduce(0, +)) < 1e-8 * Double(count))
    }
  }

  @Test func `influences on distance correlation are those of leaving a pair out`() throws {
    let (x, y) = Self.pairs(150, seed: 21)
    let n = Double(x.count)
    let found = DistanceInfluence(try DistanceColumn(x.span), try DistanceColumn(y.span))
    let spread = found.influence.reduce(0) { $0 + $1 * $1 } / (n * n)
    var left: [Double] = []
    for row in x.indices {
      let (a, b) = (without(row, x), without(row, y))
      left.append(try DistanceCorrelation(a.span, b.span).correctedSquaredCorrelation())
    }
    let centre = left.reduce(0, +) / n
    let jackknife = left.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } * (n - 1) / n
    #expect(abs(spread / jackknife - 1) < 0.1)
  }

  @Test func `a constant has no coefficient`() {
    let constant = [2.0, 2, 2, 2, 2]
    #expect(throws: NumericsError.self) { try DistanceColumn(constant.span) }
    #expect(throws: NumericsError.self) { try Self.kendall(constant, [1, 2, 3, 4, 5]) }
  }

  private func without(_ row: Int, _ values: [Double]) -> [Double] {
    values.indices.filter { $0 != row }.map { values[$0] }
  }
}
