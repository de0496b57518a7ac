import AssayDocument
import AssayNumerics
import AssayTable

/// Makes the scores of a measure of propensities, against each real side.
struct PropensityScoring {
  let descriptor: MetricDescriptor
  let workspace: Workspace<ReferenceFrame>

  /// Measures both sides.
  ///
  /// `fill` sets value, floor and test and returns the standard deviation of the value.
  func result(
    relabellings: Int,
    _ fill: (inout Score, PropensityFits.Found) throws(NumericsError) -> Double
  ) async throws(MetricError) -> MetricResult {
    var scores: [Score] = []
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
    where workspace.frame.rowCount(role) != nil {
      var score = Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: against,
        outcome: .notApplicable(
          reason: "no logistic regression can be fitted: too few rows, or nothing varies"),
        unit: descriptor.unit)
      let fits = PropensityFits(against: role, relabellings: relabellings)
      if let found = try await workspace.value(of: fits) {
        score.n = RowCounts(
          training: role == .training ? found.rowsPerSide : nil, synthetic: found.rowsPerSide,
          holdout: role == .holdout ? found.rowsPerSide : nil)
        score.details = [
          "parameters": .integer(found.parameters), "isSeparated": .boolean(found.isSeparated),
          "rowsPerSide": .integer(found.rowsPerSide),
        ]
        do throws(NumericsError) {
          let deviation = try fill(&score, found)
          try judge(&score, deviation)
        } catch {
          throw MetricError(error)
        }
      }
      scores.append(score)
    }
    return MetricResult(scores: scores)
  }

  private func judge(_ score: inout Score, _ deviation: Double) throws(NumericsError) {
    guard let value = score.value, let floor = score.floor else { return }
    do throws(MetricError) {
      score.interval = try TwoBound.interval(
        value: value, deviation: deviation, floor: floor.value, level: workspace.plan.level,
        upperLimit: descriptor.upperLimit)
      score.bounds = try TwoBound.bounds(
        value: value, deviation: deviation, floor: floor.value, level: workspace.plan.level,
        upperLimit: descriptor.upperLimit)
    } catch {
      throw NumericsError(.domain, error.message)
    }
  }
}
