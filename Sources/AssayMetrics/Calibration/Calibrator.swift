package import AssayDocument
package import AssayNumerics
package import AssayTable

/// Computes value, replicates and splits of a statistic of counts by matrix products.
///
/// Replicate *b* of a role has the counts `Σ_g w_bg c_g`: one product of draws by grouped counts
/// for all replicates. Two random halves of the real rows show what equal laws get; their sizes
/// are brought to the sizes at hand by `√((1/m + 1/n) / (1/|A| + 1/|B|))`, the order in which any
/// of these distances shrinks; those that go with the square of differences, by the square.
package struct Calibrator: Sendable {
  private let bootstrap: [TableRole: Draws]
  private let halves: [TableRole: Draws]
  private let rows: [TableRole: Double]

  package init(_ workspace: Workspace<ReferenceFrame>) async throws(MetricError) {
    var bootstrap: [TableRole: Draws] = [:]
    var halves: [TableRole: Draws] = [:]
    var rows: [TableRole: Double] = [:]
    for role in TableRole.allCases {
      guard let count = workspace.frame.rowCount(role) else { continue }
      let weights = try await workspace.value(of: ExactRowWeights(role: role))
      rows[role] = weights.map { pairwiseSum($0.span) } ?? Double(count)
      bootstrap[role] = try await workspace.value(of: BootstrapDraws(role: role))
      if role != .synthetic {
        halves[role] = try await workspace.value(of: HalfDraws(role: role))
      }
    }
    self.bootstrap = bootstrap
    self.halves = halves
    self.rows = rows
  }

  /// Whether there is a holdout.
  package var hasHoldout: Bool { rows[.holdout] != nil }

  /// Calibrates a statistic against training and, where there is one, against the holdout.
  ///
  /// - Parameters:
  ///   - counts: Counts or sums by group.
  ///   - statistic: What is computed of them.
  ///   - sampled: How many rows the counts are of, where they are of a sample.
  /// - Returns: Values, replicates and splits by real side.
  package func calibrate(
    _ counts: GroupedCounts, _ statistic: TwoSampleStatistic, sampled: [TableRole: Double]? = nil
  ) -> [Against: CalibratedBlock] {
    let rows = sampled ?? self.rows
    let synthetic = replicated(.synthetic, counts.synthetic, counts.cells)
    let syntheticTotal = Self.total(counts.synthetic, cells: counts.cells)
    let split = halved(counts, rows)
    let splits = Self.evaluate(statistic, split.first, split.second, cells: counts.cells)
    var results: [Against: CalibratedBlock] = [:]
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)] {
      let own = role == .training ? counts.training : counts.holdout
      guard let n = rows[role], let m = rows[.synthetic] else { continue }
      let total = Self.total(own, cells: counts.cells)
      let real = replicated(role, own, counts.cells)
      var values = [Double](repeating: 0, count: statistic.subjects)
      var valueSpan = values.mutableSpan
      statistic.evaluate(total.span, syntheticTotal.span, &valueSpan)
      let scale = ((1 / m + 1 / n) / split.inverseSizes).squareRoot()
      results[against] = CalibratedBlock(
        values: values,
        replicates: Self.evaluate(statistic, real, synthetic, cells: counts.cells),
        splits: Self.scaled(splits, statistic, by: scale), splitScale: scale)
    }
    return results
  }

  /// Splits at the sizes at hand; what goes with the square of differences by the square.
  private static func scaled(
    _ splits: [Double], _ statistic: TwoSampleStatistic, by scale: Double
  ) -> [Double] {
    let factors = (0..<statistic.subjects).map { subject in
      subject < statistic.isSquared.count && statistic.isSquared[subject] ? scale * scale : scale
    }
    return splits.indices.map { splits[$0] * factors[$0 % factors.count] }
  }

  private func replicated(
    _ role: TableRole, _ counts: [Float], _ cells: Int
  ) -> [Float] {
    guard let draws = bootstrap[role] else { return [] }
    return Self.product(draws, counts, cells)
  }

  private func halved(
    _ counts: GroupedCounts, _ rows: [TableRole: Double]
  ) -> (first: [Float], second: [Float], inverseSizes: Double) {
    var first: [Float] = []
    var total = Self.total(counts.training, cells: counts.cells)
    if let draws = halves[.training] {
      first = Self.product(draws, counts.training, counts.cells)
    }
    if let draws = halves[.holdout] {
      let other = Self.product(draws, counts.holdout, counts.cells)
      for cell in first.indices { first[cell] += other[cell] }
      let added = Self.total(counts.holdout, cells: counts.cells)
      for cell in total.indices { total[cell] += added[cell] }
    }
    var second = first
    for position in second.indices {
      second[position] = total[position % counts.cells] - first[position]
    }
    let pooled = (rows[.training] ?? 0) + (rows[.holdout] ?? 0)
    return (first, second, pooled > 0 ? 4 / pooled : 1)
  }

  private static func product(
    _ draws: Draws, _ counts: [Float], _ cells: Int
  ) -> [Float] {
    LinearAlgebra.singlePrecisionProduct(
      draws.weights.span, counts.span, rows: draws.replicates, inner: draws.groups, columns: cells)
  }

  private static func total(_ counts: [Float], cells: Int) -> [Float] {
    var total = [Double](repeating: 0, count: cells)
    var position = 0
    while position < counts.count {
      for cell in 0..<cells { total[cell] += Double(counts[position + cell]) }
      position += cells
    }
    return total.map { Float($0) }
  }

  private static func evaluate(
    _ statistic: TwoSampleStatistic, _ real: [Float], _ synthetic: [Float], cells: Int
  ) -> [Double] {
    guard cells > 0 else { return [] }
    let rows = min(real.count, synthetic.count) / cells
    let realSpan = real.span
    let syntheticSpan = synthetic.span
    var out = [Double](repeating: 0, count: rows * statistic.subjects)
    var row = [Double](repeating: 0, count: statistic.subjects)
    for replicate in 0..<rows {
      let range = replicate * cells..<(replicate + 1) * cells
      var span = row.mutableSpan
      statistic.evaluate(realSpan.extracting(range), syntheticSpan.extracting(range), &span)
      for subject in 0..<statistic.subjects {
        out[replicate * statistic.subjects + subject] = row[subject]
      }
    }
    return out
  }
}

extension MetricError {
  /// A numerical routine that could not return a value.
  package init(_ error: NumericsError) {
    self.init(code: "numerics.\(error.code)", message: error.message)
  }
}
