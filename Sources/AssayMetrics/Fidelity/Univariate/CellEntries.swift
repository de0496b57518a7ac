import AssayDocument
import AssayNumerics
import AssayTable

/// What distances over the cells of a column have in common.
struct CellEntries {
  let descriptor: MetricDescriptor
  let workspace: Workspace<ReferenceFrame>
  let subject: CellStatistics.Subject

  /// The counts of one column on both sides, over the cells that either occupies.
  struct Table {
    var real: [Double]
    var synthetic: [Double]
    /// Where each of them is in the column's cells.
    var cells: [Int]
    /// 1/n + 1/m.
    var inverseSizes: Double
  }

  /// The scores over every feature column.
  ///
  /// With declared weights or differences rows do not count alike, and there is no test: `fill` is
  /// then not asked.
  func result(
    fill: (Int, CalibratedBlock, Table, inout UnivariateScores.Entry) throws(MetricError) -> Void
  ) async throws(MetricError) -> MetricResult {
    let frame = workspace.frame
    let scores = UnivariateScores(
      descriptor: descriptor, subject: subject, workspace: workspace,
      columns: frame.schema.featureIndices, listed: ColumnListing.limit)
    let isWeighted = !frame.schema.indices(of: .weight).isEmpty || frame.intended != nil
    return try await scores.result(facet: nil) {
      column, against, calibration async throws(MetricError) in
      var entry = UnivariateScores.Entry()
      let role: TableRole = against == .training ? .training : .holdout
      guard !isWeighted, let block = calibration.blocks[against],
        let table = Self.table(calibration, role)
      else { return entry }
      try fill(column, block, table, &entry)
      return entry
    }
  }

  private static func table(_ found: UnivariateCalibration.Column, _ role: TableRole) -> Table? {
    guard let real = counts(found, role), let synthetic = counts(found, .synthetic) else {
      return nil
    }
    let n = real.reduce(0, +)
    let m = synthetic.reduce(0, +)
    guard n > 0, m > 0 else { return nil }
    let cells = real.indices.filter { real[$0] + synthetic[$0] > 0 }
    return Table(
      real: cells.map { real[$0] }, synthetic: cells.map { synthetic[$0] }, cells: cells,
      inverseSizes: 1 / n + 1 / m)
  }

  private static func counts(_ found: UnivariateCalibration.Column, _ role: TableRole)
    -> [Double]?
  {
    guard let shares = found.shares[role], let fine = found.fineCounts[role] else { return nil }
    let rows = fine.reduce(0, +)
    return shares.map { ($0 * rows).rounded() }
  }

  /// The test that a statistic that is `factor` times chi-square in the limit is no larger than
  /// chance makes it.
  static func test(
    _ statistic: Double, over factor: Double, cells: Int, name: String
  ) throws(MetricError) -> TestResult? {
    guard cells > 1 else { return nil }
    do throws(NumericsError) {
      return TestResult(
        statistic: statistic,
        pValue: try chiSquareSurvival(statistic / factor, degreesOfFreedom: Double(cells - 1)),
        method: "\(name), scaled chi-square, asymptotic")
    } catch {
      throw MetricError(error)
    }
  }
}
