/// Assigns every value of a column to one of a fixed number of cells; missing has a cell of its own.
///
/// Numbers fall into half-open cells [a, b) between ascending edges, with open outer cells. Levels
/// that are kept have a cell each; all others, seen or unseen, share one. The missing cell is last.
public struct CellMap: Sendable, Hashable {
  /// How values find their cell.
  public enum Rule: Sendable, Hashable {
    /// The cell is the number of edges at or below the value.
    case edges([Double])
    /// The cell of each training level.
    case levels(kept: [Int], cellOfLevel: [Int32])
  }

  /// How values find their cell.
  public let rule: Rule
  /// The number of cells, the missing cell included.
  public let count: Int

  /// Cells between edges.
  public init(edges: [Double]) {
    rule = .edges(edges)
    count = edges.count + 2
  }

  /// A cell for each of the levels `kept`, one for all others.
  public init(levels kept: [Int], of total: Int) {
    var cells = [Int32](repeating: Int32(kept.count), count: total)
    for (cell, level) in kept.enumerated() { cells[level] = Int32(cell) }
    rule = .levels(kept: kept, cellOfLevel: cells)
    count = kept.count + 2
  }

  /// The cell of missing values.
  public var missingCell: Int { count - 1 }

  /// The cell of the levels that have none of their own.
  public var otherCell: Int? { if case .levels = rule { count - 2 } else { nil } }

  /// The edges, where values are numbers.
  public var edges: [Double]? { if case .edges(let edges) = rule { edges } else { nil } }

  /// The cell of a number.
  ///
  /// - Complexity: O(log edges), without branches that depend on the value.
  public func cell(of value: Double) -> Int {
    guard case .edges(let edges) = rule else { return missingCell }
    return Self.countAtOrBelow(value, edges.span)
  }

  /// The cells of a column's rows.
  ///
  /// - Precondition: The column has the form that the map was fitted on.
  public func codes(_ column: ColumnData) -> [UInt16] {
    precondition(count <= Int(UInt16.max), "too many cells")
    switch (rule, column) {
    case (.edges(let edges), .numeric(let values)):
      return Self.codes(values, edges: edges.span, missing: UInt16(missingCell))
    case (.levels(_, let cells), .nominal(let codes)):
      let other = UInt16(count - 2)
      let missing = UInt16(missingCell)
      var out = [UInt16](repeating: 0, count: codes.count)
      for row in codes.indices {
        let code = codes[row]
        out[row] =
          code < 0 ? missing : Int(code) < cells.count ? UInt16(cells[Int(code)]) : other
      }
      return out
    default:
      return [UInt16](repeating: UInt16(missingCell), count: column.count)
    }
  }

  private static func codes(
    _ values: NumericValues, edges: Span<Double>, missing: UInt16
  ) -> [UInt16] {
    var out = [UInt16](repeating: 0, count: values.count)
    let numbers = values.values
    var row = 0
    // Four searches side by side: each waits for its memory while the others go on.
    while row + 4 <= numbers.count {
      var base = SIMD4<Int32>(repeating: 0)
      let value = SIMD4(numbers[row], numbers[row + 1], numbers[row + 2], numbers[row + 3])
      var length = edges.count
      while length > 0 {
        let half = (length + 1) / 2
        let before = Int32(truncatingIfNeeded: half - 1)
        for lane in 0..<4 {
          let edge = edges[Int(base[lane] &+ before)]
          base[lane] = edge <= value[lane] ? base[lane] &+ before &+ 1 : base[lane]
        }
        length -= half
      }
      for lane in 0..<4 { out[row + lane] = UInt16(truncatingIfNeeded: base[lane]) }
      row += 4
    }
    while row < numbers.count {
      out[row] = UInt16(countAtOrBelow(numbers[row], edges))
      row += 1
    }
    if let validity = values.validity {
      for row in numbers.indices where !validity[row] { out[row] = missing }
    }
    return out
  }

  @inline(__always)
  static func countAtOrBelow(_ value: Double, _ edges: Span<Double>) -> Int {
    var base = 0
    var length = edges.count
    while length > 0 {
      let half = (length + 1) / 2
      base = edges[base + half - 1] <= value ? base + half : base
      length -= half
    }
    return base
  }

  /// For each cell of `fine`, the cell of this map that holds it; this map must coarsen `fine`.
  public func cells(ofFine fine: CellMap) -> [Int]? {
    guard case .edges(let own) = rule, case .edges(let theirs) = fine.rule else { return nil }
    var cells = [Self.countAtOrBelow(-.greatestFiniteMagnitude, own.span)]
    for edge in theirs { cells.append(Self.countAtOrBelow(edge, own.span)) }
    cells.append(missingCell)
    return cells
  }
}
