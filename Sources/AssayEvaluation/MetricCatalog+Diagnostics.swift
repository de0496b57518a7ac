import AssayMetrics

extension MetricCatalog {
  /// Metrics of form, a line each.
  static let diagnostics: [any Metric] = [
    TableStructure(),
    KeyUniqueness(),
    BoundaryAdherence(),
    CategoryAdherence(),
    MissingRate(),
    DuplicateRows(),
    EntityRows(),
    Representation(),
  ]
}
