public import AssayDocument
import AssayNumerics
public import AssayTable

/// The Wasserstein-1 distance of every column of numbers in training standard deviations, and
/// their mean.
///
/// ```
/// W₁ = ∫ |F(x) − G(x)| dx / s
/// ```
///
/// with s the standard deviation of the training values. The details give it in the data's own
/// unit and by interquartile range / 1.349 (`null` where that is 0). Missing values are left out.
/// For heavy tails the standard deviation itself is unsteady: read the one by range as well.
///
/// - Complexity: O(N log N) a column.
///
/// Source: Villani (2009), Optimal Transport, doi:10.1007/978-3-540-71050-9; the one-dimensional
/// form is due to Vallender (1974), doi:10.1137/1118101.
public struct WassersteinDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.wasserstein-1", title: "Wasserstein-1 distance", dimension: .fidelity,
      summary: "How far each column's numbers would have to be moved to become the real ones.",
      formula: "∫ |F_real(x) − F_synthetic(x)| dx / training standard deviation",
      unit: "training standard deviations", upperLimit: nil, direction: .lowerIsBetter,
      anchor: .uniformValues,
      invariances: [
        "order of rows", "order of columns", "shift and scale of a column on both sides",
      ],
      sees: [.shift, .scale, .modeCollapse, .clippedTail], blindTo: [.shuffledColumns, .missing],
      cannotSee: "relations between columns; missing values; levels without an order",
      defaults: ["scale": "training standard deviation; by interquartile range in the details"],
      howToRead:
        "0.1 means a mean move of a tenth of a standard deviation. A single far value counts with "
        + "its distance: compare with the value by interquartile range.",
      citations: [
        .init("Villani (2009), Optimal Transport", doi: "10.1007/978-3-540-71050-9"),
        .init(
          "Vallender (1974), Calculation of the Wasserstein distance between probability "
            + "distributions on the line", doi: "10.1137/1118101"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = UnivariateScores(
      descriptor: descriptor, subject: .wasserstein, workspace: workspace,
      columns: frame.schema.featureIndices.filter { frame.fits[$0]?.numeric != nil },
      listed: ColumnListing.limit)
    return try await scores.result(facet: nil) {
      column, against, calibration async throws(MetricError) in
      try await Self.entry(column, against, frame: frame, workspace: workspace)
    }
  }

  private static func entry(
    _ column: Int, _ against: Against, frame: ReferenceFrame,
    workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> UnivariateScores.Entry {
    var entry = UnivariateScores.Entry()
    guard let fit = frame.fits[column]?.numeric, fit.standardDeviation > 0,
      fit.standardDeviation.isFinite
    else {
      entry.undefined = "the training standard deviation is 0 or not a finite number"
      return entry
    }
    entry.scale = fit.standardDeviation
    let role: TableRole = against == .training ? .training : .holdout
    if try await WeightedColumn.isNeeded(role, workspace) {
      let found = try await WeightedEntry(column, role, workspace)
      entry.undefined = found.entry.undefined
      entry.floorScale = found.entry.floorScale
      entry.reference = found.reference.map { $0.area / fit.standardDeviation }
      if let distance = found.distance { fill(&entry, distance.area, fit) }
      return entry
    }
    let real = try await workspace.value(of: SortedColumn(role: role, column: column))
    guard !real.isEmpty else {
      entry.undefined = "no real row has a value"
      return entry
    }
    let synthetic = try await workspace.value(
      of: SortedColumn(role: .synthetic, column: column))
    guard !synthetic.isEmpty else { return entry }
    entry.floorScale = UnivariateScores.presentScale(
      real: (real.count, frame.rowCount(role)),
      synthetic: (synthetic.count, frame.rowCount(.synthetic)))
    do throws(NumericsError) {
      let distance = try wasserstein1(sorted: real.span, synthetic.span)
      fill(&entry, distance, fit)
      entry.closedForm = (
        try expectedWasserstein1(sorted: fit.sorted.span, real.count, synthetic.count)
          / fit.standardDeviation, nil
      )
      if role == .holdout {
        entry.reference =
          try wasserstein1(sorted: fit.sorted.span, real.span) / fit.standardDeviation
      }
    } catch {
      throw MetricError(error)
    }
    return entry
  }

  private static func fill(
    _ entry: inout UnivariateScores.Entry, _ distance: Double, _ fit: NumericFit
  ) {
    entry.value = distance / fit.standardDeviation
    entry.details["dataUnits"] = .finite(Published.rounded(distance))
    entry.details["byIQR"] =
      fit.interquartileRange > 0
      ? .finite(distance / (fit.interquartileRange / 1.349)) : .null
  }
}
