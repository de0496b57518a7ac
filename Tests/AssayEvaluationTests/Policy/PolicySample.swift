import AssayDocument

/// Hand-made documents for the judge: figures are invented.
struct PolicySample {
  var rows = 2_000
  var holdout: Int? = 2_000
  var scores: [Score] = []
  var dimensions: [DimensionScore] = []

  var document: EvaluationDocument {
    func input(_ name: String, _ rows: Int) -> InputRecord {
      InputRecord(name: name, sha256: "00", bytes: 1, rows: rows, columns: 2)
    }
    return EvaluationDocument(
      tool: ToolInfo(version: "0.1.0", libraries: [:]),
      plan: PlanRecord(
        hash: "00", seed: 7, preset: "standard", k: 10, roles: [:], binning: .null,
        against: [.training], metrics: [], sampling: [:]),
      about: About(),
      inputs: InputRecords(
        training: input("real table.csv", rows), synthetic: input("synthetic.csv", rows),
        holdout: holdout.map { input("holdout.csv", $0) }),
      columns: [], metrics: [], scores: scores, dimensions: dimensions, findings: [],
      verdict: Verdict(
        policy: .init(name: "first-look", version: "1", hash: "00"), advisory: true,
        status: .evaluated, answers: [], requirements: []))
  }

  /// A distance with a normal law: the value is its own centre on both sides.
  static func distance(
    _ value: Double, deviation: Double, columns: [String] = [], against: Against = .holdout,
    metric: MetricID = "fidelity.total-variation", dimension: Dimension = .fidelity
  ) -> Score {
    let law = BoundLaw.normal(
      .init(lowerCentre: value, upperCentre: value, deviation: deviation))
    return Score(
      metric: metric, dimension: dimension, against: against, subject: Subject(columns: columns),
      outcome: .measured(value),
      bounds: ScoreBounds(
        lower: value - 1.645 * deviation, upper: value + 1.645 * deviation, law: law,
        excessLaw: .normal(
          .init(lowerCentre: value - 0.02, upperCentre: value - 0.02, deviation: deviation))),
      floor: ScoreFloor(value: 0.02, spread: 0.001, method: "closed-form"),
      baseline: ScoreBaseline(value: 0.52, method: "uniform-values"))
  }

  /// Something that is counted.
  static func counted(_ value: Double) -> Score {
    Score(
      metric: "diagnostics.table-structure", dimension: .diagnostics, against: .training,
      outcome: .measured(value), bounds: ScoreBounds(lower: value, upper: value, law: .exact))
  }

  /// A policy of one requirement.
  static func policy(
    _ requirement: PolicyRequirement, alpha: Double = 0.01, coverage: Policy.Coverage = .init(),
    waivers: [Policy.Waiver] = []
  ) -> Policy {
    Policy(
      name: "trial", version: "1", alpha: alpha, requirements: [requirement], coverage: coverage,
      waivers: waivers)
  }

  /// The total variation distance of the table, at most `margin`.
  static func atMost(
    _ margin: Double, metric: String = "fidelity.total-variation",
    place: PolicyRequirement.Place = .table, compare: PolicyCompare = .value,
    against: PolicyAgainst? = nil, severity: PolicySeverity = .blocking
  ) -> PolicyRequirement {
    PolicyRequirement(
      id: "distance", what: .metric(metric), against: against, place: place, compare: compare,
      margin: .atMost(margin), severity: severity, reason: "for the test")
  }
}
