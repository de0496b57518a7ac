import AssayDocument
import AssayFiles
import AssayMetrics
import AssayTable
import Foundation

/// Writes a plan down and gives it its digest, before a synthetic row is read.
struct PlanFreezing {
  let plan: EvaluationPlan
  let real: RealTables
  let catalog: MetricCatalog
  let options: EvaluationOptions

  func record() -> PlanRecord {
    var roles: [String: [String]] = [:]
    for role in ColumnRole.allCases {
      let names = real.schema.indices(of: role).map { real.schema.columns[$0].name }
      if !names.isEmpty { roles[role.rawValue] = names }
    }
    var record = PlanRecord(
      hash: "", seed: plan.seed, preset: plan.preset.rawValue, k: plan.k, roles: roles,
      binning: binning, against: real.holdout == nil ? [.training] : [.training, .holdout],
      metrics: catalog.descriptors.map { "\($0.id)@\($0.revision)" }, sampling: sampling,
      intended: intended,
      given: PlanStatements(options).value)
    record.hash = Self.digest(of: record)
    record.judging = judging
    return record
  }

  private var judging: PlannedJudging? {
    options.policy.map { policy in
      let training = real.training.rowCount
      let feasibility = PolicyFeasibility(
        training: training, synthetic: training, holdout: real.holdout?.rowCount)
      return PlannedJudging(
        policy: policy.reference, syntheticRows: training,
        undecidable: feasibility.undecidable(policy))
    }
  }

  private var binning: DetailValue {
    let columns = real.schema.columns.indices.compactMap { position -> DetailValue? in
      let column = real.schema.columns[position]
      guard let fit = real.fits[position] else { return nil }
      return .object([
        "column": .string(column.name), "kind": .string(column.kind.rawValue),
        "cells": .integer(fit.marginalCells.count), "pairCells": .integer(fit.pairCells.count),
        "digest": .string(digest(of: fit)),
      ])
    }
    return .object([
      "marginalBins": .integer(plan.bins.marginalBins), "pairBins": .integer(plan.bins.pairBins),
      "fineBins": .integer(plan.bins.fineBins),
      "rareLevelCount": .integer(plan.bins.rareLevelCount), "columns": .array(columns),
    ])
  }

  private var intended: DetailValue {
    guard let rows = real.intended else { return .null }
    var effective: [String: DetailValue] = [:]
    for (role, count) in rows.effectiveRows {
      effective[role.rawValue] = .integer(Int(count.rounded()))
    }
    return .object([
      "declared": .array(rows.declared.map(\.value)), "effectiveRows": .object(effective),
    ])
  }

  private var sampling: [String: DetailValue] {
    var sampling: [String: DetailValue] = [
      "replicates": .integer(plan.replicates), "shards": .integer(plan.shards),
      "permutations": .integer(plan.permutations),
      "neighbourSample": plan.neighbourSample.map { .integer($0) } ?? .null,
      "pairLimit": plan.pairLimit.map { .integer($0) } ?? .null,
      "classifierRows": .integer(plan.classifierRows),
      "classifierTrees": .integer(plan.classifierTrees),
      "peelingLimit": .integer(plan.peelingLimit), "distanceRows": .integer(plan.distanceRows),
      "membershipRows": .integer(plan.membershipRows),
      "attackTargets": .integer(plan.attackTargets), "attackRows": .integer(plan.attackRows),
      "attackPredicates": .integer(plan.attackPredicates),
      "embeddingRows": .integer(plan.embeddingRows),
      "listLimit": .integer(plan.listLimit), "level": .number(plan.level),
      "baselines": .boolean(options.baselines), "power": .boolean(options.power),
      "smallestSide": .integer(plan.smallestSide),
      "trainingRows": .integer(real.training.rowCount),
    ]
    let utility = plan.utility
    sampling["utility"] = .object([
      "rows": .integer(utility.rows), "linearRows": .integer(utility.linearRows),
      "neighbourRows": .integer(utility.neighbourRows), "trees": .integer(utility.trees),
      "refits": .integer(utility.refits), "refitRows": .integer(utility.refitRows),
      "curveRepeats": .integer(utility.curveRepeats),
      "allTargets": .boolean(utility.allTargets),
    ])
    sampling["closestBlocks"] = plan.closestBlocks.map { .integer($0) }
    sampling["holdoutRows"] = real.holdout.map { .integer($0.rowCount) }
    sampling["referenceRows"] = real.reference.map { .integer($0.rowCount) }
    sampling["embedding"] = options.embeddings.map { given -> DetailValue in
      var members: [String: DetailValue] = [
        "dimensions": .integer(given.training.dimensions),
        "training": .string(given.training.sha256),
      ]
      members["holdout"] = given.holdout.map { .string($0.sha256) }
      return .object(members)
    }
    return sampling
  }

