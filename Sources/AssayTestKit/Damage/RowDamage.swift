import AssayDocument
import AssayNumerics

extension EditableTable {
  /// Replaces whole rows.
  mutating func damageRows(
    _ kind: MetricDescriptor.Damage, _ strength: Double, _ training: EditableTable,
    _ random: RandomStream
  ) {
    var random = random
    var rows = Array(0..<rowCount)
    random.shuffle(&rows)
    switch kind {
    case .leak:
      replace(Self.pairs(rows, strength / 5, sources: training.rowCount, &random), from: training)
    case .duplicates:
      let count = Int((Double(rowCount) * strength / 2).rounded())
      let kept = rows.dropFirst(count)
      guard !kept.isEmpty else { return }
      let pairs = rows.prefix(count).map { row in
        (row: row, source: kept[kept.startIndex + random.below(kept.count)])
      }
      replace(pairs, from: self)
    case .modeCollapse:
      let corner = corner()
      guard !corner.isEmpty else { return }
      let count = Int((Double(rowCount) * strength).rounded())
      replace(
        rows.prefix(count).map { ($0, corner[random.below(corner.count)]) }, from: self)
    case .jitteredCopy:
      var source = training
      for position in source.columns.indices { source.columns[position].jitter(0.02, &random) }
      replace(Self.pairs(rows, strength, sources: source.rowCount, &random), from: source)
    default:
      replace(Self.pairs(rows, strength, sources: training.rowCount, &random), from: training)
    }
  }

  /// The first share of the rows, each with a row of the source, none twice while they last.
  private static func pairs(
    _ rows: [Int], _ share: Double, sources: Int, _ random: inout RandomStream
  ) -> [(row: Int, source: Int)] {
    guard sources > 0 else { return [] }
    var order = Array(0..<sources)
    random.shuffle(&order)
    let count = Int((Double(rows.count) * share).rounded())
    return rows.prefix(count).enumerated().map { ($1, order[$0 % sources]) }
  }

  /// Rows of the commonest level of the first column of levels that lie above the median of the
  /// first column of numbers; the first tenth of the rows where that leaves none.
  private func corner() -> [Int] {
    var rows = Array(0..<rowCount)
    for column in columns {
      guard case .levels(let codes, let names) = column.cells, names.count * 2 <= codes.count,
        let commonest = column.commonestLevel
      else { continue }
      rows = rows.filter { codes[$0] == commonest }
      break
    }
    for column in columns {
      guard case .numbers(let values, _) = column.cells, let middle = column.quantile(0.5) else {
        continue
      }
      let upper = rows.filter { (values[$0] ?? -.infinity) > middle }
      if !upper.isEmpty { rows = upper }
      break
    }
    return rows.isEmpty ? Array(0..<max(1, rowCount / 10)) : rows
  }
}
