public import AssayDocument
import AssayNumerics
public import AssayTable

/// The Anderson–Darling distance of every column of numbers, and their mean.
///
/// ```
/// ∫ (F(x) − G(x))² / (H(x)(1 − H(x))) dH(x) = A²·(1/n + 1/m)
/// ```
///
/// with H the pooled distribution function and gaps taken at the middle of tied values. Each gap
/// counts in units of what chance would make of it, so the tails weigh as much as the middle: the
/// distance over one column to look at for tails. Missing values are left out. The test is by
/// permutation below 200 pooled values, else from the limiting law, which knows of ties; it is never
/// capped. With a weight column the value is taken on the fine grid, from weighted counts.
///
/// - Complexity: O(*n* + *m*) a column once it is sorted.
///
/// Source: Scholz & Stephens (1987), K-sample Anderson–Darling tests,
/// doi:10.1080/01621459.1987.10478517.
public struct AndersonDarlingDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.anderson-darling", title: "Anderson–Darling distance", dimension: .fidelity,
      summary:
        "The mean squared gap between the distribution functions of each column of numbers, tails "
        + "weighing as much as the middle.",
      formula: "∫ (F_real − F_synthetic)²/(H(1 − H)) dH, H the pooled distribution function",
      upperLimit: nil, direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on both sides",
      ],
      sees: [.shift, .scale, .modeCollapse, .clippedTail], blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; missing values; how far beyond the rest a value lies",
      defaults: [
        "permuted": "below 200 pooled values labels are permuted: limits are rough there",
        "ties": "the law of the test is that of the ties at hand, by its first three moments",
      ],
      howToRead:
        "Two fresh samples of n rows each get 2/n on average, whatever the column. Ten times that "
        + "is a difference; where it is, the tail metrics say.",
      citations: [
        .init(
          "Scholz & Stephens (1987), K-sample Anderson–Darling tests",
          doi: "10.1080/01621459.1987.10478517"),
        .init(
          "Anderson & Darling (1952), Asymptotic theory of certain goodness of fit criteria based "
            + "on stochastic processes", doi: "10.1214/aoms/1177729437"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let entries = RankEntries(
      descriptor: descriptor, workspace: workspace, subject: .andersonDarling)
    return try await entries.result { column, entry async throws(MetricError) in
      let found = column.found
      let sizes = found.inverseSizes
      let total = Double(found.first + found.second)
      let statistic = found.weightedSquares / sizes * (total - 1) / total
      entry.value = found.weightedSquares
      entry.reference = column.drift?.weightedSquares
      if RankEntries.hasFewTies(column.fit) {
        // The variance of the limit is 2(π² − 9)/3.
        entry.closedForm = (
          sizes * total / (total - 1), sizes * (2 * (Double.pi * Double.pi - 9) / 3).squareRoot()
        )
      }
      entry.test = try await entries.test(
        column, statistic, name: "two-sample Anderson–Darling", .andersonDarling
      ) { () throws(NumericsError) in
        try RankEntries.gapTail(column, statistic, .inverseVariance)
      }
    }
  }
}
