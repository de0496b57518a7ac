import AssayMetrics

extension MetricCatalog {
  /// Metrics of utility, a line each.
  static let utility: [any Metric] = []

  /// Those of the full preset.
  static let thoroughUtility: [any Metric] = []
}
