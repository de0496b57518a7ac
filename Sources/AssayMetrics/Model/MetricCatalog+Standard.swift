extension MetricCatalog {
  /// Every metric that this package ships: one line each, in the order of the report.
  public static let standard = MetricCatalog([
    // Diagnostics
    TableStructure(),
    KeyUniqueness(),
    BoundaryAdherence(),
    CategoryAdherence(),
    MissingRate(),
    DuplicateRows(),
    Representation(),
    // Fidelity
    TotalVariation(),
    KolmogorovSmirnovDistance(),
    WassersteinDistance(),
    JensenShannon(),
    HellingerDistance(),
    KullbackLeiblerDivergence(),
    PopulationStability(),
    ChiSquareDistance(),
    KuiperDistance(),
    CramerVonMisesDistance(),
    AndersonDarlingDistance(),
    EnergyDistance(),
    MomentDifference(),
    QuantileDifference(),
    TailMass(),
    ExtremeQuantiles(),
    TailIndex(),
    CategoryCoverage(),
    RareLevels(),
    MissingPatterns(),
    LastDigit(),
    DatetimePeriodicity(),
    CramersV(),
    ContingencySimilarity(),
    SpearmanDifference(),
    PearsonDifference(),
    // Privacy: copy screening
    ExactMatch(),
    DistanceToClosestRecord(),
  ])

  /// Metrics that run where differences are declared to be on purpose.
  public static let declared = MetricCatalog([
    DeclaredDifference()
  ])

  /// Metrics that run only when they are asked for by name.
  public static let optional = MetricCatalog([
    Wasserstein2Distance(),
    ParityTotalVariation(),
  ])

  /// This catalogue and another, one behind the other.
  public func appending(_ other: MetricCatalog) -> MetricCatalog {
    MetricCatalog(metrics + other.metrics)
  }
}
