public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How far the means of numbers by group are from the real ones: what a table of averages gets
/// wrong.
///
/// ```
/// Σ_g p_g · |x̄_g(synthetic) − x̄_g(real)| / s
/// ```
///
/// over the levels g of a column (up to ten cells, missing one of them), with p_g the real share of
/// a level and s the training deviation of the number; the mean over all pairs of a number and a
/// column of levels. Where the synthetic side lacks a level, the mean of all its rows stands for
/// it. Numbers further than 20 deviations from the training mean count as that. It cannot see
/// spreads within groups.
///
/// - Complexity: O(pairs · (rows + replicates · groups · levels)).
///
/// Source: Karr, Kohnen, Oganian, Reiter & Sanil (2006), doi:10.1198/000313006X124640, for
/// agreement of aggregates as utility.
public struct GroupMeanDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.group-means", revision: 2, title: "Difference of means by group",
      dimension: .utility,
      summary: "How far the means of numbers by level are from the real ones.",
      formula: "Σ_g p_g·|x̄_g(synthetic) − x̄_g(real)|/s, the mean over pairs of columns",
      unit: "deviations", upperLimit: nil, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift], blindTo: [],
      cannotSee: "spreads within groups; groups beyond the nine commonest levels; copied rows",
      defaults: [
        "levels": "up to ten cells, as in pairs; missing is one of them",
        "pairs": "400 at most, chosen by the plan's seed",
      ],
      howToRead:
        "0.1 means that averages by group are off by a tenth of the number's deviation on average.",
      citations: [
        .init(
          "Karr, Kohnen, Oganian, Reiter & Sanil (2006), A framework for evaluating the utility of data "
            + "altered to protect confidentiality", doi: "10.1198/000313006X124640")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = PairScores(
      descriptor: descriptor, workspace: workspace, anchor: "shuffled-columns", listedShare: 8)
    let found = try await workspace.value(of: GroupMeanCalibration())
    guard !found.sides.isEmpty else {
      return scores.nothing("no number and column of levels that vary")
    }
    var result = MetricResult(scores: [])
    for against in [Against.training, .holdout] {
      guard let side = found.sides[against] else { continue }
      var entries: [PairScores.Entry] = []
      var replicates: [[Double]] = []
      var splits: [[Double]] = []
      for pair in side.pairs {
        let floor = pair.block.splitFloor(pair.subject)
        entries.append(
          PairScores.Entry(
            columns: [pair.number], given: pair.levels,
            calibrated: PairCalibration.Calibrated(
              value: pair.block.values[pair.subject],
              deviation: pair.block.deviation(pair.subject),
              floor: ScoreFloor(
                value: floor.mean, spread: floor.deviation, method: FloorMethod.splits),
              baseline: pair.anchor)))
        replicates.append(Self.column(pair.block.replicates, pair))
        splits.append(Self.column(pair.block.splits, pair))
      }
      let count = Double(entries.count)
      let split = CalibratedBlock.moments(Self.means(splits), subject: 0, of: 1)
      let mean = PairCalibration.Calibrated(
        value: entries.reduce(0) { $0 + $1.calibrated.value } / count,
        deviation: CalibratedBlock.moments(Self.means(replicates), subject: 0, of: 1).deviation,
        floor: ScoreFloor(value: split.mean, spread: split.deviation, method: FloorMethod.splits),
        baseline: entries.reduce(0) { $0 + $1.calibrated.baseline } / count)
      let made = try scores.scores(
        entries, mean: mean, against: against, planned: entries.count, possible: found.possible)
      result.scores += made.scores
      result.unlisted += made.unlisted
    }
    return result
  }

  private static func column(_ matrix: [Double], _ pair: GroupMeanCalibration.Pair) -> [Double] {
    let width = pair.block.subjects
    return (0..<matrix.count / max(1, width)).map { matrix[$0 * width + pair.subject] }
  }

  private static func means(_ columns: [[Double]]) -> [Double] {
    (0..<(columns.map(\.count).min() ?? 0)).map { row in
      columns.reduce(0) { $0 + $1[row] } / Double(columns.count)
    }
  }
}
