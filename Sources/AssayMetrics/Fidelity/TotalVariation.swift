public import AssayDocument
import AssayNumerics
public import AssayTable

/// The total variation distance of every column, and their mean: the *marginal* facet of fidelity.
///
/// ```
/// TV = ½ Σ_c |p_c − q_c|
/// ```
///
/// with p the real and q the synthetic shares of the cells of a column. Cells are fixed on the
/// training rows: up to min(20, ⌊2·n^⅓⌋) half-open bins of equal training counts, a cell of its own
/// for each value with a share above 2/bins, for each level with at least five training rows, for
/// all rarer or unseen levels together, and for missing values. 0 for equal shares, 1 for disjoint
/// ones. It cannot see relations between columns, nor differences inside a cell.
///
/// - Complexity: O(rows · log cells) a column, plus replicates · groups · cells for its interval.
///
/// Source: Levin, Peres & Wilmer (2009), Markov Chains and Mixing Times, section 4.1; here with an
/// explicit cell for missing values and shared cells fitted on training rows only.
public struct TotalVariation: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.total-variation", title: "Total variation distance", dimension: .fidelity,
      summary: "How far the shares of each column's values are from the real ones.",
      formula: "½ Σ_c |p_c − q_c| over cells c fixed on the training rows, missing included",
      direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .scale, .droppedLevel, .modeCollapse, .missing, .inventedLevel],
      blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; differences inside a cell; copied rows",
      defaults: [
        "bins": "min(20, 2·∛n): enough rows in each cell to tell chance from damage",
        "rareLevelCount": "5: rarer levels share a cell, since single rows decide their shares",
      ],
      howToRead:
        "0.05 means that five rows in a hundred would have to change their value. Compare it with "
        + "what a fresh real sample gets, not with 0.",
      citations: [
        .init("Levin, Peres & Wilmer (2009), Markov Chains and Mixing Times, section 4.1")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = UnivariateScores(
      descriptor: descriptor, subject: .totalVariation, workspace: workspace,
      columns: frame.schema.featureIndices)
    return try await scores.result(facet: "marginal") {
      column, against, calibration async throws(MetricError) in
      let role: TableRole = against == .training ? .training : .holdout
      var entry = UnivariateScores.Entry()
      // The formula is for rows that count alike; weighted rows go by splits.
      if frame.schema.indices(of: .weight).isEmpty, frame.intended == nil {
        entry.closedForm = (
          try Self.freshSample(
            calibration, real: frame.rowCount(role), synthetic: frame.rowCount(.synthetic)), nil
        )
      }
      if let training = calibration.shares[.training], let holdout = calibration.shares[.holdout] {
        entry.reference = zip(training, holdout).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
      }
      return entry
    }
  }

  /// `½ Σ_c E|A_c/n − B_c/m|` for binomial counts of the pooled real shares.
  private static func freshSample(
    _ calibration: UnivariateCalibration.Column, real n: Int?, synthetic m: Int?
  ) throws(MetricError) -> Double {
    guard let n, let m, let training = calibration.fineCounts[.training] else { return 0 }
    let rows = training.reduce(0, +)
    let others = (calibration.fineCounts[.holdout] ?? []).reduce(0, +)
    let holdout = calibration.shares[.holdout]
    var sum = 0.0
    for (cell, share) in (calibration.shares[.training] ?? []).enumerated() {
      let pooled = (share * rows + (holdout?[cell] ?? 0) * others) / max(1, rows + others)
      do throws(NumericsError) {
        sum += try expectedAbsoluteProportionDifference(p: min(1, pooled), n: n, m: m)
      } catch {
        throw MetricError(error)
      }
    }
    return sum / 2
  }
}
