import AssayDocument
import AssayNumerics
import AssayTable

/// What a test of two samples of points found.
struct RowTest {
  /// The statistic.
  var value: Double
  /// What it is for two samples of one law.
  var floor: ScoreFloor
  /// What shuffled columns get.
  var baseline: Double
  /// The standard deviation of the value, where it is known.
  var deviation: Double?
  /// The test.
  var test: TestResult
  /// Whatever else there is to say.
  var details: [String: DetailValue] = [:]
}

/// Makes the scores of a test of embedded rows, against each real side.
struct RowTestScores {
  let descriptor: MetricDescriptor
  let workspace: Workspace<ReferenceFrame>

  /// Measures both sides; a test that is not defined says so.
  func result(
    _ measure: @Sendable (EmbeddedRows.Found, inout RandomStream) throws(NumericsError) -> RowTest
  ) async throws(MetricError) -> MetricResult {
    var scores: [Score] = []
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
    where workspace.frame.rowCount(role) != nil {
      var score = Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: against,
        outcome: .notApplicable(reason: "fewer than four rows a side, or no column to compare"),
        unit: descriptor.unit)
      if let rows = try await workspace.value(of: EmbeddedRows(against: role)) {
        score.n = RowCounts(
          training: role == .training ? rows.rows : nil, synthetic: rows.rows,
          holdout: role == .holdout ? rows.rows : nil)
        var stream = RandomStream(
          seed: workspace.plan.seed, name: descriptor.id.rawValue, role.rawValue)
        do throws(NumericsError) {
          try fill(&score, try measure(rows, &stream), rows)
        } catch {
          guard error.code == .undefined || error.code == .tooFewObservations else {
            throw MetricError(error)
          }
          score.outcome = .notApplicable(reason: error.message)
        }
      }
      scores.append(score)
    }
    return MetricResult(scores: scores)
  }

  private func fill(
    _ score: inout Score, _ found: RowTest, _ rows: EmbeddedRows.Found
  ) throws(NumericsError) {
    score.outcome = .measured(found.value)
    score.floor = found.floor
    score.baseline = ScoreBaseline(value: found.baseline, method: "shuffled-columns")
    score.test = found.test
    score.details = found.details
    score.details["embedding"] = .string(RowEmbedding.name)
    score.details["dimensions"] = .integer(rows.dimensions)
    score.details["rowsPerSide"] = .integer(rows.rows)
    // Without a law of its own the value varies as labels at random make it vary, or more.
    let deviation = max(found.deviation ?? 0, found.floor.spread)
    let level = workspace.plan.level
    let excess = found.value - found.floor.value
    let lowest = descriptor.lowerLimit.isFinite ? descriptor.lowerLimit : nil
    let reach = try normalQuantile(1 - (1 - level) / 2) * deviation
    score.interval = ScoreInterval(
      lower: max(lowest ?? -.infinity, found.value - reach),
      upper: min(descriptor.upperLimit ?? .infinity, found.value + reach), level: level,
      method: found.deviation == nil ? "relabelling-normal" : "normal")
    score.bounds = try ScoreBounds(
      value: found.value, level: level,
      law: .normal(
        .init(
          lowerCentre: found.value, upperCentre: found.value, deviation: deviation,
          lowest: lowest, highest: descriptor.upperLimit)),
      excess: .normal(
        .init(lowerCentre: excess, upperCentre: excess, deviation: deviation)))
  }
}

extension EvaluationPlan {
  /// Relabellings of a test whose every relabelling goes over all pairs of rows.
  var pairRelabellings: Int { min(permutations, 999) }
}
