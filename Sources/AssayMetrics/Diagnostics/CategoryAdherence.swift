public import AssayDocument
import AssayNumerics
public import AssayTable
import Foundation

/// The share of synthetic rows whose level occurs in the real data, by column and over all.
///
/// ```
/// #{j : y_j ∈ levels of the real rows} / m
/// ```
///
/// over the present synthetic values. A level that training lacks but the holdout has does not
/// count against the synthetic rows. A fresh real sample brings new levels as well: Good–Turing
/// puts their mass at f₁/n, with f₁ the number of levels that occur once in the n real rows. A
/// column fails only where a fresh real sample would hardly bring as many rows of new levels. The
/// details give the mass of the real levels that the synthetic rows miss beside what a fresh sample
/// of as many rows misses, Σ p(1 − p)^m.
///
/// - Complexity: O(rows + levels) a column.
///
/// Source: Good (1953), The population frequencies of species and the estimation of population
/// parameters, doi:10.1093/biomet/40.3-4.237; its spread by Esty (1983),
/// doi:10.1214/aos/1176346262.
public struct CategoryAdherence: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "diagnostics.category-adherence", title: "Category adherence", dimension: .diagnostics,
      summary: "The share of synthetic rows whose level occurs in the real data.",
      formula: "#{y ∈ levels of training or holdout} / m over present synthetic values y",
      direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.inventedLevel],
      blindTo: [
        .shift, .scale, .shuffledColumns, .droppedLevel, .clippedTail, .rounding, .missing, .leak,
      ],
      cannotSee: "wrong shares of levels; levels that are lacking, which the details give",
      defaults: [
        "test":
          "beta-binomial with the mean (f₁ + 1)/(n + 2) and Esty's variance, at 1 %, Holm over "
          + "columns: of a hundred fresh real samples about one or two fail"
      ],
      howToRead:
        "Below what a fresh real sample gets, the generator invents levels. The details name those "
        + "with enough rows, and how much of the real mass is missed.",
      citations: [
        .init(
          "Good (1953), The population frequencies of species and the estimation of population "
            + "parameters", doi: "10.1093/biomet/40.3-4.237"),
        .init(
          "Esty (1983), A normal limit law for a nonparametric estimator of the coverage of a "
            + "random sample", doi: "10.1214/aos/1176346262"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter { frame.fits[$0]?.nominal != nil }
    let k = workspace.plan.k
    let entries = try parallelMap(columns.count, threads: workspace.threads) {
      Self.entry(columns[$0], frame, k: k)
    }
    return try AdherenceScores(
      descriptor: descriptor, workspace: workspace,
      test: "beta-binomial tail of the unseen mass by Good–Turing",
      nothing: "no column of levels can be compared"
    ).result(entries)
  }

  private static func entry(
    _ column: Int, _ frame: ReferenceFrame, k: Int
  ) -> AdherenceScores.Entry {
    var entry = AdherenceScores.Entry(column: column)
    guard frame.unfit[column] == nil, let levels = frame.levels[column],
      let training = frame.fits[column]?.nominal?.counts
    else {
      entry.reason = frame.unfit[column] ?? "the column holds no levels"
      return entry
    }
    let synthetic = counts(frame.table(.synthetic), column, levels.names.count)
    entry.present = synthetic.reduce(0, +)
    guard entry.present > 0 else {
      entry.reason = "no synthetic row has a value"
      return entry
    }
    var real = counts(frame.table(.holdout), column, levels.realCount)
    for level in training.indices { real[level] += training[level] }
    let n = real.reduce(0, +)
    guard n > 0 else {
      entry.reason = "no real row has a value"
      return entry
    }
    let invented = levels.realCount..<levels.names.count
    entry.strayed = invented.reduce(0) { $0 + synthetic[$1] }
    let once = real.count { $0 == 1 }
    let twice = real.count { $0 == 2 }
    let unseen = Double(once) / Double(n)
    let m = Double(entry.present)
    // What a fresh sample draws, and how far the estimate of the unseen mass is off.
    let estimate = (Double(once) * (1 - unseen) + 2 * Double(twice)) / Double(n * n)
    entry.expected = (unseen, (unseen * (1 - unseen) / m + estimate).squareRoot())
    entry.fresh = unseenLaw(present: entry.present, n: n, once: once, twice: twice)
    entry.details = details(training, synthetic, levels, invented, k: k)
    entry.details["singletons"] = .integer(once)
    return entry
  }

  /// The number of rows of new levels in a fresh sample.
  ///
  /// One singleton more than there are keeps the law from being certain of what was never seen. Rows
  /// of an unseen level come together, which Esty's variance knows and a plain proportion does not.
  private static func unseenLaw(
    present: Int, n: Int, once: Int, twice: Int
  ) -> BetaBinomial {
    let rows = Double(n + 2)
    let mean = Double(once + 1) / rows
    let plain = mean * (1 - mean)
    let variance = (Double(once + 1) * (1 - mean) + 2 * Double(twice)) / (rows * rows)
    let concentration = max(1, plain / max(variance, plain / rows) - 1)
    return BetaBinomial(
      trials: present, a: mean * concentration, b: (1 - mean) * concentration)
  }

  private static func counts(_ table: AlignedTable?, _ column: Int, _ levels: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: levels)
    for code in table?.columns[column].nominal ?? [] where code >= 0 && Int(code) < levels {
      counts[Int(code)] += 1
    }
    return counts
  }

  private static func details(
    _ training: [Int], _ synthetic: [Int], _ levels: SharedLevels, _ invented: Range<Int>, k: Int
  ) -> [String: DetailValue] {
    let n = Double(max(1, training.reduce(0, +)))
    let m = Double(synthetic.reduce(0, +))
    let missed = training.indices.filter { training[$0] > 0 && synthetic[$0] == 0 }
    let expected = training.reduce(0.0) { sum, count in
      let share = Double(count) / n
      return share > 0 ? sum + share * exp(m * log1p(-min(share, 1 - 1e-16))) : sum
    }
    let inventedRows = invented.reduce(0) { $0 + synthetic[$1] }
    return [
      "levels": .integer(training.count { $0 > 0 }),
      "inventedLevels": .integer(invented.count { synthetic[$0] > 0 }),
      "inventedRows": .integer(inventedRows),
      "invented": .strings(
        invented.filter { synthetic[$0] >= k }.prefix(20).map { levels.names[$0] }),
      "missedLevels": .integer(missed.count),
      "missedShare": .finite(Double(missed.reduce(0) { $0 + training[$1] }) / n),
      "missedShareFresh": .finite(expected),
      "missed": .strings(
        missed.filter { training[$0] >= k }.prefix(20).map { levels.names[$0] }),
    ]
  }
}