  /// A digest of what was fitted, so that a plan says which bins it froze without printing them.
  private func digest(of fit: ColumnFit) -> String {
    var text = ""
    for cells in [fit.marginalCells, fit.pairCells] {
      switch cells.rule {
      case .edges(let edges):
        text += edges.map { String($0.bitPattern, radix: 16) }.joined(separator: ",")
      case .levels(let kept, _): text += kept.map(String.init).joined(separator: ",")
      }
      text += ";"
    }
    return String(Self.sha256(text).prefix(16))
  }

  /// The digest of everything in a plan but its hash and what follows from a policy.
  static func digest(of record: PlanRecord) -> String {
    var record = record
    record.hash = ""
    record.judging = nil
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Every member is a finite number, a text or a list of them, which always encodes.
    let data = (try? encoder.encode(record)) ?? Data()
    return sha256(String(decoding: data, as: UTF8.self))
  }

  static func sha256(_ text: String) -> String {
    let bytes = Array(text.utf8)
    // SAFETY: the span lives as long as `bytes`, which outlives the call.
    return unsafe SHA256Digest.hex(of: bytes.span.bytes)
  }
}

extension EvaluationPlan {
  /// Lowers limits so that the work fits into `seconds` on two cores, roughly.
  mutating func limit(to seconds: Double, rows: Int) {
    guard seconds > 0 else { return }
    let perRow = Double(max(rows, 1))
    let affordable = Int(max(500, seconds * 4e8 / perRow))
    neighbourSample = min(neighbourSample ?? .max, affordable)
    if neighbourSample ?? 0 >= rows { neighbourSample = nil }
    let pairs = Int(max(50, seconds * 1e8 / perRow))
    pairLimit = min(pairLimit ?? .max, pairs)
    utility.rows = min(utility.rows, max(500, Int(min(seconds, 1e6) * 5_000)))
    utility.linearRows = min(utility.linearRows, max(300, Int(min(seconds, 1e6) * 1_000)))
    utility.neighbourRows = min(utility.neighbourRows, max(200, Int(min(seconds, 1e6) * 500)))
    utility.refitRows = min(utility.refitRows, max(100, Int(min(seconds, 1e6) * 400)))
    classifierRows = min(classifierRows, max(500, Int(min(seconds, 1e6) * 1_000)))
    limitAttacks(to: seconds)
  }

  /// Lowers the limits of attacks so that they fit into `seconds` on two cores, roughly: half for
  /// membership, half for the others.
  ///
  /// What is left has its own number of targets in every score, and the tests stay exact; what grows is the
  /// smallest leak that they see.
  mutating func limitAttacks(to seconds: Double) {
    guard seconds > 0 else { return }
    let seconds = min(seconds, 1e6)
    membershipRows = min(membershipRows, max(500, Int(seconds * 1_000)))
    attackTargets = min(attackTargets, max(200, Int(seconds * 200)))
    attackRows = min(attackRows, max(2_000, Int(seconds * 5_000)))
    attackPredicates = min(attackPredicates, max(200, Int(seconds * 400)))
  }
}
