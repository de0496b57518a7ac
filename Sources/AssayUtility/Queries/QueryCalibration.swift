import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// The relative errors of a workload of counting queries, with replicates and splits.
struct QueryCalibration: Artifact {
  typealias Frame = ReferenceFrame

  /// What was found for one real side: the median and the 95th percentile of the relative errors.
  struct Side: Sendable {
    var block: CalibratedBlock
    /// What shuffled columns get.
    var anchor: [Double]
    /// The share of each query on either side.
    var real, synthetic: [Double]
    /// Queries that the real side counts no row of.
    var empty: Int
  }

  /// The quantiles of the relative errors that are reported.
  static let quantiles = [0.5, 0.95]

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Against: Side] {
    let plan = try await workspace.value(of: QueryPlan())
    guard plan.columns.count >= 20 else { return [:] }
    var counts = GroupedCounts(
      cells: 64 * plan.words + 1, training: [], synthetic: [], holdout: [])
    func count(_ source: PairSource) async throws(MetricError) -> [Float] {
      try QueryCounts.count(
        try await workspace.value(of: PairCodes(source: source)), plan.masks, words: plan.words,
        threads: workspace.threads)
    }
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      let own = try await count(.role(role))
      switch role {
      case .training: counts.training = own
      case .synthetic: counts.synthetic = own
      case .holdout: counts.holdout = own
      }
    }
    let shuffled = QueryCounts.total(try await count(.shuffled), words: plan.words)
      .map { Float($0) }
    let queries = plan.columns.count
    let statistic = Self.statistic(queries, words: plan.words)
    let calibrator = try await Calibrator(workspace)
    let blocks = calibrator.calibrate(counts, statistic)
    var sides: [Against: Side] = [:]
    for (against, own) in [(Against.training, counts.training), (.holdout, counts.holdout)] {
      guard let block = blocks[against] else { continue }
      let real = QueryCounts.total(own, words: plan.words)
      let synthetic = QueryCounts.total(counts.synthetic, words: plan.words)
      var anchor = [Double](repeating: 0, count: Self.quantiles.count)
      var span = anchor.mutableSpan
      let floats = real.map { Float($0) }
      statistic.evaluate(floats.span, shuffled.span, &span)
      func shares(_ total: [Double]) -> [Double] {
        total.prefix(queries).map { $0 / max(1, total[total.count - 1]) }
      }
      sides[against] = Side(
        block: block, anchor: anchor, real: shares(real), synthetic: shares(synthetic),
        empty: real.prefix(queries).count { $0 == 0 })
    }
    return sides
  }

  /// Quantiles of |q − p|/p over queries that the real side counts rows of.
  private static func statistic(_ queries: Int, words: Int) -> TwoSampleStatistic {
    TwoSampleStatistic(subjects: quantiles.count) { real, synthetic, out in
      let n = Double(real[64 * words])
      let m = Double(synthetic[64 * words])
      var errors: [Double] = []
      errors.reserveCapacity(queries)
      if n > 0, m > 0 {
        for query in 0..<queries where real[query] > 0 {
          let p = Double(real[query]) / n
          errors.append(abs(Double(synthetic[query]) / m - p) / p)
        }
      }
      errors.sort()
      for (subject, probability) in Self.quantiles.enumerated() {
        // The errors are not empty and the probability is inside 0...1.
        out[subject] =
          errors.isEmpty ? 0 : (try? quantile(sorted: errors.span, probability: probability)) ?? 0
      }
    }
  }
}
