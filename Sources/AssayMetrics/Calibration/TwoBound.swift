package import AssayDocument
import AssayNumerics

/// Bounds of a plug-in distance that hold at zero and away from it.
///
/// The expected value of such a distance is at or above the true one, by at most what equal laws
/// would show. So the value plus a quantile bounds the truth from above, and the value less that
/// excess and a quantile bounds it from below. A percentile interval of resampled distances would
/// not contain a true zero.
package enum TwoBound {
  /// The name that documents give the construction.
  package static let method = "two-bound"

  /// The two-sided interval.
  package static func interval(
    value: Double, deviation: Double, floor: Double, level: Double, upperLimit: Double? = nil
  ) throws(MetricError) -> ScoreInterval {
    let (lower, upper) = try ends(
      value, deviation, floor, probability: 1 - (1 - level) / 2, upperLimit)
    return ScoreInterval(lower: lower, upper: upper, level: level, method: method)
  }

  /// The pair of one-sided bounds.
  package static func bounds(
    value: Double, deviation: Double, floor: Double, level: Double, upperLimit: Double? = nil
  ) throws(MetricError) -> ScoreBounds {
    do throws(NumericsError) {
      return try ScoreBounds(
        value: value, level: level,
        law: .normal(
          .init(
            lowerCentre: value - floor, upperCentre: value, deviation: deviation, lowest: 0,
            highest: upperLimit)),
        excess: .normal(
          .init(lowerCentre: value - floor, upperCentre: value - floor, deviation: deviation)))
    } catch {
      throw MetricError(error)
    }
  }

  private static func ends(
    _ value: Double, _ deviation: Double, _ floor: Double, probability: Double,
    _ upperLimit: Double?
  ) throws(MetricError) -> (Double, Double) {
    let z: Double
    do throws(NumericsError) {
      z = try normalQuantile(probability)
    } catch {
      throw MetricError(error)
    }
    let upper = value + z * deviation
    return (
      min(value, max(0, value - floor - z * deviation)),
      max(value, upperLimit.map { min($0, upper) } ?? upper)
    )
  }
}
