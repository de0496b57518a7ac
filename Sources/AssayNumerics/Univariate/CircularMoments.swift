import Foundation

/// A trigonometric moment of angles: the mean of e^{iqθ}.
///
/// Its length is near 1 when q·θ is concentrated and near 0 when it is spread around the circle.
public struct TrigonometricMoment: Sendable, Hashable {
  /// The mean of cos qθ.
  public var cosine: Double
  /// The mean of sin qθ.
  public var sine: Double

  /// Takes the moment of values on a circle.
  ///
  /// - Parameters:
  ///   - values: The values; finite.
  ///   - period: The length of the circle in their unit, such as 24 for hours; above 0.
  ///   - order: q; at least 1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without a value, `.domain` for values that
  ///   are not finite or a period that is not above 0.
  /// - Complexity: O(*n*).
  /// Source: Mardia & Jupp (2000), Directional statistics, doi:10.1002/9780470316979.
  public init(_ values: Span<Double>, period: Double, order: Int = 1) throws(NumericsError) {
    precondition(order >= 1, "an order of at least 1 is expected, not \(order)")
    guard values.count > 0 else {
      throw NumericsError(.tooFewObservations, "a moment needs at least one value")
    }
    guard period > 0, period < .infinity else {
      throw NumericsError(.domain, "a period above 0 is expected, not \(period)")
    }
    let turn = 2 * Double.pi * Double(order) / period
    let n = Double(values.count)
    // Whole turns are taken off first: the sine of a large angle has lost its digits.
    cosine =
      pairwiseSum(over: 0..<values.count) { cos(turn * remainder(values[$0], period)) } / n
    sine = pairwiseSum(over: 0..<values.count) { sin(turn * remainder(values[$0], period)) } / n
    guard cosine.isFinite, sine.isFinite else {
      throw NumericsError(.domain, "finite values are expected")
    }
  }

  /// The length of the moment, in 0...1.
  public var length: Double { min(1, hypot(cosine, sine)) }

  /// The mean direction in turns, in 0 ..< 1; multiply by the period for its unit.
  ///
  /// - Throws: ``NumericsError`` `.undefined` when the directions cancel.
  public func direction() throws(NumericsError) -> Double {
    guard length > 1e-12 else {
      throw NumericsError(.undefined, "directions that cancel have no mean")
    }
    let turns = atan2(sine, cosine) / (2 * Double.pi)
    return turns < 0 ? turns + 1 : turns
  }

  /// How far two moments of one order lie apart, |m − m′|.
  ///
  /// - Parameter other: The moment of the other sample.
  /// - Returns: A distance in 0...2.
  public func distance(to other: TrigonometricMoment) -> Double {
    hypot(cosine - other.cosine, sine - other.sine)
  }
}
