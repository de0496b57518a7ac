/// A row that cannot be read.
struct RowProblem: Sendable {
  var code: TableError.Code
  /// The index of the row's first byte.
  var offset: Int
  /// The number of cells found, or the position of the cell at fault.
  var number: Int
}

/// What one sweep over one chunk found; its memory serves one chunk after the other.
///
// SAFETY: a result is filled by one thread. Afterwards it is only read, until the batch of chunks that it belongs to
// is done and it is reset.
@safe
final class ChunkResult: @unchecked Sendable {
  private let segments: UnsafeMutablePointer<ColumnSegment>
  let columnCount: Int
  private var capacity: Int
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
    self.capacity = capacity
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

  /// Makes room for so many rows; the first `used` are kept.
  ///
  /// - Returns: the number of rows that there is room for.
  func reserve(_ rows: Int, used: Int) -> Int {
    if rows > capacity {
      for column in 0..<columnCount { unsafe segments[column].grow(to: rows, used: used) }
      capacity = rows
    }
    return capacity
  }

  /// Forgets everything and keeps the memory; the plans must be those of the start.
  func reset(_ plans: [CellPlan]) {
    rows = 0
    blankLines = 0
    quotes = 0
    endOffset = 0
    problems = []
    problemCount = 0
    for column in 0..<columnCount { unsafe segments[column].reset(plans[column]) }
  }
}
