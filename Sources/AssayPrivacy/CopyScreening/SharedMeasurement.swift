import AssayDocument
import AssayMetrics
import AssayTable

/// A measurement that is a score by itself and a part of the verdict, and that is made once.
protocol SharedMeasurement: Sendable {
  /// What it measures: two measurements of one name are the same.
  var id: MetricID { get }

  func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult
}

/// The result of a measurement, kept for the whole evaluation.
struct ResultOf<Measurement: SharedMeasurement>: Artifact {
  typealias Frame = ExchangeableFrame

  let measurement: Measurement

  init(_ measurement: Measurement) { self.measurement = measurement }

  static func == (left: Self, right: Self) -> Bool { left.measurement.id == right.measurement.id }

  func hash(into hasher: inout Hasher) { hasher.combine(measurement.id) }

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    try await measurement.measure(frame, in: workspace)
  }
}
