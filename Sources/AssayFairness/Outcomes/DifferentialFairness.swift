public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How much further apart the chances of an outcome are between any two groups than in the real
/// data.
///
/// ```
/// ε(synthetic) − ε(real),   ε = max over answers y and groups g, h of ln P(y | g)/P(y | h)
/// ```
///
/// with P(y | g) = (rows of g with y + 1)/(rows of g + 2), a Dirichlet prior of one row of either
/// answer, so that groups without an answer stay finite. A ratio, so that rare outcomes weigh as
/// much as common ones: ε of 0.69 is a chance that is twice as large in one group as in another.
/// The table's value is that of the single column that moved most; groups of several columns have
/// scores of their own.
///
/// - Complexity: O(rows · groupings + replicates · groups).
///
/// Source: Foulds, Islam, Keya & Pan (2020), An intersectional definition of fairness,
/// doi:10.1109/ICDE48307.2020.00203.
public struct DifferentialFairness: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fairness.differential", title: "Change of differential fairness", dimension: .fairness,
      summary: "How much further apart the chances of an outcome are between any two groups.",
      formula:
        "ε(synthetic) − ε(real), ε = max ln P(y | g)/P(y | h), one row of either answer added",
      unit: "nats", lowerLimit: -.infinity, upperLimit: nil, direction: .closerToFreshSample,
      anchor: .none, invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: "groups of fewer than 30 rows; why rates differ",
      defaults: [
        "prior": "one row of either answer in each group", "support": "30 rows on both sides",
      ],
      howToRead:
        "Above 0 the largest ratio of chances between two groups is larger than in the real rows; 0.69 "
        + "is a factor of two.",
      citations: [
        .init(
          "Foulds, Islam, Keya & Pan (2020), An intersectional definition of fairness",
          doi: "10.1109/ICDE48307.2020.00203")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ChangeScores(
      descriptor: descriptor, subject: .differential,
      floor: { rates in
        let split = rates.block.splitFloor(OutcomeRates.Subject.differential.rawValue)
        return ScoreFloor(value: split.mean, spread: split.deviation, method: FloorMethod.splits)
      },
      sides: { rates in
        (
          OutcomeRates.differential(rates.supported.map { rates.real[$0] }),
          OutcomeRates.differential(rates.supported.map { rates.synthetic[$0] })
        )
      }
    ).result(frame, workspace)
  }
}
