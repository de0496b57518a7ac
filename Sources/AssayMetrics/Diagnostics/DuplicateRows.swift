public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of synthetic rows that repeat an earlier synthetic row, over the feature columns.
///
/// ```
/// (s − D_s) / s,   s = min(synthetic rows, training rows)
/// ```
///
/// with D_s the number of different rows among s: of the synthetic rows themselves if there are no
/// more of them than training rows, else what s of them hold on average. Training rows at the same
/// size say what a fresh real sample gets, so a table of few categories, where repeats are natural,
/// is no fault. Keys, names and free text play no part.
///
/// - Complexity: O(rows · columns).
///
/// Source: Hurlbert (1971), The nonconcept of species diversity, doi:10.2307/1934145, for the
/// number of different rows at another size.
public struct DuplicateRows: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "diagnostics.duplicate-rows", title: "Duplicate rows", dimension: .diagnostics,
      summary: "The share of synthetic rows that repeat an earlier synthetic row.",
      formula: "(s − D_s)/s, D_s different rows among s = min(synthetic, training) rows",
      direction: .lowerIsBetter, anchor: .none,
      invariances: [
        "order of rows", "order of columns", "names of levels",
        "one-to-one transforms of a column on both sides",
      ],
      sees: [.duplicates, .modeCollapse], blindTo: [.shift, .leak],
      cannotSee: "rows that are nearly alike; rows copied from training, which privacy looks for",
      defaults: [
        "size": "the smaller of the two sides: the share grows with the number of rows"
      ],
      howToRead:
        "Compare with what real rows of the same number get. Many more mean that the generator "
        + "repeats itself; many fewer mean that common rows are lacking.",
      citations: [
        .init(
          "Hurlbert (1971), The nonconcept of species diversity: a critique and alternative "
            + "parameters", doi: "10.2307/1934145")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: .training,
      outcome: .notApplicable(reason: "no feature column can be compared"),
      unit: descriptor.unit,
      n: RowCounts(training: frame.rowCount(.training), synthetic: frame.rowCount(.synthetic)))
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
    guard !columns.isEmpty, let real = frame.table(.training),
      let synthetic = frame.table(.synthetic), real.rowCount > 0, synthetic.rowCount > 0
    else { return MetricResult(scores: [score]) }
    let tables = [real, synthetic]
    let groups = try parallelMap(2, threads: workspace.threads) {
      RowGroups(
        columns.map { [table = tables[$0]] in table.columns[$0] }, rows: tables[$0].rowCount)
    }
    let size = min(real.rowCount, synthetic.rowCount)
    let expected = Rarefaction(groups[0].sizes)
    let found = Rarefaction(groups[1].sizes)
    let value =
      size == synthetic.rowCount
      ? Double(groups[1].repeats) / Double(size)
      : min(1, max(0, found.repeats(in: size) / Double(size)))
    score.outcome = .measured(value)
    score.floor = ScoreFloor(
      value: expected.repeats(in: size) / Double(size), spread: expected.spread(in: size),
      method: FloorMethod.closedForm)
    score.details = [
      "size": .integer(size),
      "share": .finite(Double(groups[1].repeats) / Double(synthetic.rowCount)),
      "repeats": .integer(groups[1].repeats),
      "largestGroup": .integer(groups[1].sizes.max() ?? 0),
      "trainingShare": .finite(Double(groups[0].repeats) / Double(real.rowCount)),
      "trainingLargestGroup": .integer(groups[0].sizes.max() ?? 0),
      "columns": .integer(columns.count),
    ]
    do throws(NumericsError) {
      try judge(&score, value, size, level: workspace.plan.level)
      let excess = Self.excess(score, size)
      score.bounds?.excessLaw = excess
    } catch {
      throw MetricError(error)
    }
    return MetricResult(scores: [score])
  }

  private func judge(
    _ score: inout Score, _ value: Double, _ size: Int, level: Double
  ) throws(NumericsError) {
    let repeats = Int((value * Double(size)).rounded())
    let interval = try clopperPearsonInterval(successes: repeats, trials: size, level: level)
    score.interval = ScoreInterval(
      lower: min(value, interval.lower), upper: max(value, interval.upper), level: level,
      method: "clopper-pearson")
    score.bounds = try ScoreBounds(
      value: value, level: level, law: .binomial(successes: repeats, trials: size))
  }

  /// How much worse than training rows of the same number; their own chance is in the spread.
  private static func excess(_ score: Score, _ size: Int) -> BoundLaw? {
    guard let value = score.value, let floor = score.floor else { return nil }
    let share = (value * Double(size) + 1) / (Double(size) + 2)
    let deviation = (share * (1 - share) / Double(size) + floor.spread * floor.spread)
      .squareRoot()
    let centre = value - floor.value
    return .normal(.init(lowerCentre: centre, upperCentre: centre, deviation: deviation))
  }
}
