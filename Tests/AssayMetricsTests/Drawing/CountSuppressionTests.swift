import AssayNumerics
import Testing

@testable import AssayMetrics

/// Oracle: by hand, and the law that no line withholds between 1 and k − 1 rows.
@Suite struct `What of a table of counts may be published` {
  @Test func `cells with fewer than k rows are withheld, empty ones too`() {
    let shown = CountSuppression(
      counts: [40, 0, 12, 30, 25, 60, 11, 50, 44], lines: 3, width: 3, k: 10)
    // The empty cell withholds nobody, so nothing else has to go.
    #expect(shown.isPublished == [true, false, true, true, true, true, true, true, true])
  }

  @Test func `a single small cell takes others with it, in its row and in its column`() {
    let shown = CountSuppression(
      counts: [40, 3, 12, 30, 25, 60, 11, 50, 44], lines: 3, width: 3, k: 10)
    // 3 takes 12 in its row and 25 in its column; each of these would be told by its other line alone,
    // so 44 goes in the column of 12, 30 in the row of 25, and 11 in the row of 44.
    #expect(shown.isPublished == [true, false, false, false, false, true, false, true, false])
  }

  @Test func `a line of small cells alone stays withheld`() {
    let shown = CountSuppression(counts: [1, 2, 50, 60], lines: 2, width: 2, k: 10)
    #expect(shown.isPublished == [false, false, false, false])
  }

  @Test func `of cells whose total alone is known one more is withheld`() {
    #expect(CountSuppression(counts: [4, 20, 15], k: 10).isPublished == [false, true, false])
    #expect(CountSuppression(counts: [4, 6, 15], k: 10).isPublished == [false, false, true])
    #expect(CountSuppression(counts: [0, 20, 15], k: 10).isPublished == [false, true, true])
  }

  @Test func `no line of a random table withholds between 1 and k − 1 rows`() {
    var stream = RandomStream(seed: 1, name: "suppression")
    for _ in 0..<200 {
      let (lines, width, k) = (1 + stream.below(6), 1 + stream.below(6), 1 + stream.below(12))
      let counts = (0..<lines * width).map { _ in stream.below(3) * stream.below(15) }
      let shown = CountSuppression(counts: counts, lines: lines, width: width, k: k).isPublished
      for (count, isPublished) in zip(counts, shown) where isPublished { #expect(count >= k) }
      func withheld(_ cells: [Int]) -> Int {
        cells.filter { !shown[$0] }.reduce(0) { $0 + counts[$1] }
      }
      let rows = (0..<lines).map { row in (0..<width).map { row * width + $0 } }
      let columns = (0..<width).map { column in (0..<lines).map { $0 * width + column } }
      for line in rows + columns {
        // All of a line may be withheld and still be few: then nobody else is left to take.
        let cells = line.count { !shown[$0] && counts[$0] > 0 }
        #expect(
          withheld(line) == 0 || (withheld(line) >= k && cells > 1)
            || line.allSatisfy { !shown[$0] })
      }
    }
  }
}
