public import AssayDocument
import AssayNumerics
public import AssayTable

/// The energy distance of every column of numbers in training standard deviations, and their mean.
///
/// ```
/// E = (2 E|X − Y| − E|X − X′| − E|Y − Y′|) / s = 2 ∫ (F(x) − G(x))² dx / s
/// ```
///
/// with s the standard deviation of the training values. Like Wasserstein-1 it knows how far values
/// lie apart, but small gaps count less. scipy's `energy_distance` is the square root of the one in
/// the data's own unit, which the details give. Missing values are left out. With a weight column
/// the value is taken on the fine grid, from weighted counts.
///
/// - Complexity: O(*n* + *m*) a column once it is sorted.
///
/// Source: Székely & Rizzo (2013), Energy statistics: a class of statistics based on distances,
/// doi:10.1016/j.jspi.2013.03.018.
public struct EnergyDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.energy-distance", title: "Energy distance", dimension: .fidelity,
      summary: "How much farther values of both sides lie from each other than from their own.",
      formula: "2 ∫ (F_real − F_synthetic)² dx / training standard deviation",
      unit: "training standard deviations", upperLimit: nil, direction: .lowerIsBetter,
      anchor: .uniformValues,
      invariances: [
        "order of rows", "order of columns", "shift and scale of a column on both sides",
      ],
      sees: [.shift, .scale, .modeCollapse], blindTo: [.shuffledColumns, .missing],
      cannotSee: "relations between columns; missing values; levels without an order",
      defaults: ["scale": "training standard deviation; by interquartile range in the details"],
      howToRead:
        "It goes with the square of a difference: a shift by a tenth of a standard deviation gives "
        + "about 0.005. Compare with what a fresh real sample gets.",
      citations: [
        .init(
          "Székely & Rizzo (2013), Energy statistics: a class of statistics based on distances",
          doi: "10.1016/j.jspi.2013.03.018")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let entries = RankEntries(descriptor: descriptor, workspace: workspace, subject: .energy)
    return try await entries.result(scaled: true) { column, entry async throws(MetricError) in
      let found = column.found
      guard found.energy.isFinite else {
        entry.undefined = "the values are too large for their distance to be a finite number"
        return
      }
      let fit = column.fit
      entry.value = found.energy / fit.standardDeviation
      entry.reference = column.drift.map { $0.energy / fit.standardDeviation }
      // E|X − X′|/(…): what equal laws get is exact for any law, ties included.
      let mean = found.inverseSizes * Self.meanDifference(fit.sorted.span) / fit.standardDeviation
      entry.closedForm = (mean, nil)
      entry.details["dataUnits"] = .finite(Published.rounded(found.energy))
      entry.details["byIQR"] =
        fit.interquartileRange > 0
        ? .finite(found.energy / (fit.interquartileRange / 1.349)) : .null
    }
  }

  /// E|X − X′| of a law that the sample is from, unbiased.
  private static func meanDifference(_ sorted: Span<Double>) -> Double {
    guard sorted.count > 1 else { return 0 }
    let n = Double(sorted.count)
    let sum = pairwiseSum(over: 0..<(sorted.count - 1)) { index in
      Double(index + 1) * (n - Double(index + 1)) * (sorted[index + 1] - sorted[index])
    }
    return 2 * sum / (n * (n - 1))
  }
}
