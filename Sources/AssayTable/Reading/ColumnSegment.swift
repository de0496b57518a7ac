/// What a chunk does with the cells of a column.
enum CellPlan: Sendable, Equatable {
  case number
  case temporal(TemporalFormat)
  case coded
  case skipped
}

/// A cell of a text column: a range of the file.
struct CellRange {
  var start: Int
  /// Twice the length, plus one if the cell holds doubled quotes.
  var lengthAndEscape: Int

  var length: Int { lengthAndEscape >> 1 }
  var isEscaped: Bool { lengthAndEscape & 1 != 0 }
}

/// Counts of how the cells of one column in one chunk were written.
struct CellCounts: Sendable {
  var blank = 0
  var quoted = 0
  var spaced = 0
  var parsed = 0
  var point = 0
  var wholePoint = 0
  var exponent = 0
  /// Numbers with a decimal mark, an exponent, or both.
  var marked = 0
  var nonFinite = 0
  var zoned = 0
  var maxDecimals = 0
  var granularity = TemporalGranularity.month
  var missing: [String: Int] = [:]

  mutating func add(_ other: CellCounts) {
    blank += other.blank
    quoted += other.quoted
    spaced += other.spaced
    parsed += other.parsed
    point += other.point
    wholePoint += other.wholePoint
    exponent += other.exponent
    marked += other.marked
    nonFinite += other.nonFinite
    zoned += other.zoned
    maxDecimals = max(maxDecimals, other.maxDecimals)
    granularity = max(granularity, other.granularity)
    missing.merge(other.missing) { $0 + $1 }
  }
}

/// The cells of one column in one chunk.
///
// SAFETY: `doubles`, `codes` and `ranges` have room for `capacity` rows whenever they are not nil; the sweep calls
// `grow` before it writes a row beyond it. The owning `ChunkResult` calls `destroy` exactly once.
@safe
struct ColumnSegment {
  /// Columns are kept as ranges of the file once a chunk has this many different cells, more than half of its rows.
  static let abandonCount = 4_096

  var plan: CellPlan
  /// A cell did not fit the plan; the column is read again as coded.
  var hasFailed = false
  var counts = CellCounts()
  var dictionary: ChunkDictionary?
  var sketch: DistinctSketch?
  /// The cells are ranges of the file; else they are codes of the dictionary, if the plan is `coded`.
  private(set) var keepsRanges = false
  private var doubles: UnsafeMutablePointer<Double>?
  private var codes: UnsafeMutablePointer<Int32>?
  private var ranges: UnsafeMutablePointer<CellRange>?
  private var capacity: Int

  init(plan: CellPlan, capacity: Int) {
    self.plan = plan
    self.capacity = capacity
    switch plan {
    case .number, .temporal: unsafe doubles = .allocate(capacity: capacity)
    case .coded:
      unsafe codes = .allocate(capacity: capacity)
      dictionary = ChunkDictionary()
    case .skipped: break
    }
  }

  /// Forgets all cells and keeps the memory; the plan must be the one of the start.
  mutating func reset(_ plan: CellPlan) {
    self.plan = plan
    hasFailed = false
    counts = CellCounts()
    dictionary?.clear()
    sketch = nil
    keepsRanges = false
  }

  mutating func destroy() {
    unsafe doubles?.deallocate()
    unsafe codes?.deallocate()
    unsafe ranges?.deallocate()
    dictionary?.destroy()
  }

  /// Makes room for more rows; the first `used` are kept.
  mutating func grow(to larger: Int, used: Int) {
    unsafe doubles = Self.moved(doubles, used, larger)
    unsafe codes = Self.moved(codes, keepsRanges ? 0 : used, larger)
    unsafe ranges = Self.moved(ranges, keepsRanges ? used : 0, larger)
    capacity = larger
  }

  private static func moved<Element>(
    _ old: UnsafeMutablePointer<Element>?, _ used: Int, _ capacity: Int
  ) -> UnsafeMutablePointer<Element>? {
    guard let old = unsafe old else { return nil }
    let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    unsafe new.moveInitialize(from: old, count: used)
    unsafe old.deallocate()
    return unsafe new
  }

  @inline(__always)
  func store(_ value: Double, row: Int) {
    assert(row < capacity)
    unsafe doubles.unsafelyUnwrapped[row] = value
  }

  @inline(__always)
  func store(_ code: Int32, row: Int) {
    assert(row < capacity)
    unsafe codes.unsafelyUnwrapped[row] = code
  }

  @inline(__always)
  func store(_ range: CellRange, row: Int) {
    assert(row < capacity)
    unsafe ranges.unsafelyUnwrapped[row] = range
  }

  /// Appends the first rows' numbers; NaN stands for a missing one.
  func appendDoubles(_ rows: Int, to target: inout [Double]) {
    guard let doubles = unsafe doubles else { return }
    unsafe target.append(contentsOf: UnsafeBufferPointer(start: doubles, count: rows))
  }

  /// A row's code; -1 for a blank cell.
  @inline(__always)
  func code(_ row: Int) -> Int32 { unsafe codes.unsafelyUnwrapped[row] }

  /// A row's range of the file; without bytes for a blank cell.
  @inline(__always)
  func range(_ row: Int) -> CellRange {
    if keepsRanges { return unsafe ranges.unsafelyUnwrapped[row] }
    let code = Int(code(row))
    guard code >= 0, let entry = dictionary?.entry(code) else {
      return CellRange(start: 0, lengthAndEscape: 0)
    }
    return CellRange(start: entry.start, lengthAndEscape: entry.lengthAndEscape)
  }

  /// Stops the dictionary: from now on the column is kept as ranges of the file.
  mutating func abandonDictionary(rows: Int) {
    guard let dictionary else { return }
    let target = unsafe ranges ?? UnsafeMutablePointer<CellRange>.allocate(capacity: capacity)
    var sketch = DistinctSketch()
    for code in 0..<dictionary.count { sketch.add(dictionary.entry(code).hash) }
    for row in 0..<rows { unsafe (target + row).initialize(to: range(row)) }
    unsafe ranges = target
    self.sketch = sketch
    keepsRanges = true
  }
}
