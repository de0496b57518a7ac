import AssayDocument
import AssayTable

/// Says conditions on columns in words: the cells of a pair on their own, and joined to a few.
struct SegmentCells {
  private let frame: ReferenceFrame
  private let columns: [Int]
  /// The published cells of each column, by position in ``PairPlan/columns(_:)``.
  private let fine: [[ColumnProfile.Cell]]
  /// The pair cells of each coarse cell.
  private let members: [[[Int]]]

  /// Names the cells of the columns that can be paired; the maps give the coarse cell of each.
  init(_ frame: ReferenceFrame, columns: [Int], maps: [[UInt8]], k: Int) {
    self.frame = frame
    self.columns = columns
    let labels = CellLabels(frame, k: k)
    fine = columns.map { labels.cells($0, map: frame.fits[$0]?.pairCells) }
    members = maps.map { map in
      var own = [[Int]](repeating: [], count: Int(map.max() ?? 0) + 1)
      for (cell, coarse) in map.enumerated() { own[Int(coarse)].append(cell) }
      return own
    }
  }

  /// A pair cell in words.
  func fineLabel(_ column: Int, _ cell: Int) -> String {
    cell < fine[column].count ? fine[column][cell].label : "other levels"
  }

  /// A coarse cell in words.
  func coarseLabel(_ column: Int, _ cell: Int) -> String {
    guard cell < members[column].count, let first = members[column][cell].first,
      let last = members[column][cell].last
    else { return "other levels" }
    guard first != last else { return fineLabel(column, first) }
    guard case .edges? = frame.fits[columns[column]]?.pairCells.rule else { return "other levels" }
    let kind = frame.schema.columns[columns[column]].kind
    let lower = fine[column][first].lower.map { CellLabels.text($0, kind: kind) }
    let upper = fine[column][last].upper.map { CellLabels.text($0, kind: kind) }
    return switch (lower, upper) {
    case (let lower?, let upper?): "\(lower) to \(upper)"
    case (nil, let upper?): "under \(upper)"
    case (let lower?, nil): "\(lower) and more"
    case (nil, nil): "all values"
    }
  }

  /// A condition in words, such as `sex = Female` or `age 20 to 30`.
  func condition(_ column: Int, _ label: String) -> String {
    let position = columns[column]
    let name = frame.schema.columns[position].name
    if case .levels? = frame.fits[position]?.pairCells.rule, label != "missing" {
      return "\(name) = \(label)"
    }
    return label.first?.isNumber == true && !label.contains(" ")
      ? "\(name) = \(label)" : "\(name) \(label)"
  }

  /// The conditions of a segment in words.
  func words(_ conditions: [SegmentSearch.Condition]) -> String {
    conditions.map { condition in
      self.condition(
        condition.column,
        conditions.count == 1
          ? fineLabel(condition.column, condition.cell)
          : coarseLabel(condition.column, condition.cell))
    }.joined(separator: " and ")
  }
}
