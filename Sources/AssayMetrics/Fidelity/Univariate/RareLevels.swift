public import AssayDocument
import AssayNumerics
public import AssayTable

/// How far the shares of rare levels are off, as a part of their real share, by column.
///
/// ```
/// Σ over rare levels of |p_ℓ − q_ℓ| / Σ over rare levels of p_ℓ
/// ```
///
/// A level is rare where less than 1 % of all real rows have it. 0 for equal shares; 1 where all
/// rare levels are lacking, or all doubled. Each level has the exact interval of its ratio given
/// how often it occurs on both sides, and a p-value, Holm over the levels of its column
/// that occur k times or more on both sides together; the test of
/// the column is chi-square over the rare levels and the rest, the rarest pooled. Levels that only
/// the synthetic rows have are the matter of category adherence.
///
/// - Complexity: O(rows + levels) a column.
///
/// Source: Przyborowski & Wilenski (1940), Homogeneity of results in testing samples from Poisson
/// series, Biometrika 31, 313–323.
public struct RareLevels: Metric {
  /// A level with a smaller share of the real rows is rare.
  private static let rare = 0.01
  /// Levels that the details name, at most.
  private static let named = 5

  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.rare-levels", title: "Shares of rare levels", dimension: .fidelity,
      summary: "How far the shares of levels with less than 1 % of the rows are off, relatively.",
      formula: "Σ |p_ℓ − q_ℓ| / Σ p_ℓ over levels ℓ with a share below 1 % of the real rows",
      upperLimit: nil, direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.modeCollapse],
      blindTo: [.shift, .scale, .shuffledColumns, .clippedTail, .rounding],
      cannotSee: "common levels; levels that the real rows lack; relations between columns",
      defaults: ["rare": "below 1 % of training and holdout together"],
      howToRead:
        "0.5 means that rare levels are off by half of their share. Where each occurs a few times "
        + "only, a fresh real sample is off by as much: compare with it.",
      citations: [
        .init(
          "Przyborowski & Wilenski (1940), Homogeneity of results in testing samples from Poisson "
            + "series, Biometrika 31, 313–323")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let plan = workspace.plan
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace, nothing: "no column has rare levels"
    ).result(frame.schema.featureIndices.filter { frame.fits[$0]?.nominal != nil }) {
      column, role throws(MetricError) in
      [try Self.entry(LevelCounts(frame, column), role, plan, column: column)]
    }
  }

  private static func entry(
    _ levels: LevelCounts, _ role: TableRole, _ plan: EvaluationPlan, column: Int
  ) throws(MetricError) -> MeasuredColumns.Entry {
    var entry = MeasuredColumns.Entry(column: column)
    let own = levels.counts(role)
    let synthetic = levels.counts(.synthetic)
    let pooled = levels.real
    let n = own.reduce(0, +)
    let m = synthetic.reduce(0, +)
    let total = pooled.reduce(0, +)
    guard n > 0, m > 0 else {
      entry.reason = n > 0 ? "no synthetic row has a value" : "no real row has a value"
      return entry
    }
    let chosen = pooled.indices.filter {
      pooled[$0] > 0 && Double(pooled[$0]) < rare * Double(total)
    }
    let mass = Double(chosen.reduce(0) { $0 + own[$1] }) / Double(n)
    guard mass > 0 else {
      entry.reason = "no level has less than 1 % of the real rows"
      return entry
    }
    func off(_ counts: [Int], _ size: Int, _ others: [Int], _ otherSize: Int) -> Double {
      chosen.reduce(0) {
        $0 + abs(Double(counts[$1]) / Double(size) - Double(others[$1]) / Double(otherSize))
      }
    }
    entry.value = off(own, n, synthetic, m) / mass
    let rest = { (counts: [Int], size: Int) -> [Double] in
      let some = chosen.map { Double(counts[$0]) }
      return some + [Double(size) - some.reduce(0, +)]
    }
    guard
      let gap = CountGap(
        real: rest(own, n), synthetic: rest(synthetic, m), pooled: rest(pooled, total)),
      let block = CountGap(
        real: rest(own, n), synthetic: rest(synthetic, m),
        pooled: chosen.map { Double(pooled[$0]) } + [0])
    else { return entry }
    // Shares of the whole pool, without what the rest adds.
    let floor = try block.floor(of: Double(total))
    entry.floor = (2 * floor.mean / mass, 2 * floor.spread / mass)
    entry.deviation = 2 * gap.deviation(atLeast: floor.spread) / mass
    entry.test = try gap.test()
    if role == .holdout {
      let training = levels.counts(.training)
      entry.reference = off(own, n, training, max(1, training.reduce(0, +))) / mass
    }
    entry.details = [
      "rareLevels": .integer(chosen.count), "rareShare": .finite(CellLabels.share(mass)),
      "syntheticShare": .finite(
        CellLabels.share(Double(chosen.reduce(0) { $0 + synthetic[$1] }) / Double(m))),
      "worst": .array(try worst(chosen, own, n, synthetic, m, levels: levels, plan)),
    ]
    return entry
  }

  /// The levels with the least p-values, those with few real rows left out.
  private static func worst(
    _ chosen: [Int], _ own: [Int], _ n: Int, _ synthetic: [Int], _ m: Int,
    levels: LevelCounts, _ plan: EvaluationPlan
  ) throws(MetricError) -> [DetailValue] {
    do throws(NumericsError) {
      var tests: [(level: Int, test: RareLevelTest)] = []
      // How often a level occurs on both sides together says nothing of how they share it.
      for level in chosen where own[level] + synthetic[level] >= plan.k {
        tests.append(
          (level, try RareLevelTest((own[level], n), (synthetic[level], m), level: plan.level)))
      }
      let pValues = tests.map(\.test.pValue)
      let adjusted = try holmAdjustedPValues(pValues.span)
      let order = tests.indices.filter { own[tests[$0].level] >= plan.k }.sorted {
        (pValues[$0], $0) < (pValues[$1], $1)
      }
      return order.prefix(named).map { index in
        let (level, test) = tests[index]
        return .object([
          "level": .string(levels.names[level]), "ratio": .finite(test.ratio),
          "lower": .finite(test.interval.lower), "upper": .finite(test.interval.upper),
          "adjustedP": .finite(adjusted[index]),
        ])
      }
    } catch {
      throw MetricError(error)
    }
  }
}
