import AssayDocument
import AssayNumerics
import AssayTable

/// A score of embedded rows before it is written down.
struct EmbeddingScore {
  var value: Double
  var floor: ScoreFloor
  var baseline: ScoreBaseline
  /// The standard deviation of the value.
  var deviation: Double
  var test: TestResult?
  var rows: Int
  var details: [String: DetailValue] = [:]
}

/// Makes the scores of a metric of embedded rows, against each real side.
struct EmbeddingScores {
  let descriptor: MetricDescriptor
  let workspace: Workspace<ReferenceFrame>
  let embeddings: [EmbeddingKind]

  init(
    _ descriptor: MetricDescriptor, _ workspace: Workspace<ReferenceFrame>,
    embeddings: [EmbeddingKind] = []
  ) {
    self.descriptor = descriptor
    self.workspace = workspace
    // The one that speaks for the table: the vectors that were given, else ranks and levels.
    let main: EmbeddingKind =
      workspace.frame.embeddings?[.synthetic] == nil ? .tabular : .given
    self.embeddings = [main] + embeddings.filter { $0 != main }
  }

  /// Measures each embedding against each real side; what is not defined says so.
  ///
  /// - Parameter measure: Gives `nil` where there are too few rows or nothing to compare.
  /// - Returns: A score for each embedding and side.
  /// - Throws: What `measure` throws.
  func result(
    _ measure: (EmbeddingKind, TableRole) async throws(MetricError) -> EmbeddingScore?
  ) async throws(MetricError) -> MetricResult {
    var scores: [Score] = []
    for (place, kind) in embeddings.enumerated() {
      for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
      where workspace.frame.rowCount(role) != nil {
        var score = Score(
          metric: descriptor.id, dimension: descriptor.dimension, against: against,
          parameters: place == 0 ? [:] : ["embedding": .string(kind.name)],
          outcome: .notApplicable(
            reason: "too few rows a side, rows that are all alike, or no column to compare"),
          unit: descriptor.unit)
        if let found = try await measure(kind, role) {
          do throws(NumericsError) {
            try fill(&score, found, role)
          } catch {
            throw MetricError(error)
          }
        }
        scores.append(score)
      }
    }
    return MetricResult(scores: scores)
  }

  private func fill(
    _ score: inout Score, _ found: EmbeddingScore, _ role: TableRole
  ) throws(NumericsError) {
    score.outcome = .measured(found.value)
    score.floor = found.floor
    score.baseline = found.baseline
    score.test = found.test
    score.details = found.details
    score.details["rowsPerSide"] = .integer(found.rows)
    score.n = RowCounts(
      training: role == .training ? found.rows : nil, synthetic: found.rows,
      holdout: role == .holdout ? found.rows : nil)
    // Where the value hardly varies of itself, as at 1, it varies as fresh rows do.
    let deviation = max(found.deviation, found.floor.spread)
    let level = workspace.plan.level
    let lowest = descriptor.lowerLimit.isFinite ? descriptor.lowerLimit : nil
    let reach = try normalQuantile(1 - (1 - level) / 2) * deviation
    score.interval = ScoreInterval(
      lower: min(found.value, max(lowest ?? -.infinity, found.value - reach)),
      upper: max(found.value, min(descriptor.upperLimit ?? .infinity, found.value + reach)),
      level: level, method: "normal")
    let excess = found.value - found.floor.value
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

/// Makes the score of one member of a family.
struct FamilyScore {
  let descriptor: MetricDescriptor
  let family: PointFamily
  /// The place of the score in the family.
  let place: Int

  func result(_ workspace: Workspace<ReferenceFrame>) async throws(MetricError) -> MetricResult {
    try await EmbeddingScores(descriptor, workspace).result {
      kind, role async throws(MetricError) -> EmbeddingScore? in
      guard
        let found = try await workspace.value(
          of: FamilyFindings(family: family, kind: kind, against: role))
      else { return nil }
      return try score(found)
    }
  }

  private func score(_ found: FamilyFindings.Found) throws(MetricError) -> EmbeddingScore? {
    let values = found.splits.map { $0[place] }
    // Deviations of shares of rows go with the root of their number.
    let scale = (Double(found.splitRows) / Double(found.rows)).squareRoot()
    let centre: Double
    let spread: Double
    do throws(NumericsError) {
      centre = values.isEmpty ? 0 : try mean(values.span)
      spread =
        values.count > 1
        ? try variance(values.span).squareRoot() * scale : found.own.deviations[place] ?? 0
    } catch {
      throw MetricError(error)
    }
    guard let floor = found.own.floors[place] ?? (values.isEmpty ? nil : centre) else {
      return nil
    }
    var details = found.samples.details
    details["neighbours"] = .integer(family.neighbours)
    if !values.isEmpty {
      details["halves"] = .object([
        "mean": .finite(centre), "rows": .integer(found.splitRows),
        "pairs": .integer(values.count),
      ])
    }
    return EmbeddingScore(
      value: found.own.values[place],
      floor: ScoreFloor(
        value: floor, spread: spread,
        method: found.own.floors[place] == nil
          ? "halves of real rows" : Self.method(found.own.methods[place])),
      baseline: ScoreBaseline(value: found.far[place], method: found.samples.anchor),
      deviation: found.own.deviations[place] ?? spread, rows: found.rows, details: details)
  }

  private static func method(_ name: String) -> String {
    name == "closed-form" ? FloorMethod.closedForm : name
  }
}
