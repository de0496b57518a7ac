/// One pass of the sweep over all chunks: batch by batch, so that the chunks' memory is used again.
struct SweepPass {
  /// What a pass found.
  struct Outcome {
    var builders: [ColumnBuilder]
    var rows = 0
    var blankLines = 0
    var quotes = 0
    var problems: [RowProblem] = []
    var problemCount = 0
    /// Every chunk ended where the next one starts.
    var isAligned = true
  }

  let sweep: ChunkSweep
  let plans: [CellPlan]
  /// The average number of bytes of a row.
  let rowBytes: Int
  /// The number of rows that the columns make room for.
  let expectedRows: Int
  let threads: Int

  /// Reads all chunks and joins them in their order.
  ///
  /// - Returns: nil if the task was cancelled.
  func run(_ map: ChunkMap) -> Outcome? {
    var outcome = Outcome(
      builders: plans.map {
        ColumnBuilder(bytes: sweep.bytes, plan: $0, expectedRows: expectedRows)
      })
    let batch = max(8, 4 * threads)
    var pool: [ChunkResult] = []
    var isWhole = true
    for first in stride(from: 0, to: map.ranges.count, by: batch) {
      let count = min(batch, map.ranges.count - first)
      let results = (0..<count).map { _ in
        pool.popLast() ?? ChunkResult(plans: plans, capacity: 16)
      }
      let isSwept = Workers.run(pieces: count, threads: threads) { index in
        let range = map.ranges[first + index]
        let rows = range.count / rowBytes
        sweep.run(range, into: results[index], expectedRows: rows + rows / 8 + 16)
      }
      let builders = outcome.builders
      // Rows that cannot be read leave holes in the columns; the table is an error then, or read once more.
      isWhole = isWhole && results.allSatisfy { $0.problemCount == 0 }
      let isJoined =
        isSwept
        && Workers.run(pieces: isWhole ? plans.count : 0, threads: threads) { column in
          for result in results { builders[column].append(result[column], rows: result.rows) }
        }
      guard isJoined else { return nil }
      for (index, result) in results.enumerated() {
        outcome.rows += result.rows
        outcome.blankLines += result.blankLines
        outcome.quotes += result.quotes
        outcome.problemCount += result.problemCount
        outcome.problems += result.problems.prefix(
          max(0, sweep.maxProblems - outcome.problems.count))
        if result.endOffset != map.ranges[first + index].upperBound { outcome.isAligned = false }
        result.reset(plans)
        pool.append(result)
      }
    }
    return outcome
  }
}
