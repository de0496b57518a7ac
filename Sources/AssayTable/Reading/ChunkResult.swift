/// A row that cannot be read.
struct RowProblem: Sendable {
  var code: TableError.Code
  /// The index of the row's first byte.
  var offset: Int
  /// The number of cells found, or the position of the cell at fault.
  var number: Int
}

/// What one sweep over one chunk found.
///
// SAFETY: a result is filled by one thread and handed over under a lock; afterwards it is only read, except for
// `release`, which each column's own task calls once.
@safe
final class ChunkResult: @unchecked Sendable {
  private let segments: UnsafeMutablePointer<ColumnSegment>
  let columnCount: Int
  var rows = 0
  var blankLines = 0
  /// The quotes that enclosed or escaped; fewer than the chunk holds means a stray quote somewhere.
  var quotes = 0
  /// Where the sweep stopped.
  var endOffset = 0
  var problems: [RowProblem] = []
  var problemCount = 0

  init(plans: [CellPlan], capacity: Int) {
    columnCount = plans.count
    unsafe segments = .allocate(capacity: plans.count)
    for column in plans.indices {
      unsafe (segments + column).initialize(
        to: ColumnSegment(plan: plans[column], capacity: capacity))
    }
  }

  deinit {
    for column in 0..<columnCount { unsafe segments[column].destroy() }
    unsafe segments.deinitialize(count: columnCount)
    unsafe segments.deallocate()
  }

  /// One column's cells.
  @inline(__always)
  subscript(column: Int) -> ColumnSegment {
    unsafeAddress {
      assert(column >= 0 && column < columnCount)
      return unsafe UnsafePointer(segments + column)
    }
    unsafeMutableAddress {
      assert(column >= 0 && column < columnCount)
      return unsafe segments + column
    }
  }

  /// Frees one column's cells once they have been copied.
  func release(_ column: Int) { unsafe segments[column].destroy() }
}
