public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How much oftener keys disclose the secret of a training record than that of a holdout record.
///
/// ```
/// DiSCO of training records − DiSCO of as many holdout records
/// ```
///
/// A record is disclosed if its keys occur in the synthetic table, all synthetic records with these keys
/// have one value of the secret, and it is the record's. Numbers are cut into ten cells. The attribution
/// probabilities, replicated uniques and all other quantities of synthpop are in the details, each for
/// training and for holdout. What the holdout gets too is known of everybody; the baseline is the best
/// constant guess, not a guess at random over the categories.
///
/// Keys are the declared quasi-identifiers, else the three columns that tell most of the secret among all
/// real rows. Secrets share a joint permutation of labels.
///
/// - Complexity: O(rows · columns · secrets), hashed.
///
/// Source: Raab, Nowok & Dibben (2024), as in the package synthpop 1.9.
public struct AttributeDisclosure: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.attribute-disclosure", title: "Attribute disclosure (DiSCO)",
      dimension: .privacy,
      summary: "How much oftener keys disclose a secret of training records than of others.",
      formula: "DiSCO(training) − DiSCO(as many holdout records)", lowerLimit: -1,
      direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of rows", "order of columns"], sees: [.copy], blindTo: [],
      cannotSee: "secrets that are only nearly settled (see DCAP in the details); noisy copies",
      defaults: [
        "keys": "declared quasi-identifiers, else the three columns that tell most of the secret",
        "cells": "ten of a number, made from all real rows",
      ],
      howToRead:
        "The worst secret. A fresh real sample discloses training and holdout records alike; a high "
        + "figure of both is a matter of the population, and may still be unfit to publish.",
      citations: [
        .init("Raab, Nowok & Dibben (2024), Practical privacy metrics for synthetic data")
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
      targets: 5 * plan.attackTargets, synthetic: plan.attackRows, isMatched: true)
    guard let value = try await workspace.value(of: rows), value.columns.count > 1 else {
      return .absent(descriptor.id, "an attacker needs two columns: one known, one secret")
    }
    let columns = AttackColumns(
      frame, columns: value.columns, limit: plan.sweepsAttacks ? 200 : 40, seed: plan.seed)
    let cells = value.columns.map { column in
      let cells = PooledCells([value.pool.columns[column]])
      return (
        pool: cells.codes(value.pool.columns[column]),
        synthetic: cells.codes(value.synthetic.columns[column])
      )
    }
    let attacks = columns.secrets.compactMap {
      KeyedAttack($0, quasiIdentifiers: columns.quasiIdentifiers, cells: cells.map(\.pool))
    }
    let members = value.members
    let found = try parallelMap(attacks.count, threads: workspace.threads) {
      index throws(MetricError) -> [DisclosureCounts] in
      let attack = attacks[index]
      do throws(NumericsError) {
        return try [0..<members, members..<value.isMember.count].map {
          range throws(NumericsError) in
          try DisclosureCounts(
            original: (
              attack.keys.map { Array(cells[$0].pool[range]) },
              Array(cells[attack.secret].pool[range])
            ),
            synthetic: (attack.keys.map { cells[$0].synthetic }, cells[attack.secret].synthetic),
            includesNearest: plan.sweepsAttacks)
        }
      } catch {
        throw MetricError(error)
      }
    }
    guard !found.isEmpty else { return .absent(descriptor.id, "no column can be a secret") }
    do throws(NumericsError) {
      var stream = RandomStream(seed: plan.seed, name: descriptor.id.rawValue, "labels")
      let family = try SuccessFamily(
        outcomes: found.map { $0[0].isDisclosed + $0[1].isDisclosed }, isMember: value.isMember,
        units: value.units, permutations: plan.permutations, stream: &stream)
      let report = AttackReport(
        metric: descriptor.id, level: plan.level, family: family,
        entries: try zip(attacks, found).map { attack, pair throws(NumericsError) in
          try Self.entry(attack, pair, columns, level: plan.level)
        },
        counts: RowCounts(
          training: members, synthetic: value.synthetic.rowCount,
          holdout: value.isMember.count - members))
      let table = try report.table([
        "secrets": .integer(columns.secrets.count), "secretsOmitted": .integer(columns.omitted),
        "secretsChosen": .string(columns.plan),
      ])
      return MetricResult(
        scores: [table] + InferenceAttack.strongest(try report.attacks(), limit: plan.listLimit),
        unlisted: max(0, attacks.count - plan.listLimit))
    } catch {
      throw MetricError(error)
    }
  }

  private static func entry(
    _ attack: KeyedAttack, _ pair: [DisclosureCounts], _ columns: AttackColumns, level: Double
  ) throws(NumericsError) -> AttackEntry {
    AttackEntry(
      subject: Subject(columns: [columns.names[attack.secret]]), parameters: [:],
      details: [
        "keys": .strings(attack.keys.map { columns.names[$0] }), "keysChosen": .string(attack.plan),
        "training": quantities(pair[0]), "holdout": quantities(pair[1]),
        "attributionExcess": try difference(pair[0].chances, pair[1].chances, level: level),
        "replicatedUniquesExcess": try difference(
          pair[0].isReplicatedUnique.map { $0 ? 1 : 0 },
          pair[1].isReplicatedUnique.map { $0 ? 1 : 0 }, level: level),
        "constantGuess": .number(pair[1].constantGuess),
      ])
  }

  /// The quantities by the names that synthpop gives them.
  private static func quantities(_ counts: DisclosureCounts) -> DetailValue {
    var values: [String: DetailValue] = [
      "UiO": .number(counts.uniqueInOriginal), "UiS": .number(counts.uniqueInSynthetic),
      "UiOiS": .number(counts.uniqueOriginalInSynthetic),
      "repU": .number(counts.replicatedUniques), "Dorig": .number(counts.disclosiveInOriginal),
      "Dsyn": .number(counts.disclosiveInSynthetic), "iS": .number(counts.keysInSynthetic),
      "DiS": .number(counts.disclosive), "DiSCO": .number(counts.disclosiveCorrect),
      "DiSDiO": .number(counts.disclosiveInBoth),
      "baseCAPd": .number(counts.baselineAttribution), "CAPd": .number(counts.originalAttribution),
      "CAPs": .number(counts.syntheticAttribution), "DCAP": .number(counts.attribution),
      "TCAP": .number(counts.targetedAttribution),
    ]
    values["CAP"] = counts.matchedAttribution.map { .number($0) } ?? .null
    if let nearest = counts.generalisedAttribution { values["GCAP"] = .number(nearest) }
    return .object(values)
  }

  /// The difference of two means with its normal interval.
  private static func difference(
    _ first: [Double], _ second: [Double], level: Double
  ) throws(NumericsError) -> DetailValue {
    func moments(_ values: [Double]) -> (mean: Double, error: Double) {
      let count = Double(max(1, values.count))
      let mean = pairwiseSum(values.span) / count
      let squares = values.map { ($0 - mean) * ($0 - mean) }
      return (mean, pairwiseSum(squares.span) / max(1, count - 1) / count)
    }
    let (a, b) = (moments(first), moments(second))
    let reach = try normalQuantile((1 + level) / 2) * (a.error + b.error).squareRoot()
    let gap = a.mean - b.mean
    return .object([
      "value": .number(gap), "lower": .number(max(-1, gap - reach)),
      "upper": .number(min(1, gap + reach)),
    ])
  }
}
