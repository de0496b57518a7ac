public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How much oftener two halves of a training row are linked by the synthetic rows than those of a
/// holdout row.
///
/// ```
/// share of training rows linked − share of holdout rows linked
/// ```
///
/// The attacker has two sources that know different columns of the same people. A target is linked at
/// k if the k synthetic rows nearest by the first columns and the k nearest by the second have one in
/// common. Equally near rows are taken in two seeded orders that have nothing to do with each other;
/// in the order of the file the two sides would agree by themselves. Several splits of the columns and
/// several k are tried, and the worst is judged as the worst of so many by a joint permutation of
/// labels.
///
/// It sees rows that are kept whole. It says nothing of attributes.
///
/// - Complexity: O(targets · synthetic rows · columns · splits).
///
/// Source: Giomi, Boenisch, Wehmeyer & Tasnádi (2023), doi:10.48550/arXiv.2211.10459.
public struct LinkabilityAttack: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  private static let neighbours = [1, 5, 10]

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.linkability", title: "Linkability attack", dimension: .privacy,
      summary: "How much oftener the synthetic rows link what two sources know of a training row.",
      formula: "share of training rows linked − share of holdout rows linked",
      lowerLimit: -1, direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of rows", "order of columns", "increasing transforms of a column"],
      sees: [.copy], blindTo: [],
      cannotSee: "leaks of single attributes; rows of which only parts were kept",
      defaults: [
        "k": "1, 5 and 10 nearest rows",
        "splits": "declared quasi-identifiers against the rest, and seeded random halves",
      ],
      howToRead:
        "The worst split of the columns. A fresh real sample links training and holdout rows alike.",
      citations: [
        .init(
          "Giomi, Boenisch, Wehmeyer & Tasnádi (2023), A unified framework for quantifying privacy "
            + "risk in synthetic data", doi: "10.48550/arXiv.2211.10459")
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
    let rows = AttackRows(targets: plan.attackTargets, synthetic: plan.attackRows)
    guard let value = try await workspace.value(of: rows),
      let scan = try await workspace.value(of: AttackScan(rows: rows)), value.columns.count > 1
    else {
      return .absent(descriptor.id, "an attacker needs two columns, one for each source")
    }
    let columns = AttackColumns(
      frame, columns: value.columns, limit: .max, seed: plan.seed)
    let splits = columns.splits(plan.sweepsAttacks ? 10 : 2)
    let salts = ["first", "second"].map { ContentOrder.hash("ties, \($0)", plan.seed) }
    let keys = salts.map { salt in value.syntheticKeys.map { ContentOrder.mixed($0 ^ salt) } }
    do throws(NumericsError) {
      let orders = try scan.linkOrders(
        splits.map { ($0.first, $0.second) }, limit: Self.neighbours.max() ?? 1,
        tieKeys: (keys[0], keys[1]), threads: workspace.threads)
      var outcomes: [[Bool]] = []
      var entries: [AttackEntry] = []
      for (split, order) in zip(splits, orders) {
        for k in Self.neighbours where k <= max(1, value.synthetic.rowCount / 10) {
          outcomes.append(order.map { $0 <= k })
          entries.append(
            AttackEntry(
              subject: .table, parameters: ["split": .string(split.name), "k": .integer(k)],
              details: [
                "first": .strings(split.first.map { columns.names[$0] }),
                "second": .strings(split.second.map { columns.names[$0] }),
              ]))
        }
      }
      var stream = RandomStream(seed: plan.seed, name: descriptor.id.rawValue, "labels")
      let family = try SuccessFamily(
        outcomes: outcomes, isMember: value.isMember, units: value.units,
        permutations: plan.permutations, stream: &stream)
      let report = AttackReport(
        metric: descriptor.id, level: plan.level, family: family, entries: entries,
        counts: RowCounts(
          training: value.members, synthetic: value.synthetic.rowCount,
          holdout: value.isMember.count - value.members))
      let table = try report.table([
        "splits": .integer(splits.count), "syntheticRows": .integer(frame.synthetic.rowCount),
        "list": .array(
          zip(family.cells, entries).map { cell, entry in
            .object(
              entry.parameters.merging(entry.details) { $1 }.merging([
                "training": .number(Double(cell.memberSuccesses) / Double(family.members)),
                "holdout": .number(Double(cell.otherSuccesses) / Double(family.others)),
                "excess": .number(cell.excess), "adjusted": .number(cell.adjusted),
              ]) { $1 })
          }),
      ])
      return MetricResult(scores: [table])
    } catch {
      throw MetricError(error)
    }
  }
}
