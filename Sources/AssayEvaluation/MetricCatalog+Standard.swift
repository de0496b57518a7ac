public import AssayMetrics
import AssayPrivacy

extension MetricCatalog {
  /// Every metric that this package ships, in the order of the report.
  public static let standard = MetricCatalog(
    diagnostics + fidelity + utility + fairness + privacy)

  /// Metrics that run where differences are declared to be on purpose.
  public static let declared = MetricCatalog([
    DeclaredDifference()
  ])

  /// Metrics that cost more than the standard preset may: run by the full preset or by name.
  public static let thorough = MetricCatalog(
    thoroughFidelity + thoroughUtility + thoroughFairness + thoroughPrivacy)

  /// What the full preset runs.
  public static let full = standard.appending(.thorough)

  /// Metrics that the standard preset does not run: those of the full preset, and those that run only
  /// when they are asked for by name.
  public static let optional = thorough.appending(
    MetricCatalog([
      ParityTotalVariation(), ParityKMarginal(),
    ]))

  /// This catalogue and another, one behind the other.
  public func appending(_ other: MetricCatalog) -> MetricCatalog {
    MetricCatalog(metrics + other.metrics)
  }
}
