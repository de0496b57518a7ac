public import AssayDocument
import AssayNumerics
public import AssayTable

/// Kuiper's distance of every column of numbers, and their mean.
///
/// ```
/// V = sup (F − G) + sup (G − F)
/// ```
///
/// The largest share of rows that is too many or too few in any interval of values, where
/// Kolmogorov–Smirnov looks at intervals that reach to an end. It sees a change of spread, or of
/// the tails, as well as one of the centre. Missing values are left out. The test is by permutation
/// below 200 pooled values, else asymptotic, which errs on the side of large p where values are
/// tied. With a weight column the value is taken on the fine grid, from weighted counts.
///
/// - Complexity: O(*n* + *m*) a column once it is sorted.
///
/// Source: Kuiper (1960), Tests concerning random points on a circle,
/// doi:10.1016/S1385-7258(60)50006-0; small samples by Stephens (1970),
/// doi:10.1111/j.2517-6161.1970.tb00821.x.
public struct KuiperDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.kuiper", title: "Kuiper's distance", dimension: .fidelity,
      summary: "The largest excess or lack of rows in any interval of each column of numbers.",
      formula: "sup (F_real − F_synthetic) + sup (F_synthetic − F_real)",
      direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on both sides",
        "the start of a circle",
      ],
      sees: [.shift, .scale, .modeCollapse], blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; missing values; several small differences",
      defaults: [
        "permuted": "below 200 pooled values labels are permuted: the limit is rough there"
      ],
      howToRead:
        "0.1 means that in some interval there are ten percent of all rows too many or too few; the "
        + "details say which. Two fresh samples of n rows each differ by about 1.77/√n.",
      citations: [
        .init(
          "Kuiper (1960), Tests concerning random points on a circle",
          doi: "10.1016/S1385-7258(60)50006-0"),
        .init(
          "Stephens (1970), Use of the Kolmogorov–Smirnov, Cramér–von Mises and related statistics "
            + "without extensive tables", doi: "10.1111/j.2517-6161.1970.tb00821.x"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let entries = RankEntries(descriptor: descriptor, workspace: workspace, subject: .kuiper)
    return try await entries.result { column, entry async throws(MetricError) in
      let found = column.found
      let value = min(1, found.above.gap + found.below.gap)
      entry.value = value
      entry.reference = column.drift.map { min(1, $0.above.gap + $0.below.gap) }
      let root = (1 / found.inverseSizes).squareRoot()
      if RankEntries.hasFewTies(column.fit) {
        // In the limit √e·V has the mean √(π/2) and the second moment π²/6.
        let size = root + 0.155 + 0.24 / root
        entry.closedForm = (
          (Double.pi / 2).squareRoot() / size,
          (Double.pi * Double.pi / 6 - Double.pi / 2).squareRoot() / size
        )
      }
      let kind = frame.schema.columns[column.index].kind
      // The interval between the two places holds the rows that are too many or too few.
      let ends = [found.above.at, found.below.at].sorted().map { Published.place($0, kind: kind) }
      entry.details = [
        "from": .finite(ends[0]), "to": .finite(ends[1]),
        "synthetic": found.above.at < found.below.at ? "too many" : "too few",
      ]
      entry.test = try await entries.test(column, value, name: "two-sample Kuiper", .kuiper) {
        () throws(NumericsError) in
        (
          kuiperSurvival(value, found.first, found.second),
          RankEntries.hasFewTies(column.fit)
            ? "asymptotic" : "asymptotic, conservative with ties"
        )
      }
    }
  }
}
