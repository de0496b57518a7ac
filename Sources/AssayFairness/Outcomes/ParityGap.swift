public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How much wider the gap between groups is in the synthetic data than in the real: amplified bias.
///
/// ```
/// G(synthetic) − G(real),   G = max_g P(Y = yes | g) − min_g P(Y = yes | g)
/// ```
///
/// signed: above 0 the synthetic data are less equal than the real ones, below 0 more. G is the
/// demographic parity difference of the data. With several groups chance widens the gap of the
/// smaller side; what pairs of fresh samples of the sizes at hand show on average is the fresh real
/// sample's value, and the interval allows for it. The table's value is that of the column that
/// moved most. It reads the data, not a model.
///
/// - Complexity: O(rows · groupings + replicates · groups).
///
/// Source: Calders & Verwer (2010), Three naive Bayes approaches for discrimination-free
/// classification, doi:10.1007/s10618-010-0190-x.
public struct ParityGap: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fairness.parity-gap", title: "Change of the parity gap", dimension: .fairness,
      summary:
        "How much wider the gap of an outcome's rate between groups is than in the real rows.",
      formula: "G(synthetic) − G(real), G = max_g P(yes | g) − min_g P(yes | g)",
      unit: "share", lowerLimit: -1, direction: .closerToFreshSample, anchor: .none,
      invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: "which groups gained where others lost as much; what a model would learn",
      defaults: [
        "support": "30 rows with an answer on both sides",
        "groups": "the widest pair of each side, as the demographic parity difference has it",
      ],
      howToRead:
        "0.03 means that the gap is three percentage points wider than in the real rows; below 0 it "
        + "is narrower. An interval that holds what a fresh real sample gets says: no change seen.",
      citations: [
        .init(
          "Calders & Verwer (2010), Three naive Bayes approaches for discrimination-free "
            + "classification", doi: "10.1007/s10618-010-0190-x")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ChangeScores(
      descriptor: descriptor, subject: .gapChange,
      floor: { rates in
        let (mean, spread) = CalibratedBlock.moments(rates.drawnGaps, subject: 0, of: 1)
        return ScoreFloor(value: mean, spread: spread, method: "drawn-samples")
      },
      sides: { rates in (rates.gap(rates.real), rates.gap(rates.synthetic)) }
    ).result(frame, workspace)
  }
}

/// How much more the group tells of the target in the synthetic data than in the real.
///
/// ```
/// U(synthetic) − U(real),   U = (H(Y) − H(Y | group)) / H(Y)
/// ```
///
/// signed, with Y the yes-or-no reading of the target. 0.02 means that the group takes two more per
/// cent of the uncertainty of the answer away. It weighs groups by their rows, so a small group
/// that changes much shows in the rates of the groups, not here.
///
/// - Complexity: O(rows · groupings + replicates · groups).
///
/// Source: Theil (1972), Statistical decomposition analysis.
public struct SensitiveDependence: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fairness.dependence", title: "Change of Theil's U of the target", dimension: .fairness,
      summary: "How much more the group tells of the target than it does in the real rows.",
      formula: "U(synthetic) − U(real), U = (H(Y) − H(Y | group))/H(Y)",
      lowerLimit: -1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: "small groups; the direction in which a group's rate moved",
      defaults: ["support": "30 rows with an answer on both sides"],
      howToRead:
        "Above 0 the group tells more of the target than in the real rows, below 0 less. Shuffled "
        + "columns lose all of it.",
      citations: [.init("Theil (1972), Statistical decomposition analysis")])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ChangeScores(
      descriptor: descriptor, subject: .dependence,
      floor: { rates in
        let split = rates.block.splitFloor(OutcomeRates.Subject.dependence.rawValue)
        return ScoreFloor(value: split.mean, spread: split.deviation, method: FloorMethod.splits)
      },
      sides: { rates in
        (
          OutcomeRates.dependence(rates.supported.map { rates.real[$0] }),
          OutcomeRates.dependence(rates.supported.map { rates.synthetic[$0] })
        )
      }, hasAnchor: true
    ).result(frame, workspace)
  }
}
