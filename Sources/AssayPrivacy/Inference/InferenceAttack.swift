public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How much better an attacker guesses a secret of training rows than of holdout rows.
///
/// ```
/// share of training rows guessed right − share of holdout rows guessed right
/// ```
///
/// The attacker knows some columns of a target, finds the nearest synthetic rows by them and takes
/// their median or commonest value for the secret. A number counts within 5 % of the secret (of the
/// interquartile range at 0 and for points in time). Distances are rank-Gower, both missing alike, one
/// missing 1 apart. The same attack on holdout rows shows what everybody's data give away; only the
/// excess is a leak. Every secret is attacked with several sets of known columns, and the worst attack
/// is judged as the worst of so many by a joint permutation of labels.
///
/// It sees what the nearest rows repeat. What holds for everybody is no leak of a record and may still
/// make the table unfit to be published.
///
/// - Complexity: O(targets · synthetic rows · columns over all attacks).
///
/// Source: Giomi, Boenisch, Wehmeyer & Tasnádi (2023), doi:10.48550/arXiv.2211.10459, with paired
/// sizes, an exact test and errors relative to the secret in place of the guess.
public struct InferenceAttack: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.inference", title: "Inference attack", dimension: .privacy,
      summary: "How much better secrets of training rows can be guessed than those of others.",
      formula: "share of training rows guessed right − share of holdout rows guessed right",
      lowerLimit: -1, direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of what is known",
      ],
      sees: [.copy, .leak], blindTo: [],
      cannotSee: "what can be guessed of everybody alike; leaks that nearest rows do not repeat",
      defaults: [
        "secrets": "columns declared as sensitive or target; else every feature in turn",
        "auxiliary": "all others, declared quasi-identifiers; halves and threes in the full preset",
        "tolerance": "5 % of the secret, the field's convention",
      ],
      howToRead:
        "The worst attack of all. Near what a fresh real sample gets, the synthetic rows say no more "
        + "of training rows than of strangers; that is not the same as no success at all.",
      citations: [
        .init(
          "Giomi, Boenisch, Wehmeyer & Tasnádi (2023), A unified framework for quantifying privacy "
            + "risk in synthetic data", doi: "10.48550/arXiv.2211.10459"),
        .init(
          "Miettinen & Nurminen (1985), Comparative analysis of two rates",
          doi: "10.1002/sim.4780040211"),
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
      return .absent(descriptor.id, "an attacker needs two columns: one known, one secret")
    }
    let columns = AttackColumns(
      frame, columns: value.columns, limit: plan.sweepsAttacks ? 200 : 40, seed: plan.seed)
    let attacks = Self.attacks(columns, value, frame, isThorough: plan.sweepsAttacks)
    guard !attacks.isEmpty else {
      return .absent(descriptor.id, "no column can be a secret")
    }
    do throws(NumericsError) {
      let outcomes = try scan.nearest(attacks.map(\.auxiliary.set), threads: workspace.threads) {
        attack, target, rows in
        attacks[attack].secret.isGuessed(target, from: rows)
      }
      var stream = RandomStream(seed: plan.seed, name: descriptor.id.rawValue, "labels")
      let family = try SuccessFamily(
        outcomes: outcomes, isMember: value.isMember, units: value.units,
        permutations: plan.permutations, stream: &stream)
      let report = AttackReport(
        metric: descriptor.id, level: plan.level, family: family,
        entries: attacks.map { $0.entry(columns) },
        counts: RowCounts(
          training: value.members, synthetic: value.synthetic.rowCount,
          holdout: value.isMember.count - value.members))
      let table = try report.table([
        "secrets": .integer(columns.secrets.count), "secretsOmitted": .integer(columns.omitted),
        "secretsChosen": .string(columns.plan),
        "tolerance": .number(SecretColumn.tolerance),
        "syntheticRows": .integer(frame.synthetic.rowCount),
      ])
      let single = try report.attacks()
      let listed = Self.strongest(single, limit: plan.listLimit)
      return MetricResult(scores: [table] + listed, unlisted: single.count - listed.count)
    } catch {
      throw MetricError(error)
    }
  }

  /// The most significant scores, in the order given.
  static func strongest(_ scores: [Score], limit: Int) -> [Score] {
    guard scores.count > limit else { return scores }
    let order = scores.indices.sorted {
      (scores[$0].test?.pValue ?? 1, $0) < (scores[$1].test?.pValue ?? 1, $1)
    }
    return order.prefix(limit).sorted().map { scores[$0] }
  }

  private struct Attack: Sendable {
    var secret: SecretColumn
    var position: Int
    var auxiliary: AttackColumns.Auxiliary

    func entry(_ columns: AttackColumns) -> AttackEntry {
      var details: [String: DetailValue] = ["auxiliaryColumns": .integer(auxiliary.count)]
      if case .only(let chosen) = auxiliary.set {
        details["known"] = .strings(chosen.map { columns.names[$0] })
      }
      return AttackEntry(
        subject: Subject(columns: [columns.names[position]]),
        parameters: ["auxiliary": .string(auxiliary.name)], details: details)
    }
  }

  private static func attacks(
    _ columns: AttackColumns, _ value: AttackRows.Found, _ frame: ExchangeableFrame,
    isThorough: Bool
  ) -> [Attack] {
    columns.secrets.flatMap { position -> [Attack] in
      let column = columns.columns[position]
      guard
        let secret = SecretColumn(
          column, kind: frame.schema.columns[column].kind, targets: value.pool,
          synthetic: value.synthetic, levels: frame.levelNames(column))
      else { return [] }
      return columns.auxiliaries(for: position, isThorough: isThorough).map {
        Attack(secret: secret, position: position, auxiliary: $0)
      }
    }
  }
}
