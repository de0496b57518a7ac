public import AssayDocument
import AssayNumerics
public import AssayTable

/// The absolute difference of the squared distance correlation of every pair of columns of numbers,
/// and its mean.
///
/// ```
/// |R²_real − R²_synthetic|,  R² the bias-corrected squared distance correlation
/// ```
///
/// over the rows in which both columns have a value. R² is 0 on average for independent columns
/// and above 0 for any dependence, also one that rises and falls. Above a number of rows a seeded
/// sample of each role is taken; the details say how many.
///
/// - Complexity: O(pairs · n log n).
///
/// Source: Székely & Rizzo (2014), Partial distance correlation with methods for dissimilarities,
/// doi:10.1214/14-AOS1255; Huo & Székely (2016), Fast computing for distance covariance,
/// doi:10.1080/00401706.2015.1054435.
public struct DistanceCorrelationDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    var descriptor = CorrelationDifference.descriptor(
      id: "fidelity.distance-correlation", title: "Difference of squared distance correlation",
      symbol: "R²", invariances: ["shift and scale of a column on both sides"],
      cannotSee: "the direction of a relation; relations of three columns; copied rows",
      howToRead:
        "R² sees relations that rise and fall, which ρ and τ miss; of a linear relation it is a "
        + "little less than r².",
      citations: [
        .init(
          "Székely & Rizzo (2014), Partial distance correlation with methods for dissimilarities",
          doi: "10.1214/14-AOS1255"),
        .init(
          "Huo & Székely (2016), Fast computing for distance covariance",
          doi: "10.1080/00401706.2015.1054435"),
      ])
    descriptor.defaults["sample"] =
      "all rows up to 10,000 of each role, fewer for more than 150 pairs: 1,500,000 rows times "
      + "pairs; ten times as many in a full evaluation"
    return descriptor
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let found = try await workspace.value(
      of: CoefficientCalibration(coefficient: SquaredDistanceCorrelation()))
    return try CoefficientScores(
      descriptor: descriptor, workspace: workspace, listedShare: 4,
      details: SampledRows.details(found.rows)
    ).result(found.sides)
  }
}

/// The bias-corrected squared distance correlation with the influence of each row.
struct SquaredDistanceCorrelation: PairCoefficient {
  /// A column, with what distances need of it where nothing is missing.
  struct Column: Sendable {
    var values: [Double]
    var isComplete: Bool
    var complete: DistanceColumn?
  }

  func rowLimit(pairs: Int, preset: EvaluationPlan.Preset) -> Int {
    switch preset {
    case .quick: max(500, min(2_000, 200_000 / max(1, pairs)))
    case .standard: max(1_000, min(10_000, 1_500_000 / max(1, pairs)))
    case .full: max(10_000, min(100_000, 15_000_000 / max(1, pairs)))
    }
  }

  func column(_ values: [Double]) -> Column {
    let isComplete = !values.contains(where: \.isNaN)
    // It throws where the column does not vary, which is what no column stands for.
    return Column(
      values: values, isComplete: isComplete,
      complete: isComplete ? try? DistanceColumn(values.span) : nil)
  }

  func measure(
    _ first: Column, _ second: Column, weights: [Double]
  ) -> InfluentialCoefficient? {
    if first.isComplete, second.isComplete {
      guard let x = first.complete, let y = second.complete else { return nil }
      let found = DistanceInfluence(x, y)
      return InfluentialCoefficient(
        value: found.squaredCorrelation, rows: first.values.indices.map { Int32($0) },
        influence: found.influence)
    }
    let rows = first.values.indices.filter {
      !first.values[$0].isNaN && !second.values[$0].isNaN
    }
    let own = rows.map { first.values[$0] }
    let other = rows.map { second.values[$0] }
    guard let x = try? DistanceColumn(own.span), let y = try? DistanceColumn(other.span) else {
      return nil
    }
    let found = DistanceInfluence(x, y)
    return InfluentialCoefficient(
      value: found.squaredCorrelation, rows: rows.map { Int32($0) }, influence: found.influence)
  }
}
