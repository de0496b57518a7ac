import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayUtility

/// What the models trained on real and on synthetic rows say of the same real rows, by group.
struct PredictedGroups: Sendable {
  /// One group.
  struct Group: Sendable {
    var label: String
    var rows, positives: Double
    var real, synthetic: GroupOutcomes
    /// The mean predicted probability of yes, where the models give one.
    var realProbability, syntheticProbability: Double?
    /// Why the group is not compared.
    var reason: String?
  }

  var groups: [Group]
  /// The groups that are compared.
  var supported: [Int]
  /// The rows that models are judged by.
  var role: TableRole
  /// Replicates of the rows to judge by: a replicate a row, ``PredictionTally/width`` numbers a
  /// group.
  var replicates: [Float]
  /// The same numbers as measured.
  var totals: [Double]
  /// For each of some models trained again on parts of the rows of a side, the same numbers.
  var refits: [TableRole: [[Double]]]
  /// What brings the variance over these to that of the models themselves.
  var refitScale: Double
  /// Whether predictions are probabilities.
  var hasProbabilities: Bool

  /// Rows of either answer that a group needs.
  static let support = 30.0
}

/// What one model says of a group.
struct GroupPredictions {
  var outcomes: GroupOutcomes
  /// The mean predicted probability of yes.
  var probability: Double?
  /// The area under the ROC curve within the group.
  var area: Double?
}

/// Sums over the rows of each group.
enum PredictionTally {
  /// Rows, yes rows, for each of two models predicted yes rows, right ones, and probabilities, then
  /// for each the parts of rows in the area under its ROC curve.
  static let width = 10

  /// The outcomes of one of the two models.
  static func outcomes(_ sums: some RandomAccessCollection<Double>, model: Int) -> GroupOutcomes {
    let at = { (index: Int) in sums[sums.index(sums.startIndex, offsetBy: index)] }
    return GroupOutcomes(
      rows: at(0), positives: at(1), predicted: at(2 + 3 * model),
      truePositives: at(3 + 3 * model))
  }

  /// The mean probability of one of the two models.
  static func probability(_ sums: some RandomAccessCollection<Double>, model: Int) -> Double? {
    let at = { (index: Int) in sums[sums.index(sums.startIndex, offsetBy: index)] }
    return at(0) > 0 ? at(4 + 3 * model) / at(0) : nil
  }

  /// The area under the ROC curve of one of the two models within the group, to first order in the
  /// weights of rows where these are drawn again.
  static func area(_ sums: some RandomAccessCollection<Double>, model: Int) -> Double? {
    let at = { (index: Int) in sums[sums.index(sums.startIndex, offsetBy: index)] }
    guard at(0) > 0 else { return nil }
    let area = at(8 + model) / at(0)
    return area.isFinite ? area : nil
  }
}

/// The predictions of boosted trees for the outcome of one target, by group.
struct PredictedGroupsOf: Artifact {
  typealias Frame = ReferenceFrame

  var grouping: Int
  var outcome: Int

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> PredictedGroups? {
    let grouping = try await workspace.value(of: Groupings()).groupings[grouping]
    let outcome = try await workspace.value(of: Outcomes()).outcomes[outcome]
    guard
      let fit = try await workspace.value(
        of: LearnerFits(target: outcome.column, learner: .boostedTrees))
    else { return nil }
    let codes = grouping.codes[fit.role] ?? []
    let own = fit.test.places.map { Int(codes[$0]) }
    let answers = fit.test.labels.map { outcome.isPositive($0) ?? false }
    let real = outcome.reading(fit.real)
    let synthetic = outcome.reading(fit.synthetic)
    let layout = try await workspace.value(of: Shards(role: fit.role)).count
    let shard = try await workspace.value(of: GroupOfRow(role: fit.role))
    let size = grouping.groups.count
    let cells = size * PredictionTally.width
    let areas = try [real, synthetic].map { reading throws(MetricError) in
      try Self.areaParts(reading, own, answers, groups: size)
    }
    var sums = [Double](repeating: 0, count: cells * layout)
    for row in own.indices where own[row] >= 0 {
      Self.add(
        row, to: &sums,
        at: Int(shard[fit.test.places[row]]) * cells + own[row] * PredictionTally.width,
        answer: answers[row], real, synthetic)
      let place = Int(shard[fit.test.places[row]]) * cells + own[row] * PredictionTally.width + 8
      for model in areas.indices { sums[place + model] += areas[model][row] }
    }
    let totals = GroupTallies.total(sums.map { Float($0) }, cells: cells)
    let draws = try await workspace.value(of: BootstrapDraws(role: fit.role))
    let floats = sums.map { Float($0) }
    let replicates = LinearAlgebra.singlePrecisionProduct(
      draws.weights.span, floats.span, rows: draws.replicates, inner: draws.groups, columns: cells)
    var found = PredictedGroups(
      groups: [], supported: [], role: fit.role, replicates: replicates, totals: totals,
      refits: [:], refitScale: 0, hasProbabilities: real.probabilities != nil)
    for (group, name) in grouping.groups.enumerated() {
      let start = group * PredictionTally.width
      let part = totals[start..<start + PredictionTally.width]
      var one = PredictedGroups.Group(
        label: name.label, rows: part[start], positives: part[start + 1],
        real: PredictionTally.outcomes(part, model: 0),
        synthetic: PredictionTally.outcomes(part, model: 1), realProbability: nil,
        syntheticProbability: nil, reason: nil)
      if found.hasProbabilities {
        one.realProbability = PredictionTally.probability(part, model: 0)
        one.syntheticProbability = PredictionTally.probability(part, model: 1)
      }
      let least = min(one.positives, one.rows - one.positives)
      if least < PredictedGroups.support {
        let k = Double(workspace.plan.k)
        func words(_ count: Double) -> String {
          count < k ? "fewer than \(Int(k))" : "\(Int(count))"
        }
        one.reason =
          "fewer than \(Int(PredictedGroups.support)) rows of either answer to judge by: "
          + "\(words(one.positives)) yes, \(words(one.rows - one.positives)) no"
      } else {
        found.supported.append(group)
      }
      found.groups.append(one)
    }
    try await addRefits(&found, own, answers, outcome, workspace)
    return found
  }

