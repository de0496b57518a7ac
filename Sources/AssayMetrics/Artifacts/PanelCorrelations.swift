import AssayDocument
import AssayTable

/// The columns of numbers of one role and their groups of rows.
struct PanelSource: Sendable {
  let role: TableRole
  let columns: [CorrelationColumn]
  /// The training means and deviations of the columns.
  let fits: [NumericFit]
  let groups: AscendingGroups
}

/// The rows of each group in ascending order, in which they are near each other in memory.
struct AscendingGroups: Sendable {
  /// The rows, group after group.
  let rows: [Int32]
  /// Where each group starts, with the number of rows at the end.
  let offsets: [Int]

  /// The number of groups.
  var count: Int { offsets.count - 1 }

  init(_ layout: ShardLayout) {
    offsets = layout.offsets
    var groupOfRow = [Int32](repeating: 0, count: layout.order.count)
    for group in 0..<layout.count {
      for place in layout.offsets[group]..<layout.offsets[group + 1] {
        groupOfRow[Int(layout.order[place])] = Int32(group)
      }
    }
    var next = layout.offsets
    var rows = [Int32](repeating: 0, count: layout.order.count)
    for (row, group) in groupOfRow.enumerated() {
      rows[next[Int(group)]] = Int32(row)
      next[Int(group)] += 1
    }
    self.rows = rows
  }
}

/// What the correlations of the pairs of a panel come to.
struct PanelCorrelations {
  /// The replicates and splits of one pair.
  struct Replicated {
    /// Of several pairs.
    let block: CalibratedBlock
    /// Which of them it is.
    let subject: Int
  }

  /// For each pair by real side.
  let replicated: [[Against: Replicated]]
  /// For each pair by role.
  let exact: [[TableRole: ExactCorrelation]]

  /// How many pairs go into one matrix product of draws.
  private static let blockSize = 24

  init(
    _ panel: CorrelationPanel, _ sources: [PanelSource], _ calibrator: Calibrator, threads: Int
  ) throws(MetricError) {
    var sums: [TableRole: PanelSums] = [:]
    for source in sources {
      let products = PanelProducts(
        panel, panel.columns.map { source.columns[$0] }, fits: panel.columns.map { source.fits[$0] }
      )
      sums[source.role] = try PanelSums(products, source.groups, threads: threads)
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
    let isComplete = first.values.validity == nil && second.values.validity == nil
    let quick =
      first.isRanked && !isComplete
      ? ExactCorrelation(ranksOf: first, second)
      : sums.flatMap { ExactCorrelation($0, first: first, second: second) }
    return quick ?? ExactCorrelation(first, second)
  }
}
