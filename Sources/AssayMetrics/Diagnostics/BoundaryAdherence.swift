public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of synthetic numbers inside the range of the training values, by column and over all.
///
/// ```
/// #{j : min(x) ≤ y_j ≤ max(x)} / m
/// ```
///
/// over the present synthetic values y. A fresh real sample does not get 1: a new value falls
/// outside the range of *n* values with probability 2/(n + 1), so it gets (n − 1)/(n + 1) if values
/// seldom repeat; an extreme that occurs twice in training takes 1/(n + 1) less. The number outside
/// is beta-binomial(m; 2, n − 1) at most, which gives the spread and the test: a column fails only where a fresh real sample would hardly stray
/// as far. How many values lie outside is published, not where.
///
/// - Complexity: O(rows) a column.
///
/// Source: David & Nagaraja (2003), Order Statistics, section 7.2, doi:10.1002/0471722162.
public struct BoundaryAdherence: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "diagnostics.boundary-adherence", title: "Boundary adherence", dimension: .diagnostics,
      summary: "The share of synthetic numbers inside the range of the training values.",
      formula: "#{min(x) ≤ y ≤ max(x)} / m over present synthetic values y",
      direction: .higherIsBetter, anchor: .none,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on both sides",
      ],
      sees: [.shift, .scale],
      blindTo: [.shuffledColumns, .droppedLevel, .inventedLevel, .missing, .leak],
      cannotSee: "anything that happens inside the range; ranges that are too narrow",
      defaults: [
        "test":
          "beta-binomial at 1 %, Holm over columns: of a hundred fresh real samples about one "
          + "fails"
      ],
      howToRead:
        "A fresh real sample of n rows leaves about two in n + 1 values outside. 1 exactly may "
        + "mean that the generator cuts its values off at the training range.",
      citations: [
        .init("David & Nagaraja (2003), Order Statistics, section 7.2", doi: "10.1002/0471722162")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter { frame.fits[$0]?.numeric != nil }
    let entries = try parallelMap(columns.count, threads: workspace.threads) {
      Self.entry(columns[$0], frame)
    }
    return try AdherenceScores(
      descriptor: descriptor, workspace: workspace, test: "beta-binomial tail, exact",
      nothing: "no column of numbers can be compared"
    ).result(entries)
  }

  private static func entry(_ column: Int, _ frame: ReferenceFrame) -> AdherenceScores.Entry {
    var entry = AdherenceScores.Entry(column: column)
    guard frame.unfit[column] == nil,
      let values = frame.table(.synthetic)?.columns[column].numeric, values.presentCount > 0
    else {
      entry.reason = frame.unfit[column] ?? "no synthetic row has a value"
      return entry
    }
    guard let sorted = frame.fits[column]?.numeric?.sorted, let low = sorted.first,
      let high = sorted.last
    else {
      entry.reason = "no training row has a value"
      return entry
    }
    var below = 0
    var above = 0
    for row in values.values.indices where values.validity?[row] ?? true {
      if values.values[row] < low { below += 1 }
      if values.values[row] > high { above += 1 }
    }
    entry.present = values.presentCount
    entry.strayed = below + above
    entry.details = ["below": .integer(below), "above": .integer(above)]
    if sorted.count > 1 {
      entry.fresh = BetaBinomial(
        trials: entry.present, a: 2, b: Double(sorted.count - 1))
      // A new value is the strict extreme of n + 1 if that extreme is no tie; whether the extreme of
      // the n at hand is one is the unbiased guess.
      let ends = (sorted[0] < sorted[1] ? 1.0 : 0) + (sorted[sorted.count - 2] < high ? 1 : 0)
      if ends < 2 {
        let rest = Double(sorted.count + 1) - ends
        let law = BetaBinomial(trials: entry.present, a: max(ends, 1e-9), b: rest)
        let m = Double(entry.present)
        entry.expected = ends > 0 ? (law.mean / m, law.deviation / m) : (0, 0)
      }
    } else {
      // The range of one value holds no other: nothing can be said of a fresh sample.
      entry.expected = (1, 0)
    }
    return entry
  }
}
