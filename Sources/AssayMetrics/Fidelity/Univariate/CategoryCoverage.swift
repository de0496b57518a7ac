public import AssayDocument
import AssayNumerics
public import AssayTable
import Foundation

/// The share of real rows whose level the synthetic rows lack, by column and on average.
///
/// ```
/// Σ over levels that the synthetic rows lack of a_ℓ / n
/// ```
///
/// over the present values of columns of levels. A fresh real sample lacks rare levels too: of its
/// m values, a real row's level is missed with the share that is missed when m of the other real
/// rows are drawn, which is exact for any law; beyond as many rows as there are, Good and Turing's
/// estimate goes on. The details give the share of levels that are covered, and the invented mass
/// beside what a fresh sample invents. It cannot see wrong shares of levels that are there.
///
/// - Complexity: O(rows + levels) a column.
///
/// Source: Good (1953), The population frequencies of species and the estimation of population
/// parameters, doi:10.1093/biomet/40.3-4.237; rarefaction by Hurlbert (1971),
/// doi:10.2307/1934145.
public struct CategoryCoverage: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.category-coverage", title: "Missed mass of levels", dimension: .fidelity,
      summary: "The share of real rows whose level never occurs in the synthetic rows.",
      formula: "#{i : x_i ∉ levels of the synthetic rows} / n over present real values x",
      direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.droppedLevel, .modeCollapse],
      blindTo: [.shift, .scale, .shuffledColumns, .clippedTail, .rounding],
      cannotSee: "wrong shares of levels that occur; relations between columns",
      defaults: [
        "fresh sample": "rarefaction of the real rows: exact for any law of the levels"
      ],
      howToRead:
        "0.02 means that two real rows in a hundred have a level that the generator does not make. "
        + "With many rare levels a fresh real sample misses some as well.",
      citations: [
        .init(
          "Good (1953), The population frequencies of species and the estimation of population "
            + "parameters", doi: "10.1093/biomet/40.3-4.237"),
        .init(
          "Hurlbert (1971), The nonconcept of species diversity: a critique and alternative "
            + "parameters", doi: "10.2307/1934145"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let k = workspace.plan.k
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace, nothing: "no column of levels can be compared"
    ).result(frame.schema.featureIndices.filter { frame.fits[$0]?.nominal != nil }) {
      column, role throws(MetricError) in
      [Self.entry(LevelCounts(frame, column), role, k: k, column: column)]
    }
  }

  private static func entry(
    _ levels: LevelCounts, _ role: TableRole, k: Int, column: Int
  ) -> MeasuredColumns.Entry {
    var entry = MeasuredColumns.Entry(column: column)
    let own = levels.counts(role)
    let synthetic = levels.counts(.synthetic)
    let n = own.reduce(0, +)
    let m = synthetic.reduce(0, +)
    guard n > 0, m > 0 else {
      entry.reason = n > 0 ? "no synthetic row has a value" : "no real row has a value"
      return entry
    }
    let pooled = levels.real
    let total = pooled.reduce(0, +)
    let missed = own.indices.filter { own[$0] > 0 && synthetic[$0] == 0 }
    entry.value = Double(missed.reduce(0) { $0 + own[$1] }) / Double(n)
    var fresh = 0.0
    var variance = 0.0
    for count in pooled where count > 0 {
      let share = Double(count) / Double(total)
      let chance = missedShare(count, of: total, drawn: m)
      fresh += share * chance
      variance += share * share * chance * (1 - chance)
    }
    entry.floor = (fresh, variance.squareRoot())
    entry.deviation =
      (variance + entry.value * (1 - entry.value) / Double(n)).squareRoot()
    let covered = own.indices.count { own[$0] > 0 && synthetic[$0] > 0 }
    let occurring = own.count { $0 > 0 }
    let invented = synthetic.indices.filter { pooled[$0] == 0 }
    let once = pooled.count { $0 == 1 }
    entry.details = [
      "levels": .integer(occurring),
      "coveredLevels": .finite(Double(covered) / Double(max(1, occurring))),
      "inventedMass": .finite(
        Double(invented.reduce(0) { $0 + synthetic[$1] }) / Double(m)),
      "inventedMassFresh": .finite(Double(once) / Double(total)),
      "missed": .strings(
        missed.filter { own[$0] >= k }.prefix(10).map { levels.names[$0] }),
    ]
    if role == .holdout {
      let training = levels.counts(.training)
      let absent = own.indices.filter { own[$0] > 0 && training[$0] == 0 }
      entry.reference = Double(absent.reduce(0) { $0 + own[$1] }) / Double(n)
    }
    return entry
  }

  /// The probability that none of `drawn` other real rows has the level of a real row.
  private static func missedShare(_ count: Int, of total: Int, drawn m: Int) -> Double {
    let others = total - 1
    let inside = min(m, others)
    // Of the other rows count − 1 have the level: C(others − (count − 1), inside)/C(others, inside).
    var chance = 1.0
    for step in 0..<(count - 1) {
      chance *= max(0, Double(others - inside - step)) / Double(others - step)
      if chance < 1e-15 { return 0 }
    }
    let beyond = m - inside
    return beyond > 0
      ? chance * exp(Double(beyond) * log1p(-min(Double(count) / Double(total), 1 - 1e-16)))
      : chance
  }
}
