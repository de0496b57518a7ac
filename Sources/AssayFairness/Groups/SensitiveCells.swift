import AssayNumerics
package import AssayTable

/// The groups that one sensitive column makes: levels, bands of numbers, missing.
///
/// Levels that few real rows have share one group. Numbers are cut at three places, near the real
/// quartiles and rounded to three digits, so that what is published is what was cut at.
package struct SensitiveCells: Sendable {
  /// How values find their cell.
  private enum Rule: Sendable {
    case levels(cells: [Int32], others: Int32)
    case bands([Double])
  }

  private let rule: Rule
  /// The names of the cells as they may be published; the last is that of missing values.
  package let labels: [String]

  /// The cell of missing values.
  private var missing: Int32 { Int32(labels.count - 1) }

  /// Cells of a column of levels.
  ///
  /// - Parameters:
  ///   - counts: Real rows of each level, in the order of `names`.
  ///   - names: The levels.
  ///   - support: Real rows below which a level is pooled.
  package init(counts: [Int], names: [String], support: Int) {
    let kept = counts.indices.filter { counts[$0] >= support }.sorted {
      (counts[$0], names[$1]) > (counts[$1], names[$0])
    }
    var cells = [Int32](repeating: Int32(kept.count), count: counts.count)
    for (cell, level) in kept.enumerated() { cells[level] = Int32(cell) }
    rule = .levels(cells: cells, others: Int32(kept.count))
    labels = kept.map { names[$0] } + ["other levels", "missing"]
  }

  /// Cells of a column of numbers.
  ///
  /// - Parameters:
  ///   - sorted: The real numbers, ascending.
  ///   - isTime: Whether they are points in time, whose places are not published.
  ///   - rounded: Makes a published place of a number.
  package init(sorted: [Double], isTime: Bool, rounded: (Double) -> Double) {
    var edges: [Double] = []
    for quarter in 1...3 where !sorted.isEmpty {
      let edge = rounded(sorted[quarter * sorted.count / 4])
      if edge > sorted[0], edge <= sorted[sorted.count - 1], edge > edges.last ?? -.infinity {
        edges.append(edge)
      }
    }
    rule = .bands(edges)
    let names = edges.map { Self.spelled($0) }
    var bands: [String] = []
    for band in 0...edges.count {
      if isTime {
        bands.append("\(band + 1) of \(edges.count + 1) spans of time")
      } else if edges.isEmpty {
        bands.append("any number")
      } else if band == 0 {
        bands.append("below \(names[0])")
      } else if band == edges.count {
        bands.append("\(names[band - 1]) and above")
      } else {
        bands.append("\(names[band - 1]) to below \(names[band])")
      }
    }
    labels = bands + ["missing"]
  }

  private static func spelled(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? String(value)
  }

  /// The cell of every row.
  package func codes(_ column: ColumnData) -> [Int32] {
    switch (rule, column) {
    case (.levels(let cells, let others), .nominal(let codes)):
      return codes.map { code in
        code < 0 ? missing : Int(code) < cells.count ? cells[Int(code)] : others
      }
    case (.bands(let edges), .numeric(let values)):
      return (0..<values.count).map { row in
        guard let value = values[row] else { return missing }
        var band: Int32 = 0
        for edge in edges where value >= edge { band += 1 }
        return band
      }
    default:
      return [Int32](repeating: missing, count: column.count)
    }
  }
}
