package import AssayDocument
package import AssayTable
import Foundation

/// Names cells for publication: levels with enough training rows by name, numbers by rounded edges.
package struct CellLabels {
  private let frame: ReferenceFrame
  private let k: Int

  package init(_ frame: ReferenceFrame, k: Int) {
    self.frame = frame
    self.k = k
  }

  /// The worst cells of a pair; a cell that few real rows share, but some do, is left out.
  package func describe(_ pair: PairCalibration.Pair) -> [DetailValue] {
    let first = cells(pair.columns[0], map: frame.fits[pair.columns[0]]?.pairCells)
    let second = cells(pair.columns[1], map: frame.fits[pair.columns[1]]?.pairCells)
    return pair.worst.compactMap { cell in
      guard cell.count == 0 || cell.count >= k, cell.real != cell.synthetic,
        cell.first < first.count, cell.second < second.count
      else { return nil }
      return .object([
        "first": .string(first[cell.first].label), "second": .string(second[cell.second].label),
        "real": .finite(Self.share(cell.real)), "synthetic": .finite(Self.share(cell.synthetic)),
      ])
    }
  }

  /// A share to four digits, so that no count can be told from it in a large table.
  package static func share(_ share: Double) -> Double { (share * 1e4).rounded() / 1e4 }

  /// The published cells of a column under a map.
  package func cells(_ column: Int, map: CellMap?) -> [ColumnProfile.Cell] {
    guard let map, let fit = frame.fits[column] else { return [] }
    var cells: [ColumnProfile.Cell]
    switch (map.rule, fit) {
    case (.edges(let edges), .numeric(let fit)):
      cells = numeric(edges, fit: fit, kind: frame.schema.columns[column].kind)
    case (.levels(let kept, _), .nominal(let fit)):
      cells = kept.enumerated().map { index, level in
        fit.counts[level] >= k
          ? ColumnProfile.Cell(label: frame.levels[column]?.names[level] ?? "", kind: "level")
          : ColumnProfile.Cell(label: "rare #\(index + 1)", kind: "pooled")
      }
      cells.append(ColumnProfile.Cell(label: "other levels", kind: "pooled"))
    default:
      cells = []
    }
    cells.append(ColumnProfile.Cell(label: "missing", kind: "missing"))
    return cells
  }

  private func numeric(
    _ edges: [Double], fit: NumericFit, kind: ColumnKind
  ) -> [ColumnProfile.Cell] {
    (0...edges.count).map { cell in
      let lower = cell == 0 ? nil : Optional(edges[cell - 1])
      let upper = cell == edges.count ? nil : Optional(edges[cell])
      if let lower, isAtom(lower, to: upper, in: fit.sorted) {
        let place =
          count(of: lower, in: fit.sorted) >= k ? lower : Published.place(lower, kind: kind)
        return ColumnProfile.Cell(
          label: Self.text(place, kind: kind), kind: "atom", lower: place, upper: place)
      }
      // The cell above an atom starts just after it and is named by it.
      let afterAtom = cell > 1 && edges[cell - 1] == edges[cell - 2].nextUp
      let low = (afterAtom ? edges[cell - 2] : lower).map { outward($0, .down, kind: kind) }
      let high = upper.map { outward($0, .up, kind: kind) }
      let label: String
      switch (low, high) {
      case (let low?, let high?):
        let start = (afterAtom ? "over " : "") + Self.text(low, kind: kind)
        label = "\(start) to \(Self.text(high, kind: kind))"
      case (nil, let high?): label = "under \(Self.text(high, kind: kind))"
      case (let low?, nil):
        label =
          afterAtom
          ? "over \(Self.text(low, kind: kind))" : "\(Self.text(low, kind: kind)) and more"
      case (nil, nil): label = "all values"
      }
      return ColumnProfile.Cell(
        label: label, kind: low == nil || high == nil ? "outside" : "bin", lower: low,
        upper: high)
    }
  }

  /// Whether all training values of a cell are its lower edge.
  private func isAtom(_ lower: Double, to upper: Double?, in sorted: [Double]) -> Bool {
    let own = count(of: lower, in: sorted)
    return own > 0 && own == count(from: lower, below: upper ?? .infinity, in: sorted)
  }

  private func count(of value: Double, in sorted: [Double]) -> Int {
    count(from: value, below: value.nextUp, in: sorted)
  }

  private func count(from lower: Double, below upper: Double, in sorted: [Double]) -> Int {
    func first(atLeast value: Double) -> Int {
      var low = 0
      var high = sorted.count
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] >= value { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return first(atLeast: upper) - first(atLeast: lower)
  }

  private func outward(
    _ value: Double, _ rule: FloatingPointRoundingRule, kind: ColumnKind
  ) -> Double {
    kind == .datetime
      ? (value / 86_400).rounded(rule) * 86_400 : Published.round(value, rule)
  }

  package static func text(_ value: Double, kind: ColumnKind) -> String {
    if kind == .datetime { return CivilDate.text(seconds: value) }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return String(value)
  }
}

/// Calendar dates without a locale or a time zone.
package enum CivilDate {
  /// `2026-05-31` for seconds since 1970, by the proleptic Gregorian calendar.
  package static func text(seconds: Double) -> String {
    guard abs(seconds) < 1e14 else { return String(seconds) }
    let days = Int((seconds / 86_400).rounded(.down)) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }
}
