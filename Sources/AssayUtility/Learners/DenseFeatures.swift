import AssayMetrics

/// Turns encoded rows into numbers for learners that add and measure distances.
///
/// Numbers are deviations from the training mean, cut at ten, with 0 and an indicator of their own
/// where missing; levels are indicators, the commonest forty each, all others together, missing as
/// another.
struct DenseFeatures: Sendable {
  private enum Part: Sendable {
    case number(column: Int, start: Int)
    case levels(column: Int, start: Int, count: Int)
  }

  private static let levelLimit = 40
  private let parts: [Part]
  /// The number of features.
  let width: Int

  init(_ columns: [RowEncoding.Column]) {
    var parts: [Part] = []
    var next = 0
    for (index, column) in columns.enumerated() {
      switch column.rule {
      case .number:
        parts.append(.number(column: index, start: next))
        next += 2
      case .level(_, let levels):
        let count = min(levels, Self.levelLimit + 1)
        parts.append(.levels(column: index, start: next, count: count))
        next += count + 1
      }
    }
    self.parts = parts
    width = next
  }

  /// The features of rows, row-major; `indicator` is the value of an indicator that holds.
  func values(_ rows: LabelledRows, indicator: Double = 1) -> [Double] {
    var out = [Double](repeating: 0, count: rows.count * width)
    for part in parts {
      switch part {
      case .number(let column, let start):
        for row in 0..<rows.count {
          let value = rows.values[row * rows.width + column]
          if value.isNaN {
            out[row * width + start + 1] = indicator
          } else {
            out[row * width + start] = Double(min(max(value, -10), 10))
          }
        }
      case .levels(let column, let start, let count):
        for row in 0..<rows.count {
          let value = rows.values[row * rows.width + column]
          let place = value.isNaN ? count : min(Int(value), count - 1)
          out[row * width + start + place] = indicator
        }
      }
    }
    return out
  }
}
