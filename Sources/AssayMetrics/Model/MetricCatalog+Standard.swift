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
    CramersV(),
    ContingencySimilarity(),
  ])
}
