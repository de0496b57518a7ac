import AssayNumerics
import Foundation

/// The law of one simulated column: what it makes of a position between 0 and 1.
public enum Marginal: Sendable, Hashable {
  /// A normal law.
  case normal(mean: Double, deviation: Double, decimals: Int)
  /// The exponential of a normal law.
  case lognormal(logMean: Double, logDeviation: Double, decimals: Int)
  /// Student's t with few degrees of freedom: heavy tails.
  case student(degreesOfFreedom: Double, scale: Double, decimals: Int)
  /// A beta law of shapes 1 and b on 0…1, with the density b(1 − x)^(b − 1).
  case beta(shape: Double, decimals: Int)
  /// Counts.
  case poisson(mean: Double)
  /// 0 with a given share, else a lognormal amount rounded to multiples of a unit.
  case zeroInflated(zeroShare: Double, logMean: Double, logDeviation: Double, unit: Double)
  /// Levels with shares that add up to 1.
  case levels([String], shares: [Double])
  /// Uniform over so many days from a first one, counted from 1970-01-01.
  case days(first: Int, count: Int)

  /// Whether the column holds strings.
  public var isNominal: Bool { if case .levels = self { true } else { false } }

  /// The number of decimals; 0 for whole numbers.
  var decimals: Int {
    switch self {
    case .normal(_, _, let decimals), .lognormal(_, _, let decimals),
      .student(_, _, let decimals), .beta(_, let decimals):
      decimals
    default: 0
    }
  }

  /// The value of a column of numbers or days at a position: the quantile, rounded to decimals.
  ///
  /// - Parameter position: Strictly between 0 and 1.
  /// - Returns: A finite number; for days their count since 1970-01-01, for levels the level's place.
  public func value(at position: Double) -> Double {
    switch self {
    case .normal(let mean, let deviation, let decimals):
      return Self.round(mean + deviation * Self.normal(position), decimals)
    case .lognormal(let mean, let deviation, let decimals):
      return Self.round(exp(mean + deviation * Self.normal(position)), decimals)
    case .student(let degrees, let scale, let decimals):
      let t = (try? studentQuantile(position, degreesOfFreedom: degrees)) ?? 0
      return Self.round(scale * t, decimals)
    case .beta(let shape, let decimals):
      return Self.round(1 - pow(1 - position, 1 / shape), decimals)
    case .poisson(let mean):
      return Self.poisson(position, mean: mean)
    case .zeroInflated(let zeros, let mean, let deviation, let unit):
      guard position > zeros else { return 0 }
      let rest = min(max((position - zeros) / (1 - zeros), 1e-12), 1 - 1e-12)
      return max(unit, (exp(mean + deviation * Self.normal(rest)) / unit).rounded() * unit)
    case .levels(_, let shares):
      var sum = 0.0
      for (level, share) in shares.enumerated() {
        sum += share
        if position < sum { return Double(level) }
      }
      return Double(shares.count - 1)
    case .days(let first, let count):
      return Double(first) + min(Double(count - 1), (position * Double(count)).rounded(.down))
    }
  }

  private static func normal(_ position: Double) -> Double {
    (try? normalQuantile(position)) ?? 0
  }

  private static func poisson(_ position: Double, mean: Double) -> Double {
    var term = exp(-mean)
    var sum = term
    var count = 0.0
    while sum < position, count < 10 * mean + 100 {
      count += 1
      term *= mean / count
      sum += term
    }
    return count
  }

  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

  static func round(_ value: Double, _ decimals: Int) -> Double {
    let scale = pow(10, Double(decimals))
    let rounded = (value * scale).rounded() / scale
    return rounded.isFinite ? (rounded == 0 ? 0 : rounded) : value
  }
}