  private static func add(
    _ row: Int, to sums: inout [Double], at start: Int, answer: Bool, _ real: Outcome.Reading,
    _ synthetic: Outcome.Reading
  ) {
    sums[start] += 1
    if answer { sums[start + 1] += 1 }
    for (model, reading) in [real, synthetic].enumerated() {
      if reading.isYes[row] {
        sums[start + 2 + 3 * model] += 1
        if answer { sums[start + 3 + 3 * model] += 1 }
      }
      sums[start + 4 + 3 * model] += reading.probabilities?[row] ?? 0
    }
  }

  /// What each row is worth of the area of its group.
  ///
  /// That is the area and, as many times as the group has rows, what the row adds to it. Their mean over the group's rows is the area, and over rows that
  /// are drawn again it is the area of these, to first order.
  ///
  /// Groups without both answers have no area: NaN.
  private static func areaParts(
    _ reading: Outcome.Reading, _ groups: [Int], _ answers: [Bool], groups count: Int
  ) throws(MetricError) -> [Double] {
    var parts = [Double](repeating: 0, count: answers.count)
    guard let scores = reading.probabilities else { return parts }
    var members = [[Int]](repeating: [], count: count)
    for (row, group) in groups.enumerated() where group >= 0 { members[group].append(row) }
    for rows in members {
      let own = rows.map { answers[$0] }
      guard own.contains(true), own.contains(false) else {
        for row in rows { parts[row] = .nan }
        continue
      }
      do throws(NumericsError) {
        let area = try MeasureInfluence.area(rows.map { scores[$0] }, own)
        for (place, row) in rows.enumerated() {
          parts[row] = area.value + Double(rows.count) * area.rows[place]
        }
      } catch {
        throw MetricError(error)
      }
    }
    return parts
  }

  /// The sums of models that are trained again, for the first rows to judge by.
  private func addRefits(
    _ found: inout PredictedGroups, _ groups: [Int], _ answers: [Bool], _ outcome: Outcome,
    _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) {
    guard found.supported.count >= 2,
      let refits = try await workspace.value(of: RefitPredictions(target: outcome.column))
    else { return }
    found.refitScale = refits.scale
    let judged = refits.rows.map { groups[$0] }
    let truth = refits.rows.map { answers[$0] }
    for (role, predictions) in [
      (TableRole.training, refits.real), (.synthetic, refits.synthetic),
    ] {
      found.refits[role] = try predictions.map { prediction throws(MetricError) in
        let reading = outcome.reading(prediction)
        let areas = try Self.areaParts(reading, judged, truth, groups: found.groups.count)
        var sums = [Double](repeating: 0, count: found.totals.count)
        for (place, row) in refits.rows.enumerated() where groups[row] >= 0 {
          let start = groups[row] * PredictionTally.width
          sums[start] += 1
          if answers[row] { sums[start + 1] += 1 }
          if reading.isYes[place] {
            sums[start + 2] += 1
            if answers[row] { sums[start + 3] += 1 }
          }
          sums[start + 4] += reading.probabilities?[place] ?? 0
          sums[start + 8] += areas[place]
        }
        return sums
      }
    }
  }
}

extension Outcome {
  /// Predictions read as yes or no.
  struct Reading {
    /// Which rows are predicted to be yes.
    var isYes: [Bool]
    /// The probabilities of yes, where there are any.
    var probabilities: [Double]?
  }

  /// Reads predictions of models of the target: a probability from one half on is yes, of several
  /// classes the likeliest counts, a number is compared with the training median.
  func reading(_ predictions: [Double]) -> Reading {
    switch problem.task {
    case .binary:
      return Reading(isYes: predictions.map { $0 >= 0.5 }, probabilities: predictions)
    case .multiclass(let classes):
      let rows = predictions.count / max(1, classes)
      var yes = [Bool](repeating: false, count: rows)
      var shares = [Double](repeating: 0, count: rows)
      for row in 0..<rows {
        let own = predictions[row * classes..<(row + 1) * classes]
        shares[row] = own[row * classes]
        yes[row] = own.allSatisfy { $0 <= shares[row] }
      }
      return Reading(isYes: yes, probabilities: shares)
    case .regression:
      return Reading(isYes: predictions.map { isPositive(Float($0)) ?? false }, probabilities: nil)
    }
  }
}
