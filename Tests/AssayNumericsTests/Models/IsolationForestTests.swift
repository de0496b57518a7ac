import AssayNumerics
import Testing

/// The isolation forest, by its law and by what is planted.
@Suite struct `An isolation forest` {
  private static func rows(_ count: Int, seed: UInt64) -> [Float] {
    var random = RandomStream(seed: seed, name: "forest")
    return (0..<2 * count).map { _ in Float(random.normal()) }
  }

  @Test func `scores a far row highest and alike rows alike`() throws {
    var values = Self.rows(400, seed: 3)
    values += [9, -9, 0.1, 0.1, 0.1, 0.1]
    let all = values
    var stream = RandomStream(seed: 1, name: "trees")
    let forest = try IsolationForest(all.span, columns: 2, stream: &stream)
    let scores = forest.scores(all.span)
    #expect(scores.count == 403)
    #expect(scores.max() == scores[400] && scores[400] > 0.7)
    #expect(scores[401] == scores[402])
    #expect(scores.allSatisfy { $0 > 0 && $0 < 1 })
  }

  /// Closed form: two rows are parted by one cut in every tree, which is what the scale expects.
  @Test func `scores two different rows one half`() throws {
    let rows: [Float] = [0, 1]
    var stream = RandomStream(seed: 1, name: "trees")
    let forest = try IsolationForest(rows.span, columns: 1, trees: 7, stream: &stream)
    #expect(forest.scores(rows.span) == [0.5, 0.5])
  }

  @Test func `takes constants, missing values and one row for what they are`() throws {
    let same = [Float](repeating: 2, count: 60)
    var stream = RandomStream(seed: 1, name: "trees")
    let forest = try IsolationForest(same.span, columns: 3, trees: 5, stream: &stream)
    #expect(Set(forest.scores(same.span)).count == 1)
    let holes: [Float] = [.nan, 1, .nan, 2, .nan, 3]
    let other = try IsolationForest(holes.span, columns: 2, trees: 5, stream: &stream)
    #expect(other.scores(holes.span).allSatisfy(\.isFinite))
    let one: [Float] = [1, 2]
    #expect(throws: NumericsError.self) {
      _ = try IsolationForest(one.span, columns: 2, stream: &stream)
    }
  }
}
