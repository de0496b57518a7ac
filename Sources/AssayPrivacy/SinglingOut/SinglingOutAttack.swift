public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How much oftener descriptions of synthetic rows single out a training row than a holdout row.
///
/// ```
/// (predicates that exactly one training row meets
///  − predicates that exactly one holdout row meets) / predicates
/// ```
///
/// The attacker forms predicates that exactly one synthetic row meets: extremes and single values of
/// one column, or of several columns of a random row its levels and the side of the median that its
/// numbers are on. Each is tried on as many training as holdout rows, so nothing is extrapolated from
/// one size to another, and the two are compared in pairs. Predicates share rows, so that the labels of
/// rows are permuted in place of McNemar's test of predicates, jointly over all kinds of predicates.
/// Fewer predicates than asked for are fewer trials, not failures.
///
/// It sees rare rows that are repeated. Values with a little noise escape predicates of one column.
///
/// - Complexity: O(rows · columns · log rows + permutations · matches).
///
/// Source: Giomi, Boenisch, Wehmeyer & Tasnádi (2023), doi:10.48550/arXiv.2211.10459; Cohen & Nissim
/// (2020), Towards formalizing the GDPR's notion of singling out, doi:10.1073/pnas.1914598117; interval
/// of Tango (1998).
public struct SinglingOutAttack: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// A predicate that more rows meet singles out nobody on either side.
  private static let mostMatches = 64

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.singling-out", title: "Singling-out attack", dimension: .privacy,
      summary: "How much oftener descriptions of synthetic rows fit exactly one training row.",
      formula: "(isolating in training − isolating in as many holdout rows) / predicates",
      lowerLimit: -1, direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of rows", "order of columns", "increasing transforms of a column"],
      sees: [.copy], blindTo: [],
      cannotSee: "what is learnt of a row once it is singled out; noisy copies of ordinary rows",
      defaults: [
        "columns":
          "one column; three at random; declared quasi-identifiers; more in the full preset",
        "sizes": "as many training as holdout rows, because fewer rows are singled out more easily",
      ],
      howToRead:
        "The worst kind of predicate. A fresh real sample singles out training and holdout rows alike.",
      citations: [
        .init(
          "Giomi, Boenisch, Wehmeyer & Tasnádi (2023), A unified framework for quantifying privacy "
            + "risk in synthetic data", doi: "10.48550/arXiv.2211.10459"),
        .init(
          "Cohen & Nissim (2020), Towards formalizing the GDPR's notion of singling out",
          doi: "10.1073/pnas.1914598117"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard frame.table(.holdout) != nil else {
      return .absent(descriptor.id, MetricResult.needsHoldout)
    }
    let plan = workspace.plan
    let rows = AttackRows(
      targets: plan.attackRows, synthetic: plan.attackRows, isMatched: true)
    guard let value = try await workspace.value(of: rows) else {
      return .absent(descriptor.id, "no feature can be compared")
    }
    let columns = AttackColumns(
      frame, columns: value.columns, limit: .max, seed: plan.seed)
    do throws(NumericsError) {
      let sets = try predicates(value, columns, frame, workspace)
      guard !sets.isEmpty else {
        return .absent(descriptor.id, "no description fits exactly one synthetic row")
      }
      let pool = try PredicateIndex(
        value.pool, columns: value.columns, threads: workspace.threads)
      let matches = try sets.map { set throws(NumericsError) in
        try parallelChunks(count: set.list.count, chunk: 64, threads: workspace.threads) {
          range in
          range.map { pool.rows(set.list[$0], limit: Self.mostMatches) ?? [] }
        }.flatMap(\.self)
      }
      var stream = RandomStream(seed: plan.seed, name: descriptor.id.rawValue, "labels")
      let family = try IsolationFamily(
        matches: matches, isMember: value.isMember, units: value.units,
        permutations: plan.permutations, stream: &stream)
      return MetricResult(scores: [
        try score(family, sets.map(\.name), value, frame, workspace)
      ])
    } catch {
      throw MetricError(error)
    }
  }

  private func predicates(
    _ value: AttackRows.Found, _ columns: AttackColumns, _ frame: ExchangeableFrame,
    _ workspace: Workspace<ExchangeableFrame>
  ) throws(NumericsError) -> [(name: String, list: [Predicate])] {
    let plan = workspace.plan
    let forms = PredicateForms(
      value.synthetic, columns: value.columns, frame: frame,
      index: try PredicateIndex(
        value.synthetic, columns: value.columns, threads: workspace.threads),
      seed: plan.seed)
    let all = Array(value.columns.indices)
    let limit = plan.attackPredicates
    var sets = [(name: "one column", list: forms.univariate(limit: limit))]
    for width in plan.sweepsAttacks ? [2, 3, 4, 6] : [3] where width <= all.count {
      sets.append(
        ("\(width) columns", forms.multivariate(all, width: width, limit: limit)))
    }
    let known = columns.quasiIdentifiers
    if known.count > 1 {
      sets.append(
        ("quasi-identifiers", forms.multivariate(known, width: known.count, limit: limit)))
    }
    return sets.filter { !$0.list.isEmpty }
  }

  private func score(
    _ family: IsolationFamily, _ names: [String], _ value: AttackRows.Found,
    _ frame: ExchangeableFrame, _ workspace: Workspace<ExchangeableFrame>
  ) throws(NumericsError) -> Score {
    let level = workspace.plan.level
    let worst = family.cells[family.worst]
    let tail = (1 - level) / Double(family.cells.count)
    let wide = try Self.interval(worst, level: 1 - tail)
    let own = try Self.interval(worst, level: level)
    let reach = try normalQuantile((1 + level) / 2)
    let total = Double(worst.predicates)
    let attack = try AttackRate(
      successes: worst.memberSuccesses, trials: worst.predicates, level: level)
    let control = try AttackRate(
      successes: worst.otherSuccesses, trials: worst.predicates, level: level)
    let residual = attack.residual(over: control)
    let list = try zip(names, family.cells).map { name, cell throws(NumericsError) -> DetailValue in
      .object([
        "predicates": .string(name), "formed": .integer(cell.predicates),
        "training": .number(Double(cell.memberSuccesses) / Double(cell.predicates)),
        "holdout": .number(Double(cell.otherSuccesses) / Double(cell.predicates)),
        "excess": .number(cell.excess), "adjusted": .number(cell.adjusted),
        "mcNemar": .number(
          try mcNemarPValue(firstOnly: cell.memberOnly, secondOnly: cell.otherOnly)),
      ])
    }
    let isSilent = family.cells.allSatisfy { $0.memberSuccesses == 0 }
    let isSeen = family.globalPValue < 1 - level
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .both, outcome: .measured(worst.excess),
      interval: ScoreInterval(
        lower: min(worst.excess, wide.lower), upper: max(worst.excess, wide.upper), level: level,
        method: "tango, widened by shared rows, joint over \(family.cells.count) kinds"),
      bounds: try ScoreBounds(
        value: worst.excess, level: level,
        law: .normal(
          BoundLaw.Normal(
            lowerCentre: worst.excess - max(0, family.expectedWorst), upperCentre: worst.excess,
            deviation: (own.upper - own.lower) / (2 * reach), lowest: -1, highest: 1))),
      floor: ScoreFloor(
        value: family.expectedWorst, spread: family.worstDeviation, method: "label permutation"),
      baseline: ScoreBaseline(
        value: 1 - Double(worst.otherSuccesses) / total,
        method: "every predicate isolates a training row"),
      // The worst of several has no p-value of its own.
      test: TestResult(
        statistic: worst.excess, pValue: family.globalPValue, adjusted: family.globalPValue,
        family: "\(family.cells.count) kinds of predicates",
        method: "joint label permutation, \(workspace.plan.permutations) relabellings"),
      n: RowCounts(
        training: value.members, synthetic: value.synthetic.rowCount,
        holdout: value.isMember.count - value.members),
      details: [
        "list": .array(list), "worst": .object(["predicates": .string(names[family.worst])]),
        "attacks": .integer(family.cells.count),
        "successRate": .object([
          "training": .number(Double(worst.memberSuccesses) / total),
          "holdout": .number(Double(worst.otherSuccesses) / total),
        ]),
        "residualRisk": .object([
          "value": .finite(residual.value), "halfWidth": .finite(residual.halfWidth),
        ]),
        "finding": .string(
          isSilent
            ? "no attack succeeds"
            : isSeen
              ? "attacks succeed more often on training rows than on holdout rows"
              : "attacks succeed, no more often on training rows than on holdout rows"),
        "syntheticRows": .integer(frame.synthetic.rowCount),
      ])
  }

  /// Tango's limits, further apart by as much as shared rows make differences vary more.
  private static func interval(
    _ cell: IsolationFamily.Cell, level: Double
  ) throws(NumericsError) -> ConfidenceInterval {
    let plain = try tangoPairedInterval(
      firstOnly: cell.memberOnly, secondOnly: cell.otherOnly, rows: cell.predicates,
      level: level)
    let discordant = Double(cell.memberOnly + cell.otherOnly)
    let factor = discordant > 0 ? max(1, cell.deviation / discordant.squareRoot()) : 1
    return ConfidenceInterval(
      lower: max(-1, cell.excess - (cell.excess - plain.lower) * factor),
      upper: min(1, cell.excess + (plain.upper - cell.excess) * factor))
  }
}
