import AssayMetrics
import AssayPrivacy

extension MetricCatalog {
  /// Metrics of privacy, a line each.
  static let privacy: [any Metric] = [
    ReplayedValues(),
    ExactMatch(),
    NearMatch(),
    RareCombinations(),
    DistanceToClosestRecord(),
    DistanceRatio(),
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
    RecordTailTest(),
    MembershipInference(),
    ExposedShare(),
    HoldoutExchangeability(),
    AnyLeak(),
  ]

  /// Those of the full preset.
  static let thoroughPrivacy: [any Metric] = [
    ModelInference(),
    DataCopying(),
    AdversarialAccuracy(),
  ]
}
