import AssayMetrics
import AssayPrivacy

extension MetricCatalog {
  /// Metrics of privacy, a line each.
  static let privacy: [any Metric] = [
    ExactMatch(),
    DistanceToClosestRecord(),
    SinglingOutAttack(),
    LinkabilityAttack(),
    InferenceAttack(),
    AttributeDisclosure(),
    KAnonymity(),
    KMap(),
    LDiversity(),
    TCloseness(),
    DeltaPresence(),
    PopulationUniqueness(),
    IdentityDisclosureRisk(),
  ]

  /// Those of the full preset.
  static let thoroughPrivacy: [any Metric] = [
    ModelInference()
  ]
}
