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
    var groups: [(cell: ColumnProfile.Cell, members: [Int])]
    if scale == "level" {
      let levels = cells.indices.filter { cells[$0].kind == "level" }
      let ranked = levels.sorted { (training[$0], $1) > (training[$1], $0) }
      let kept = Set(ranked.prefix(limit))
      groups = ranked.prefix(limit).map { (cells[$0], [$0]) }
      groups.append(
        (
          ColumnProfile.Cell(label: "other levels", kind: "pooled"),
          cells.indices.filter { cells[$0].kind != "missing" && !kept.contains($0) }
        ))
    } else {
      groups = numberGroups(cells, training: training, synthetic: synthetic)
    }
    groups.append(
      (ColumnProfile.Cell(label: "missing", kind: "missing"), [cells.count - 1]))
    func shares(_ all: [Double]) -> [Double] {
      groups.map { group in rounded(group.members.reduce(0) { $0 + all[$1] }) }
    }
    return ColumnProfile(
      cells: groups.map(\.cell), training: shares(training), synthetic: shares(synthetic),
      holdout: holdout.map(shares), scale: scale)
  }

  /// Cells of numbers: empty ones between atoms are left out unless synthetic values fall into
  /// them, and ones with a few training rows join the cell before.
  private func numberGroups(
    _ cells: [ColumnProfile.Cell], training: [Double], synthetic: [Double]
  ) -> [(cell: ColumnProfile.Cell, members: [Int])] {
    var groups: [(cell: ColumnProfile.Cell, members: [Int])] = []
    for cell in cells.indices where cells[cell].kind != "missing" {
      let count = Int((training[cell] * Double(rows)).rounded())
      if count == 0, synthetic[cell] == 0 { continue }
      if count > 0, count < smallest, let last = groups.indices.last {
        groups[last].members.append(cell)
        groups[last].cell.upper = cells[cell].upper
        groups[last].cell.kind = "bin"
        groups[last].cell.label += " and more"
      } else {
        groups.append((cells[cell], [cell]))
      }
    }
    return groups
  }

  /// A share to six digits: enough to draw, too little to recover single rows of a large table.
  private func rounded(_ share: Double) -> Double { (share * 1e6).rounded() / 1e6 }
}
