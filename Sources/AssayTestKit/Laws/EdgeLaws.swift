import AssayDocument
public import AssayMetrics
import AssayTable

/// What metrics make of tables at the edge: a sound result, or a stated outcome.
public enum EdgeLaws {
  /// Runs metrics on odd tables.
  ///
  /// - Returns: Results that are not well formed, and metrics that throw; tables that cannot be
  ///   compared at all are a stated outcome of alignment.
  public static func violations(_ metrics: [any Metric], on tables: EdgeTables) async
    -> [Violation]
  {
    let trial: Trial
    do throws(AlignmentError) {
      trial = try Trial(
        training: tables.training, synthetic: tables.synthetic, holdout: tables.holdout,
        declared: tables.declared)
    } catch {
      guard let metric = metrics.first, error.problems.isEmpty || error.description.isEmpty else {
        return []
      }
      return [
        Violation("absence has a reason", metric.descriptor.id, "\(tables): no problem is named")
      ]
    }
    var found: [Violation] = []
    for metric in metrics {
      do throws(MetricError) {
        found += WellFormed.violations(
          try await trial.result(of: metric), metric.descriptor, on: tables.description)
      } catch {
        found.append(
          Violation(
            "metrics do not fail", metric.descriptor.id,
            "\(tables): \(error.code), \(error.message)"))
      }
    }
    return found
  }
}
