public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Whether a detector of anomalies that is trained on synthetic rows calls the same real rows strange.
///
/// ```
/// share of the 5 % strangest rows by the real detector that the synthetic one has among its 5 %
/// ```
///
/// Isolation forests are grown on as many real and synthetic rows and score the same real rows.
/// Forests differ by chance, too: what a fresh real sample gets is what forests of two halves of the
/// real rows have in common. `details` has Spearman's correlation of all scores.
///
/// - Complexity: O(rows · trees · log 256).
///
/// Source: Liu, Ting & Zhou (2008), doi:10.1109/ICDM.2008.17.
public struct AnomalyAgreement: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.anomaly-detection", title: "Anomalies found", dimension: .utility,
      summary: "Whether a detector trained on synthetic rows calls the same real rows strange.",
      formula: "rows among the strangest 5 % of both detectors / rows of 5 %",
      lowerLimit: 0, upperLimit: 1, direction: .higherIsBetter, anchor: .none,
      invariances: [
        "order of rows", "order of columns", "shift and scale of a number on all sides",
      ],
      sees: [], blindTo: [],
      cannotSee:
        "rows that are strange only by values together: the forest cuts one column at a time",
      defaults: [
        "share": "5 %: enough rows to count, few enough to be strange",
        "forests": "200 trees of 256 rows",
      ],
      howToRead:
        "Two forests of real rows do not agree wholly either; compare with what a fresh real sample "
        + "gets.",
      citations: [
        .init("Liu, Ting & Zhou (2008), Isolation forest", doi: "10.1109/ICDM.2008.17")
      ])
  }

  private static let share = 0.05
  private static let trees = 200
  private static let rowLimit = 5_000

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let role: TableRole = frame.rowCount(.holdout) == nil ? .training : .holdout
    let against: Against = role == .holdout ? .holdout : .training
    let limit = workspace.plan.utility.rows
    let training = try await workspace.value(
      of: EncodedRows(role: .training, limit: limit, keepsUnfit: true))
    let synthetic = try await workspace.value(
      of: EncodedRows(role: .synthetic, limit: limit, keepsUnfit: true))
    let judged: EncodedTable
    if role == .holdout {
      judged = try await workspace.value(
        of: EncodedRows(role: .holdout, limit: limit, keepsUnfit: true)
      ).prefix(Self.rowLimit)
    } else {
      judged = training.prefix(Self.rowLimit)
    }
    let size = min(training.count, synthetic.count)
    let count = Int((Self.share * Double(judged.count)).rounded(.down))
    guard size >= 20, count >= 5, judged.width > 0 else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: descriptor.dimension, against: against,
          outcome: .notApplicable(
            reason: "5 % of \(judged.count) rows are too few to be told apart from chance"),
          unit: descriptor.unit)
      ])
    }
    let half = size / 2
    let sides = [
      training.prefix(size), synthetic.prefix(size), training.rows(0..<half),
      training.rows(half..<2 * half),
    ]
    do throws(NumericsError) {
      let seed = workspace.plan.seed
      let scores = try parallelChunks(count: 4, chunk: 1, threads: workspace.threads) {
        range throws(NumericsError) -> [Double] in
        let side = sides[range.lowerBound]
        var stream = RandomStream(
          seed: seed, path: ["isolation-forest", String(range.lowerBound)])
        let (values, rows) = (side.values, judged.values)
        let forest = try IsolationForest(
          values.span, columns: side.width, trees: Self.trees, stream: &stream)
        return forest.scores(rows.span)
      }
      return MetricResult(scores: [
        try score(scores, count, against: against, size: size, level: workspace.plan.level)
      ])
    } catch {
      throw MetricError(error)
    }
  }

  private func score(
    _ scores: [[Double]], _ count: Int, against: Against, size: Int, level: Double
  ) throws(NumericsError) -> Score {
    let tops = scores.map { Self.strangest($0, count) }
    let common = tops[0].intersection(tops[1]).count
    let fresh = Double(tops[2].intersection(tops[3]).count) / Double(count)
    var n = RowCounts(training: size, synthetic: size)
    if against == .holdout { n.holdout = scores[0].count }
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against,
      outcome: .measured(Double(common) / Double(count)), unit: descriptor.unit,
      floor: ScoreFloor(
        value: fresh, spread: (fresh * (1 - fresh) / Double(count)).squareRoot(),
        method: "halves of the real rows"),
      baseline: ScoreBaseline(value: Self.share, method: "rows chosen at random"), n: n)
    let ends = try wilsonInterval(successes: common, trials: count, level: level)
    score.interval = ScoreInterval(
      lower: ends.lower, upper: ends.upper, level: level, method: "wilson")
    score.bounds = try ScoreBounds(
      value: Double(common) / Double(count), level: level,
      law: .binomial(successes: common, trials: count))
    score.details = ["strangest": .integer(count), "rows": .integer(scores[0].count)]
    let (own, other) = (scores[0], scores[1])
    if let rank = try? spearmanCorrelation(own.span, other.span) {
      score.details["spearman"] = .finite(Published.rounded4(rank))
    }
    return score
  }

  /// The strangest rows; of equally strange ones the earlier.
  private static func strangest(_ scores: [Double], _ count: Int) -> Set<Int> {
    Set(scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }.prefix(count))
  }
}
