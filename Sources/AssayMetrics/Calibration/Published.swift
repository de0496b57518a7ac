import AssayDocument
package import AssayTable
import Foundation

/// What may leave the evaluation: rounded places, pooled levels.
public enum Published {
  /// A number rounded to three significant digits, so that it names no single record.
  public static func rounded(_ value: Double) -> Double {
    round(value, .toNearestOrEven)
  }

  /// A number rounded to some significant digits, three by default.
  public static func round(
    _ value: Double, _ rule: FloatingPointRoundingRule, digits count: Int = 3
  ) -> Double {
    guard value != 0, value.isFinite else { return value == 0 ? 0 : value }
    let magnitude = Foundation.floor(log10(abs(value)))
    let digits = Double(count - 1) - magnitude
    // Powers of ten are exact up to 10²²; dividing by them keeps 0.3 from becoming 0.30000000000000004.
    if digits >= 0 {
      let scale = Foundation.pow(10, digits)
      guard scale.isFinite else { return value }
      return (value * scale).rounded(rule) / scale
    }
    let scale = Foundation.pow(10, -digits)
    return (value / scale).rounded(rule) * scale
  }

  /// A point in time rounded to a day, an edge of a scale rounded outward, a number to three digits.
  package static func place(_ value: Double, kind: ColumnKind) -> Double {
    kind == .datetime ? (value / 86_400).rounded(.down) * 86_400 : rounded(value)
  }
}
