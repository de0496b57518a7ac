import Foundation

/// What guesses are worth: their precision, less the fewer of them there are.
///
/// ```
/// PRC = P · (1 − (log R / log R_min)^α)
/// ```
///
/// - Parameters:
///   - precision: The share of guesses that are right.
///   - recall: The share of records that a guess is made for.
///   - least: R_min, below which the precision counts no more.
///   - exponent: α.
/// - Returns: The precision for recall 1; the recall itself at R_min and below.
/// Source: the package anonymity-loss-coefficient 1.0.32 of P. Francis, without its rounding.
public func precisionRecallCoefficient(
  precision: Double, recall: Double, least: Double = 1e-4, exponent: Double = 3
) -> Double {
  guard recall > least else { return recall }
  return (1 - pow(log10(min(1, recall)) / log10(least), exponent)) * precision
}

/// What an attack gains over a baseline, as a share of what the baseline leaves.
///
/// ```
/// ALC = (PRC_attack − PRC_baseline) / (1 − PRC_baseline)
/// ```
///
/// - Returns: At most 1; 0 for no gain, negative where the baseline does better; `nil` where the
///   baseline is perfect.
public func anonymityLossCoefficient(
  attack: (precision: Double, recall: Double), baseline: (precision: Double, recall: Double)
) -> Double? {
  let own = precisionRecallCoefficient(precision: attack.precision, recall: attack.recall)
  let base = precisionRecallCoefficient(precision: baseline.precision, recall: baseline.recall)
  guard base < 1 else { return nil }
  return (own - base) / (1 - base)
}
