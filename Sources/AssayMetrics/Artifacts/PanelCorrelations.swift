package import AssayDocument
package import AssayTable

/// The columns of numbers of one role and their groups of rows.
package struct PanelSource: Sendable {
  package let role: TableRole
  package let columns: [CorrelationColumn]
  /// The training means and deviations of the columns.
  package let fits: [NumericFit]
  package let rows: RowPlaces
}

/// What the correlations of the pairs of a panel come to.
package struct PanelCorrelations {
  /// The replicates and splits of one pair.
  package struct Replicated {
    /// Of several pairs.
    package let block: CalibratedBlock
    /// Which of them it is.
    package let subject: Int
  }

  /// For each pair by real side.
  package let replicated: [[Against: Replicated]]
  /// For each pair by role.
  package let exact: [[TableRole: ExactCorrelation]]

  /// How many pairs go into one matrix product of draws.
  private static let blockSize = 24

  package init(
    _ panel: CorrelationPanel, _ sources: [PanelSource], _ calibrator: Calibrator, threads: Int
  ) throws(MetricError) {
    var sums: [TableRole: PanelSums] = [:]
    for source in sources {
      let ordered = try parallelMap(panel.columns.count, threads: threads) { index in
        let column = panel.columns[index]
        return OrderedColumn(source.columns[column], source.rows, fit: source.fits[column])
      }
      sums[source.role] = try PanelSums(
        PanelProducts(panel, ordered), source.rows, threads: threads)
    }
    let found = sums
    exact = try parallelMap(panel.pairs.count, threads: threads) {
      index throws(MetricError) -> [TableRole: ExactCorrelation] in
      var exact: [TableRole: ExactCorrelation] = [:]
      for source in sources {
        let pair = panel.pairs[index]
        exact[source.role] = Self.exact(
          found[source.role]?.sums(index), source.columns[panel.columns[pair.first]],
          source.columns[panel.columns[pair.second]])
      }
      return exact
    }
    let size = Self.blockSize
    let blocks = try parallelMap((panel.pairs.count + size - 1) / size, threads: threads) {
      block throws(MetricError) -> [Against: CalibratedBlock] in
      let range = block * size..<min(panel.pairs.count, (block + 1) * size)
      return calibrator.calibrate(
        GroupedCounts(
          cells: range.count * CorrelationSums.width,
          training: found[.training]?.grouped(range) ?? [],
          synthetic: found[.synthetic]?.grouped(range) ?? [],
          holdout: found[.holdout]?.grouped(range) ?? []),
        CorrelationSums.statistic(range.count))
    }
    replicated = panel.pairs.indices.map { index in
      blocks[index / size].mapValues { Replicated(block: $0, subject: index % size) }
    }
  }

  private static func exact(
    _ sums: CorrelationSums?, _ first: CorrelationColumn, _ second: CorrelationColumn
  ) -> ExactCorrelation {
    guard first.weights.isEmpty else { return ExactCorrelation(weighted: first, second) }
    let isComplete = first.values.validity == nil && second.values.validity == nil
    let quick =
      first.isRanked && !isComplete
      ? ExactCorrelation(ranksOf: first, second)
      : sums.flatMap { ExactCorrelation($0, first: first, second: second) }
    return quick ?? ExactCorrelation(first, second)
  }
}
