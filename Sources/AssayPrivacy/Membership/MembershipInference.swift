public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How well attackers can tell rows that the generator was trained on from rows that it never saw.
///
/// ```
/// advantage = TPR − FPR    of the strongest attack over all records
/// ```
///
/// Every training row and every holdout row (a stated choice of them in large tables) gets a score from
/// each of a battery of attacks, which see the synthetic rows and the pool of real rows without the
/// target, but never which side a row is on. If the generator did not look at single rows, the labels
/// are exchangeable given all scores: one joint permutation of the labels over attacks, groups of
/// records and cuts gives one family-wise p-value for 'any leak', exact in finite samples, and an
/// adjusted one for each cell.
///
/// - Complexity: O(targets · rows · features) for neighbours, shared by all attacks, and
///   O(permutations · targets · cells).
///
/// Source: Hilprecht et al. (2019); Chen et al. (2020); van Breugel et al. (2023); Ward et al. (2024,
/// 2025); Hayes et al. (2019); Westfall & Young (1993); Phipson & Smyth (2010),
/// doi:10.2202/1544-6115.1585.
public struct MembershipInference: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.membership-inference", revision: 2, title: "Membership inference",
      dimension: .privacy,
      summary: "How much better than chance the strongest of a battery of attacks tells training "
        + "rows from rows that the generator never saw.",
      formula:
        "TPR − FPR at the cut with the strongest evidence, over all records; 2·AUC − 1 where "
        + "that is the whole order",
      lowerLimit: -1, direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of rows", "order of columns"], sees: [.copy, .jitteredCopy, .leak],
      blindTo: [.shuffledColumns],
      cannotSee:
        "attackers who know more than rows of the population; leaks of fewer rows than the "
        + "stated power; attributes that can be guessed of anybody",
      defaults: [
        "reference": "the pool of training and holdout rows without the target itself: no holdout "
          + "row is lost to a reference, and nothing tells which side a row is on. Rows of the population "
          + "given by --reference take its place in the density ratio and the calibrated distance",
        "strata": "all records; the tenth and the fiftieth that lie furthest from any other; the "
          + "fiftieth with the most extreme numbers; those with the rarest levels; declared groups",
        "rates":
          "true positives at 0.1, 1 and 10 % false positives by the staircase, never between",
      ],
      howToRead:
        "0 is guessing. The p-value is for all attacks and groups together. ε is a lower bound from "
        + "one fixed split: over independent trainings it would be a proof, here it is a hint.",
      citations: [
        .init("van Breugel et al. (2023), Membership inference attacks against synthetic data"),
        .init("Hilprecht et al. (2019), Monte Carlo and reconstruction membership inference"),
        .init("Chen et al. (2020), GAN-Leaks"),
        .init("Hayes et al. (2019), LOGAN"),
        .init(
          "Phipson & Smyth (2010), Permutation p-values should never be zero",
          doi: "10.2202/1544-6115.1585"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard frame.table(.holdout) != nil else {
      return absent("there is no holdout: nothing shows what unseen rows would get")
    }
    guard let found = try await workspace.value(of: MembershipBattery()),
      let evidence = try await workspace.value(of: AttackEvidences())
    else {
      return absent(
        "no feature can be compared, under 5 real rows on a side, or all rows are one entity")
    }
    do throws(NumericsError) {
      var scores = [try table(found, workspace.plan)]
      let candidates = Self.candidates(found)
      for attack in found.attacks.indices {
        for stratum in found.strata.indices {
          if let score = try score(attack, stratum, found, evidence, candidates) {
            scores.append(score)
          }
        }
      }
      return MetricResult(scores: scores)
    } catch {
      throw MetricError(error)
    }
  }

  private func absent(_ reason: String) -> MetricResult {
    MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .both,
        outcome: .notApplicable(reason: reason))
    ])
  }

  /// The battery as a whole: the strongest cut over all records, with the evidence of all cells.
  private func table(
    _ found: MembershipBattery.Found, _ plan: EvaluationPlan
  ) throws(NumericsError) -> Score {
    let overall = found.cells.filter { $0.cell.stratum == 0 }
    guard let leading = MembershipBattery.Cell.leading(overall),
      let whole = overall.map(\.deviation).max(),
      let largest = overall.map(\.advantage).max()
    else { throw NumericsError(.tooFewObservations, "no statistic over all records") }
    let strongest = found.cells[found.strongest]
    // The bound below is above 0 exactly where the family-wise test says so.
    let evidence = try normalQuantile(1 - min(0.999, max(1e-15, found.pValue)))
    let law = BoundLaw.Normal(
      lowerCentre: min(leading.advantage, evidence * whole), upperCentre: largest,
      deviation: whole, lowest: -1, highest: 1)
    let floor = ScoreFloor(
      value: min(1, found.maximum.mean * leading.deviation),
      spread: max(found.maximum.deviation * leading.deviation, 1e-12),
      method: "label-permutation")
    let excess = BoundLaw.Normal(
      lowerCentre: law.lowerCentre, upperCentre: largest, deviation: whole)
    let bounds = try ScoreBounds(
      value: leading.advantage, level: plan.level, law: .normal(law), excess: .normal(excess))
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .both,
      outcome: .measured(leading.advantage), bounds: bounds, floor: floor,
      baseline: ScoreBaseline(value: 1, method: "copied-rows"),
      test: TestResult(
        statistic: strongest.z, pValue: found.pValue, adjusted: found.pValue,
        family: "attacks × groups of records × cuts (\(found.cells.count))",
        method: "joint label permutation, maximum statistic, \(found.permutations) relabellings"),
      n: RowCounts(
        training: found.members, synthetic: found.rows.synthetic.count, holdout: found.others),
      details: [
        "attacks": .integer(found.attacks.count), "cells": .integer(found.cells.count),
        "strata": .array(
          found.strata.map {
            .object([
              "id": .string($0.id), "title": .string($0.title),
              "records": .integer($0.targets.count),
            ])
          }),
        "attack": .string(found.attacks[strongest.cell.attack].id),
        "attackTitle": .string(found.attacks[strongest.cell.attack].title),
        "stratum": .string(found.strata[strongest.cell.stratum].title),
        "statistic": .string(strongest.cell.statistic.id),
        "permutationPValue": .finite(found.permutationPValue),
        "certain": .finite(Published.rounded(found.certain)),
        "poolRows": .integer(found.rows.pool),
      ].merging(
        found.rows.reference.isEmpty
          ? [:] : ["referenceRows": .integer(found.rows.reference.count)]
      ) { $1 })
  }

  /// One attack on one stratum: its strongest cut, and for all records the usual figures.
  private func score(
    _ attack: Int, _ stratum: Int, _ found: MembershipBattery.Found, _ evidence: AttackEvidence,
    _ candidates: [Int]
  ) throws(NumericsError) -> Score? {
    let cells = found.cells.filter { $0.cell.attack == attack && $0.cell.stratum == stratum }
    guard let leading = MembershipBattery.Cell.leading(cells) else { return nil }
    let group = found.strata[stratum]
    var details: [String: DetailValue] = [
      "threat": .string(found.attacks[attack].threat.rawValue),
      "title": .string(found.attacks[attack].title),
      "stratum": .string(group.title), "statistic": .string(leading.cell.statistic.id),
    ]
    let success = try AttackSuccess(
      scores: found.scores[attack], members: found.members, targets: group.targets,
      draws: evidence.numbers.draws, withEpsilon: stratum == 0)
    details["area"] = .finite(success.area)
    details["areaInterval"] = success.interval.map { .numbers([$0.lower, $0.upper]) } ?? .null
    details["truePositiveRates"] = .array(
      success.rates.map { .numbers([$0.falsePositives, $0.truePositives]) })
    if let epsilon = success.epsilon, let gain = success.relativeF1 {
      details["maximumAdvantage"] = .finite(success.advantage)
      details["epsilonLower"] = .finite(epsilon.value)
      details["relativeF1"] = .finite(gain)
      if !candidates.isEmpty {
        let made = OneRunGuesses(
          scores: candidates.map { found.scores[attack][$0] },
          included: candidates.map { $0 < found.members },
          guesses: OneRunGuesses.usual(of: candidates.count))
        details["oneRun"] = .object([
          "candidates": .integer(made.candidates), "guesses": .integer(made.guesses),
          "correct": .integer(made.correct),
        ])
      }
      details["curve"] = .array(
        success.curve.map { .numbers([$0.falsePositives, $0.truePositives]) })
    }
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .both,
      subject: Subject(
        columns: group.column.map { [$0] } ?? [], segment: group.level ?? group.id),
      parameters: ["attack": .string(found.attacks[attack].id)],
      outcome: .measured(leading.advantage),
      floor: ScoreFloor(
        value: 0, spread: max(leading.deviation, 1e-12), method: FloorMethod.closedForm),
      baseline: ScoreBaseline(value: 1, method: "copied-rows"),
      test: TestResult(
        statistic: leading.z, pValue: leading.adjusted, adjusted: leading.adjusted,
        family: "attacks × groups of records × cuts",
        method: "joint label permutation, maximum statistic"),
      n: RowCounts(training: leading.members, holdout: leading.others), details: details)
  }

  /// As many training as holdout records in an order that says nothing of sides, for guesses about which a
  /// split at random put in.
  ///
  /// None where labels were dealt to entities: a record was then not in or out by itself.
  private static func candidates(_ found: MembershipBattery.Found) -> [Int] {
    guard found.hasSingleUnits else { return [] }
    var order = Array(0..<found.members + found.others)
    var stream = RandomStream(seed: found.seed, name: "attacks", "one-run")
    stream.shuffle(&order)
    let half = min(found.members, found.others)
    let chosen =
      Set(order.filter { $0 < found.members }.prefix(half))
      .union(order.filter { $0 >= found.members }.prefix(half))
    // Equal scores are taken in the order of the candidates: it must say nothing of sides, as the order
    // in which the larger side was cut does.
    var candidates = order.filter(chosen.contains)
    stream.shuffle(&candidates)
    return candidates
  }
}
