extension MetricCatalog {
  /// Every metric that this package ships: one line each, in the order of the report.
  public static let standard = MetricCatalog([
    // Fidelity
    TotalVariation(),
    KolmogorovSmirnovDistance(),
    WassersteinDistance(),
    JensenShannon(),
    CramersV(),
    ContingencySimilarity(),
    SpearmanDifference(),
    PearsonDifference(),
    // Privacy: copy screening
    ExactMatch(),
    DistanceToClosestRecord(),
  ])
}
