public import AssayDocument
import AssayNumerics
public import AssayTable

/// The absolute difference of Kendall's τ_b of every pair of columns of numbers, and its mean.
///
/// ```
/// |τ_real − τ_synthetic|
/// ```
///
/// over the rows in which both columns have a value. τ is how much likelier two rows are to be in
/// the same order in both columns than in opposite order; ties count for neither. Above a number of
/// rows that depends on the number of pairs a seeded sample of each role is taken; the details say
/// how many.
///
/// - Complexity: O(pairs · n log n).
///
/// Source: Kendall (1945), doi:10.1093/biomet/33.3.239; algorithm of Knight (1966),
/// doi:10.1080/01621459.1966.10480879; test by Fisher's z with variance 0.437/(n − 4), Fieller,
/// Hartley & Pearson (1957), doi:10.1093/biomet/44.3-4.470.
public struct KendallDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    var descriptor = CorrelationDifference.descriptor(
      id: "fidelity.kendall", title: "Difference of Kendall correlation", symbol: "τ",
      invariances: ["increasing transforms of a column on both sides"],
      cannotSee: "relations that are not monotone; relations of three columns; copied rows",
      howToRead: "τ is smaller than Spearman's ρ of the same relation, by about a third.",
      citations: [
        .init(
          "Kendall (1945), The treatment of ties in ranking problems",
          doi: "10.1093/biomet/33.3.239"),
        .init(
          "Knight (1966), A computer method for calculating Kendall's tau with ungrouped data",
          doi: "10.1080/01621459.1966.10480879"),
        .init(
          "Fieller, Hartley & Pearson (1957), Tests for rank correlation coefficients",
          doi: "10.1093/biomet/44.3-4.470"),
      ])
    descriptor.defaults["sample"] =
      "all rows up to 50,000 of each role, fewer for more than 80 pairs: 4,000,000 rows times "
      + "pairs; ten times as many in a full evaluation"
    return descriptor
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let found = try await workspace.value(of: CoefficientCalibration(coefficient: KendallTau()))
    return try CoefficientScores(
      descriptor: descriptor, workspace: workspace, listedShare: 4,
      details: SampledRows.details(found.rows)
    ) { pair, synthetic throws(NumericsError) in
      try Self.test(pair, synthetic)
    }.result(found.sides)
  }

  private static func test(
    _ pair: CorrelationCalibration.Pair, _ synthetic: Double
  ) throws(NumericsError) -> TestResult {
    // Fisher's z takes 1/(n − 3); one row less gives the 1/(n − 4) of τ.
    let test = try FisherDifference(
      pair.real ?? 0, pair.realCount - 1, synthetic, pair.syntheticCount - 1,
      varianceFactor: 0.437)
    return TestResult(
      statistic: test.z, pValue: test.pValue, method: "Fisher's z of two rank correlations")
  }
}

/// Kendall's τ_b with the influence of each row.
struct KendallTau: PairCoefficient {
  /// The order of a column.
  struct Column: Sendable {
    /// The position of each row's value among the distinct values; −1 where missing.
    var ranks: [Int32]
    /// The rows with a value, in ascending order of it.
    var order: [Int32]
    /// The number of distinct values.
    var levels: Int
  }

  func rowLimit(pairs: Int, preset: EvaluationPlan.Preset) -> Int {
    switch preset {
    case .quick: max(1_000, min(10_000, 400_000 / max(1, pairs)))
    case .standard: max(2_000, min(50_000, 4_000_000 / max(1, pairs)))
    case .full: max(20_000, min(500_000, 40_000_000 / max(1, pairs)))
    }
  }

  func column(_ values: [Double]) -> Column {
    let present = values.indices.filter { !values[$0].isNaN }.map { Int32($0) }
    let own = present.map { values[Int($0)] }
    let order = sortPermutation(own.span).map { present[Int($0)] }
    var ranks = [Int32](repeating: -1, count: values.count)
    var levels: Int32 = -1
    var previous = Double.nan
    for row in order {
      let value = values[Int(row)]
      if value != previous { levels += 1 }
      previous = value
      ranks[Int(row)] = levels
    }
    return Column(ranks: ranks, order: order, levels: Int(levels) + 1)
  }

  func measure(
    _ first: Column, _ second: Column, weights: [Double]
  ) -> InfluentialCoefficient? {
    let rows = first.order.filter {
      second.ranks[Int($0)] >= 0 && (weights.isEmpty || weights[Int($0)] > 0)
    }
    guard rows.count >= 4 else { return nil }
    // It throws where a side does not vary, which is what no value stands for.
    guard
      let found = try? KendallInfluence(
        first: first.ranks.span, second: second.ranks.span, byFirst: rows.span,
        levels: second.levels, weights: weights.span)
    else { return nil }
    return InfluentialCoefficient(value: found.tau, rows: rows, influence: found.influence)
  }
}

/// What documents say of a sample of rows.
enum SampledRows {
  static func details(_ rows: [TableRole: Int]) -> [String: DetailValue] {
    [
      "sampledRows": .object(
        Dictionary(
          uniqueKeysWithValues: rows.map { ($0.key.rawValue, DetailValue.integer($0.value)) }))
    ]
  }
}
