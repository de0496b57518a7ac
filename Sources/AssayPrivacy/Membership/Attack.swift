import AssayMetrics
import AssayNumerics

/// A way to guess which rows the generator was trained on.
///
/// It is given evidence that does not say which targets are training rows and returns one number for
/// each, larger for those that it takes for training rows.
struct Attack: Sendable {
  /// What an attacker must have.
  enum Threat: String, Sendable, Hashable {
    /// The synthetic rows alone.
    case syntheticOnly = "synthetic rows"
    /// The synthetic rows and other real rows of the same population.
    case withReference = "synthetic rows and a reference sample"
  }

  /// A stable name.
  var id: String
  /// What it is called.
  var title: String
  var threat: Threat
  /// The number for each target.
  var scores: @Sendable (AttackEvidence) throws(MetricError) -> [Double]

  /// Attacks of every preset, in the order of the report.
  static let standard: [Attack] =
    distanceAttacks + densityAttacks + originAttacks + marginalAttacks + learnedAttacks

  /// Further attacks of the full preset.
  static let thorough: [Attack] = [likelihoodRatio]
}
