public import AssayDocument
import AssayNumerics
public import AssayTable

/// The Cramér–von Mises distance of every column of numbers, and their mean.
///
/// ```
/// ∫ (F(x) − G(x))² dH(x) = T·(1/n + 1/m)
/// ```
///
/// with H the pooled distribution function and gaps taken at the middle of tied values. The mean
/// squared gap where Kolmogorov–Smirnov takes the largest: it sees small shifts of a whole column
/// better, and says less of where they are. Missing values are left out. The test is by permutation
/// below 200 pooled values, else from the limiting law, which knows of ties. With a weight column
/// the value is taken on the fine grid, from weighted counts.
///
/// - Complexity: O(*n* + *m*) a column once it is sorted.
///
/// Source: Anderson (1962), On the distribution of the two-sample Cramér–von Mises criterion,
/// doi:10.1214/aoms/1177704477.
public struct CramerVonMisesDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.cramer-von-mises", title: "Cramér–von Mises distance", dimension: .fidelity,
      summary: "The mean squared gap between the distribution functions of each column of numbers.",
      formula: "∫ (F_real − F_synthetic)² dH, H the pooled distribution function",
      direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on both sides",
      ],
      sees: [.shift, .scale, .modeCollapse], blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; missing values; changes of the tails alone",
      defaults: [
        "permuted": "below 200 pooled values labels are permuted: limits are rough there",
        "ties": "the law of the test is that of the ties at hand, by its first three moments",
      ],
      howToRead:
        "The square root is the typical gap: 0.0004 means that shares below a value are off by two "
        + "in a hundred. Two fresh samples of n rows each get about 1/(3n).",
      citations: [
        .init(
          "Anderson (1962), On the distribution of the two-sample Cramér–von Mises criterion",
          doi: "10.1214/aoms/1177704477"),
        .init(
          "Buckley & Eagleson (1988), An approximation to the distribution of quadratic forms in "
            + "normal random variables", doi: "10.1111/j.1467-842X.1988.tb00471.x"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let entries = RankEntries(
      descriptor: descriptor, workspace: workspace, subject: .cramerVonMises)
    return try await entries.result { column, entry async throws(MetricError) in
      let found = column.found
      let sizes = found.inverseSizes
      let statistic = found.evenSquares / sizes
      entry.value = found.evenSquares
      entry.reference = column.drift?.evenSquares
      if RankEntries.hasFewTies(column.fit) {
        entry.closedForm = (
          sizes * (1 + 1 / Double(found.first + found.second)) / 6, sizes / 45.0.squareRoot()
        )
      }
      entry.test = try await entries.test(
        column, statistic, name: "two-sample Cramér–von Mises", .cramerVonMises
      ) { () throws(NumericsError) in
        try RankEntries.gapTail(column, statistic, .even)
      }
    }
  }
}
