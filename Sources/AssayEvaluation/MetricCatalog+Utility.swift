import AssayMetrics
import AssayUtility

extension MetricCatalog {
  /// Metrics of utility, a line each.
  static let utility: [any Metric] = [
    PredictionGap(),
    FreshSampleGap(),
    EffectiveTrainingRows(),
    TrainTestMatrix(),
    PredictionCalibration(),
    ModelRanking(),
    ImportanceAgreement(),
    RareEvents(),
    AnomalyAgreement(),
    CoefficientOverlap(),
    CoefficientDifference(),
    ConclusionAgreement(),
    CountingQueries(),
    GroupMeanDifference(),
    SurvivalDistance(),
    SurvivalConcordance(),
  ]

  /// Those of the full preset.
  static let thoroughUtility: [any Metric] = [
    Augmentation()
  ]
}
