import AssayFairness
import AssayMetrics

extension MetricCatalog {
  /// Metrics of fairness, a line each.
  static let fairness: [any Metric] = [
    GroupRepresentation(),
    AbsentGroups(),
    OutcomeRateDifference(),
    ParityGap(),
    SensitiveDependence(),
    DemographicParity(),
    EqualisedOdds(),
    EqualOpportunity(),
    PredictiveParity(),
    GroupCalibration(),
    SubgroupArea(),
    GroupFidelity(),
    GroupExposure(),
  ]

  /// Those of the full preset.
  static let thoroughFairness: [any Metric] = [
    DifferentialFairness()
  ]
}
