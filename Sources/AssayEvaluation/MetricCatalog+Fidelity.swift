import AssayMetrics

extension MetricCatalog {
  /// Metrics of fidelity, a line each.
  static let fidelity: [any Metric] = [
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
    SegmentFidelity(),
  ]

  /// Those of the full preset.
  static let thoroughFidelity: [any Metric] = [
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
  ]
}
