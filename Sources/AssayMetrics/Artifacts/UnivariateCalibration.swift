package import AssayDocument
import AssayNumerics
package import AssayTable

/// Value, replicates and splits of every distance over one column, for every feature column.
///
/// One pass over the rows of a column serves all of its distances.
package struct UnivariateCalibration: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// What was found for one column.
  package struct Column: Sendable {
    /// By real side.
    package var blocks: [Against: CalibratedBlock]
    /// The shares of the marginal cells by role, missing cell last.
    package var shares: [TableRole: [Double]]
    /// The counts of the fine cells by role, missing cell last.
    package var fineCounts: [TableRole: [Double]]
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Int: Column] {
    let calibrator = try await Calibrator(workspace)
    var layouts: [TableRole: ShardLayout] = [:]
    var weights: [TableRole: [Float]] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      layouts[role] = try await workspace.value(of: Shards(role: role))
      weights[role] = try await workspace.value(of: RowWeights(role: role))
    }
    let rowWeights = weights
    let columns = frame.schema.featureIndices.filter { frame.fits[$0] != nil }
    let shards = layouts
    let results = try parallelMap(columns.count, threads: workspace.threads) {
      index throws(MetricError) -> Column in
      Self.calibrate(
        columns[index], frame: frame, shards: shards, weights: rowWeights,
        calibrator: calibrator)
    }
    return Dictionary(uniqueKeysWithValues: zip(columns, results))
  }

  private static func calibrate(
    _ column: Int, frame: ReferenceFrame, shards: [TableRole: ShardLayout],
    weights: [TableRole: [Float]], calibrator: Calibrator
  ) -> Column {
    guard let fit = frame.fits[column] else {
      return Column(blocks: [:], shares: [:], fineCounts: [:])
    }
    let cells = fit.numeric?.fine ?? fit.marginalCells
    var grouped = GroupedCounts(cells: cells.count, training: [], synthetic: [], holdout: [])
    var fine: [TableRole: [Double]] = [:]
    for role in TableRole.allCases {
      guard let table = frame.table(role), let layout = shards[role] else { continue }
      let counts = count(
        cells.codes(table.columns[column]), layout, cells: cells.count, weights: weights[role])
      fine[role] = total(counts, cells: cells.count)
      switch role {
      case .training: grouped.training = counts
      case .synthetic: grouped.synthetic = counts
      case .holdout: grouped.holdout = counts
      }
    }
    let cellOf = fit.numeric.flatMap { fit.marginalCells.cells(ofFine: $0.fine) }
    let shares = fine.mapValues { counts in
      var shares = [Double](repeating: 0, count: fit.marginalCells.count)
      let sum = counts.reduce(0, +)
      for cell in counts.indices { shares[cellOf?[cell] ?? cell] += counts[cell] / max(sum, 1) }
      return shares
    }
    let blocks =
      frame.unfit[column] == nil
      ? calibrator.calibrate(grouped, CellStatistics.univariate(fit)) : [:]
    return Column(blocks: blocks, shares: shares, fineCounts: fine)
  }

  private static func count(
    _ codes: [UInt16], _ layout: ShardLayout, cells: Int, weights: [Float]?
  ) -> [Float] {
    var counts = [Float](repeating: 0, count: layout.count * cells)
    for group in 0..<layout.count {
      let start = group * cells
      for position in layout.offsets[group]..<layout.offsets[group + 1] {
        let row = Int(layout.order[position])
        counts[start + Int(codes[row])] += weights?[row] ?? 1
      }
    }
    return counts
  }

  private static func total(_ counts: [Float], cells: Int) -> [Double] {
    var total = [Double](repeating: 0, count: cells)
    for position in counts.indices { total[position % cells] += Double(counts[position]) }
    return total
  }
}
