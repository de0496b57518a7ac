public import AssayMetrics
import AssayPrivacy

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
    TheilsU(),
    MutualInformation(),
    SpearmanDifference(),
    PearsonDifference(),
    CorrelationRatioDifference(),
    KendallDifference(),
    DistanceCorrelationDifference(),
    KMarginal(),
    MarginalSquaredDistance(),
    Conjunctions(),
    ClassifierTwoSample(),
    // Privacy: copy screening
    ExactMatch(),
    DistanceToClosestRecord(),
  ])

  /// Metrics that run where differences are declared to be on purpose.
  public static let declared = MetricCatalog([
    DeclaredDifference()
  ])

  /// Metrics that cost more than the standard preset may: run by the full preset or by name.
  public static let thorough = MetricCatalog([
    Wasserstein2Distance(),
    PropensityError(),
    Specks(),
    FusedKernelTest(),
    RowEnergyDistance(),
    SlicedWassersteinDistance(),
    NearestNeighbourTest(),
    FriedmanRafskyTest(),
    PQMassTest(),
    RepairLadder(),
    GlobalUtility(),
  ])

  /// What the full preset runs.
  public static let full = standard.appending(.thorough)

  /// Metrics that the standard preset does not run: those of the full preset, and those that run only
  /// when they are asked for by name.
  public static let optional = thorough.appending(
    MetricCatalog([
      ParityTotalVariation()
    ]))

  /// This catalogue and another, one behind the other.
  public func appending(_ other: MetricCatalog) -> MetricCatalog {
    MetricCatalog(metrics + other.metrics)
  }
}
