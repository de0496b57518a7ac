public import AssayDocument
import AssayNumerics
public import AssayTable

/// The unbiased squared distance of the tables of pairs and triples of columns.
///
/// ```
/// Σ_c [(p_c − q_c)² − p_c(1 − p_c)/(n − 1) − q_c(1 − q_c)/(m − 1)] / Σ_c p_c²
/// ```
///
/// Its mean is 0 for a fresh real sample however many the cells and however few the rows, so no
/// sample has to be set beside it. It falls below 0 by chance, and clearly below 0 where synthetic
/// rows are closer to the real ones than fresh ones can be. Pairs and triples are ranked by the
/// distance in standard errors.
///
/// - Complexity: As ``KMarginal``, whose tables it reads.
///
/// Source: the U-statistic of Gretton et al. (2012), A kernel two-sample test, JMLR 13, 723–773,
/// with the kernel that is 1 within a cell and 0 between cells.
public struct MarginalSquaredDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.marginal-l2", title: "Unbiased distance of tables", dimension: .fidelity,
      summary: "How far the tables of two and three columns are from the real ones, less chance.",
      formula: "unbiased Σ_c (p_c − q_c)² / Σ_c p_c²",
      lowerLimit: -.infinity, upperLimit: nil, direction: .closerToFreshSample,
      anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shuffledColumns, .modeCollapse], blindTo: [],
      cannotSee: "differences of rare cells; differences inside a cell; relations of four columns",
      defaults: [
        "tables": "those of the k-marginal score", "scale": "Σ p² of the real table",
      ],
      howToRead:
        "0 on average for a fresh real sample, about 1 for tables without a common cell. Clearly "
        + "below 0 means closer to the real rows than fresh ones can be: look for copies.",
      citations: [
        .init("Gretton et al. (2012), A kernel two-sample test, JMLR 13, 723–773")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = PairScores(
      descriptor: descriptor, workspace: workspace, anchor: "shuffled-columns", listedShare: 4,
      isUnbiased: true)
    let pairs = try await workspace.value(of: PairCalibration())
    guard !pairs.isEmpty else { return scores.nothing() }
    let plan = try await workspace.value(of: PairPlan())
    let triples = try await workspace.value(of: TripleCalibration())
    var result = MetricResult(scores: [])
    for against in [Against.training, .holdout] {
      guard let side = pairs[against] else { continue }
      var entries = side.pairs.map {
        Self.entry($0.columns, $0[.squaredDistance], $0.distance)
      }
      let ofTriples = triples.sides[against]
      entries +=
        ofTriples?.triples.map {
          Self.entry($0.columns, $0.squaredDistance, $0.distance)
        } ?? []
      var made = try scores.scores(
        entries, mean: Self.steady(side[.squaredDistance]), against: against,
        planned: plan.pairs.count, possible: plan.total)
      made.scores[0].details["pairs"] = .integer(side.pairs.count)
      made.scores[0].details["triples"] = .integer(ofTriples?.triples.count ?? 0)
      if let ofTriples {
        made.scores.insert(
          try scores.table(
            Subject(facet: "triples"), Self.steady(ofTriples.squaredDistance),
            against: against), at: 1)
      }
      result.scores += made.scores
      result.unlisted += made.unlisted
    }
    return result
  }

  private static func entry(
    _ columns: [Int], _ found: PairCalibration.Calibrated, _ distance: MarginalDistance?
  ) -> PairScores.Entry {
    var calibrated = steady(found)
    if let distance {
      calibrated.value = distance.normalised
      // At equality the jackknife is a rough guide: what splits show is the least deviation.
      let scale =
        distance.squaredDistance != 0 ? distance.normalised / distance.squaredDistance : 0
      calibrated.deviation = max(distance.standardError * scale, calibrated.floor.spread)
    }
    let z = calibrated.deviation > 0 ? calibrated.value / calibrated.deviation : 0
    return PairScores.Entry(
      columns: columns, calibrated: calibrated,
      details: ["z": .finite(z), "standardError": .finite(calibrated.deviation)], evidence: z)
  }

  /// With a deviation of at least what splits show.
  private static func steady(
    _ found: PairCalibration.Calibrated
  ) -> PairCalibration.Calibrated {
    var found = found
    found.deviation = max(found.deviation, found.floor.spread)
    return found
  }
}
