package import AssayDocument
package import AssayTable

/// What may be drawn of every feature column: shares of published cells by role.
package struct ColumnProfiles: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Int: ColumnProfile] {
    let found = try await workspace.value(of: UnivariateCalibration())
    let labels = CellLabels(frame, k: workspace.plan.k)
    var profiles: [Int: ColumnProfile] = [:]
    for (column, calibration) in found {
      guard let fit = frame.fits[column], let training = calibration.shares[.training] else {
        continue
      }
      let cells = labels.cells(column, map: fit.marginalCells)
      let synthetic = calibration.shares[.synthetic] ?? []
      let kind = frame.schema.columns[column].kind
      profiles[column] = ProfileFolding(
        limit: kind.isNominal ? 30 : cells.count, smallest: workspace.plan.k,
        rows: frame.rowCount(.training) ?? 0
      ).profile(
        cells: cells, training: training, synthetic: synthetic,
        holdout: calibration.shares[.holdout],
        scale: kind == .datetime ? "date" : kind.isNominal ? "level" : "number")
    }
    return profiles
  }
}

/// Brings the cells of a column to a number that can be drawn and published.
private struct ProfileFolding {
  /// Levels beyond this many, the rarest first, are drawn as one.
  var limit: Int
  /// Cells with fewer training rows are published as part of another cell.
  var smallest: Int
  /// Training rows.
  var rows: Int

  func profile(
    cells: [ColumnProfile.Cell], training: [Double], synthetic: [Double], holdout: [Double]?,
    scale: String
  ) -> ColumnProfile {
    let isLevels = scale == "level"
    var kept: [Int] = []
    var folded: [Int] = []
    if isLevels {
      let levels = cells.indices.filter { cells[$0].kind == "level" }
      let ranked = levels.sorted { (training[$0], $1) > (training[$1], $0) }
      kept = Array(ranked.prefix(limit))
      folded = cells.indices.filter { cells[$0].kind != "missing" && !kept.contains($0) }
    } else {
      // Empty cells between atoms say nothing unless the synthetic side falls into them.
      kept = cells.indices.filter {
        cells[$0].kind != "missing" && (training[$0] > 0 || synthetic[$0] > 0)
      }
    }
    func shares(_ all: [Double]) -> [Double] {
      var out = kept.map { all[$0] }
      if isLevels { out.append(folded.reduce(0) { $0 + all[$1] }) }
      out.append(all.last ?? 0)
      return out.map(rounded)
    }
    var published = kept.map { cells[$0] }
    if isLevels { published.append(ColumnProfile.Cell(label: "other levels", kind: "pooled")) }
    published.append(ColumnProfile.Cell(label: "missing", kind: "missing"))
    return ColumnProfile(
      cells: published, training: shares(training), synthetic: shares(synthetic),
      holdout: holdout.map(shares), scale: scale)
  }

  /// A share to six digits: enough to draw, too little to recover single rows of a large table.
  private func rounded(_ share: Double) -> Double { (share * 1e6).rounded() / 1e6 }
}
