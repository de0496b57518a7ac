public import AssayDocument
import AssayNumerics
public import AssayTable

/// The absolute difference of Spearman's rank correlation of every pair of columns of numbers.
///
/// ```
/// |ρ_real − ρ_synthetic|
/// ```
///
/// with mid-ranks over the rows in which both columns have a value. Rank correlation sees every
/// monotone relation and no outlier can dominate it.
///
/// - Complexity: O(pairs · n log n).
///
/// Source: Spearman (1904), The proof and measurement of association between two things,
/// doi:10.2307/1412159; interval by Fisher's z with variance 1.06/(n − 3), Fieller, Hartley &
/// Pearson (1957), doi:10.1093/biomet/44.3-4.470.
public struct SpearmanDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight, in their mid-ranks too.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    CorrelationDifference.descriptor(
      id: "fidelity.spearman", title: "Difference of Spearman correlation",
      symbol: "ρ", invariances: ["increasing transforms of a column on both sides"],
      cannotSee: "relations that are not monotone; relations of three columns; copied rows",
      howToRead: "Order alone counts, so no far value can dominate it.",
      citations: [
        .init(
          "Spearman (1904), The proof and measurement of association between two things",
          doi: "10.2307/1412159"),
        .init(
          "Fieller, Hartley & Pearson (1957), Tests for rank correlation coefficients",
          doi: "10.1093/biomet/44.3-4.470"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await CorrelationDifference.measure(
      descriptor, kind: .spearman, variance: FisherDifference.spearmanVariance, workspace)
  }
}

/// The absolute difference of Pearson's correlation of every pair of columns of numbers.
///
/// ```
/// |r_real − r_synthetic|
/// ```
///
/// over the rows in which both columns have a value. It sees linear relations only, and for heavy
/// tails a few rows decide it: read ``SpearmanDifference`` first.
///
/// - Complexity: O(pairs · n).
///
/// Source: Pearson (1895), Note on regression and inheritance in the case of two parents,
/// doi:10.1098/rspl.1895.0041; interval by Fisher (1921), On the probable error of a coefficient
/// of correlation deduced from a small sample.
public struct PearsonDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    CorrelationDifference.descriptor(
      id: "fidelity.pearson", title: "Difference of Pearson correlation",
      symbol: "r", invariances: ["shift and scale of a column on both sides"],
      cannotSee: "relations that are not linear; relations of three columns; copied rows",
      howToRead: "For heavy tails a few rows decide it: read the difference of Spearman first.",
      citations: [
        .init(
          "Pearson (1895), Note on regression and inheritance in the case of two parents",
          doi: "10.1098/rspl.1895.0041"),
        .init(
          "Fisher (1921), On the probable error of a coefficient of correlation deduced from a "
            + "small sample, Metron 1, 3–32"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await CorrelationDifference.measure(
      descriptor, kind: .pearson, variance: FisherDifference.pearsonVariance, workspace)
  }
}

/// What the two correlations share.
enum CorrelationDifference {
  static func descriptor(
    id: MetricID, title: String, symbol: String, invariances: [String], cannotSee: String,
    howToRead: String, citations: [MetricDescriptor.Citation]
  ) -> MetricDescriptor {
    MetricDescriptor(
      id: id, title: title, dimension: .fidelity,
      summary: "How far the correlation of each pair of columns of numbers is from the real one.",
      formula: "|\(symbol)_real − \(symbol)_synthetic| over rows in which both have a value",
      upperLimit: 2, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns"] + invariances,
      sees: [.shuffledColumns], blindTo: [.scale], cannotSee: cannotSee,
      defaults: ["rows": "pairwise complete: a missing value leaves the row out of its pairs"],
      howToRead:
        "Shuffled columns get the strength of the real correlations; a fresh real sample of n rows "
        + "gets about 1.1/√n for columns that are not related. \(howToRead)",
      citations: citations)
  }

  static func measure(
    _ descriptor: MetricDescriptor, kind: CorrelationKind, variance: Double,
    _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let sides = try await workspace.value(of: CorrelationCalibration(kind: kind))
    return try CoefficientScores(
      descriptor: descriptor, workspace: workspace
    ) { pair, synthetic throws(NumericsError) in
      let test = try FisherDifference(
        pair.real ?? 0, pair.realCount, synthetic, pair.syntheticCount, varianceFactor: variance)
      return TestResult(
        statistic: test.z, pValue: test.pValue, method: "Fisher's z of two correlations")
    }.result(sides)
  }
}
