import AssayDocument
import AssayNumerics
import AssayTable
import Foundation

extension EditableColumn {
  /// Changes numbers and days; columns of levels stay as they are.
  mutating func damageNumbers(
    _ kind: MetricDescriptor.Damage, _ strength: Double, _ random: inout RandomStream
  ) {
    guard let deviation, deviation > 0 else { return }
    switch kind {
    case .shift:
      map(&random) { $0 + strength * deviation }
    case .scale:
      let first: Double
      if case .dates(let values, _, _) = cells {
        first = values.compactMap(\.self).min() ?? 0
      } else {
        first = 0
      }
      map(&random) { first + ($0 - first) * (1 + strength) }
    case .clippedTail:
      guard let low = quantile(strength / 4), let high = quantile(1 - strength / 4) else { return }
      map(&random) { min(max($0, low), high) }
    case .rounding:
      let unit = strength * deviation
      map(&random) { ($0 / unit).rounded() * unit }
    default:
      break
    }
  }

  /// Adds normal noise of a share of the standard deviation.
  mutating func jitter(_ share: Double, _ random: inout RandomStream) {
    guard let deviation, deviation > 0 else { return }
    var noise = random
    map(&random) { $0 + share * deviation * noise.normal() }
    random = noise
  }

  /// The numbers of the rows that have one, ascending.
  private var sorted: [Double] {
    switch cells {
    case .numbers(let values, _), .dates(let values, _, _): values.compactMap(\.self).sorted()
    case .levels: []
    }
  }

  /// The standard deviation of a column of numbers or days.
  var deviation: Double? {
    let values = sorted
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// A quantile of a column of numbers or days, always one of its values.
  func quantile(_ probability: Double) -> Double? {
    let values = sorted
    guard !values.isEmpty else { return nil }
    return values[Int((Double(values.count - 1) * probability).rounded())]
  }

  /// Changes each number, then rounds it up or down at random to the decimals of the column.
  private mutating func map(_ random: inout RandomStream, _ change: (Double) -> Double) {
    switch cells {
    case .numbers(let values, let decimals):
      let unit = pow(10, -Double(min(decimals, 15)))
      cells = .numbers(
        values.map { value in
          value.map { Self.changed($0, change, unit: unit, decimals: decimals, &random) }
        }, decimals: decimals)
    case .dates(let values, let granularity, let format):
      let unit: Double =
        switch granularity {
        case .month, .day: 86_400
        case .minute: 60
        case .second: 1
        case .millisecond: 1e-3
        case .microsecond: 1e-6
        }
      cells = .dates(
        values.map { value in
          value.map { Self.changed($0, change, unit: unit, decimals: 6, &random) }
        }, granularity: granularity, format: format)
    case .levels:
      break
    }
  }

  private static func changed(
    _ value: Double, _ change: (Double) -> Double, unit: Double, decimals: Int,
    _ random: inout RandomStream
  ) -> Double {
    let wanted = change(value)
    let u = random.uniform()
    guard wanted != value else { return value }
    let steps = wanted / unit
    let whole = steps.rounded()
    // A number that has the column's decimals already must not be moved by rounding error.
    let down = abs(steps - whole) < 1e-6 ? whole : (steps + u).rounded(.down)
    return Marginal.round(down * unit, decimals)
  }
}
