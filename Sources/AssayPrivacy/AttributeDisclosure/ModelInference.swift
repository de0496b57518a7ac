public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How much better a model of the synthetic rows predicts a secret of training than of holdout rows.
///
/// ```
/// share of training rows predicted right − share of holdout rows predicted right
/// ```
///
/// Boosted trees learn the secret from all other columns on the synthetic rows. A number counts within
/// 5 % of the interquartile range. The same trees on half of the holdout rows show what the population
/// gives away: what they predict right of training rows is in the details as the population's share,
/// with the anonymity loss coefficient and the share of rows whose value is predicted with much more
/// confidence than the column alone allows (RAPID).
///
/// It sees secrets that the generator has learnt by heart. What holds for everybody is no leak.
///
/// - Complexity: O(secrets · trees · rows · columns).
///
/// Source: the anonymity loss coefficient as in its package 1.0.32; trees as in Chen
/// & Guestrin (2016), doi:10.1145/2939672.2939785.
public struct ModelInference: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.model-inference", title: "Model-based attribute disclosure",
      dimension: .privacy,
      summary: "How much better trees on synthetic rows predict a secret of training rows.",
      formula: "share of training rows predicted right − share of holdout rows predicted right",
      lowerLimit: -1, direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of columns"], sees: [.copy], blindTo: [],
      cannotSee: "leaks of few rows that a model smooths over; what is known of everybody",
      defaults: [
        "secrets": "columns declared as sensitive or target; else every feature in turn",
        "tolerance": "5 % of the interquartile range of a number",
      ],
      howToRead:
        "The worst secret. Compare the shares with the population's: a model of real rows that were "
        + "never published gets that much.",
      citations: [
        .init(
          "Chen & Guestrin (2016), XGBoost: a scalable tree boosting system",
          doi: "10.1145/2939672.2939785")
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
    let rows = AttackRows(targets: plan.attackTargets, synthetic: plan.classifierRows)
    guard let value = try await workspace.value(of: rows), value.columns.count > 1 else {
      return .absent(descriptor.id, "an attacker needs two columns: one known, one secret")
    }
    let columns = AttackColumns(frame, columns: value.columns, limit: 30, seed: plan.seed)
    let modelled = ModelledRows(value, frame: frame)
    let trees = plan.classifierTrees
    let found = try parallelMap(columns.secrets.count, threads: workspace.threads) {
      index throws(MetricError) -> SecretModel? in
      do throws(NumericsError) {
        return try SecretModel(columns.secrets[index], modelled, value, rounds: trees)
      } catch {
        throw MetricError(error)
      }
    }
    let models = found.compactMap(\.self)
    guard !models.isEmpty else {
      return .absent(descriptor.id, "no secret has two values among the synthetic rows")
    }
    do throws(NumericsError) {
      var stream = RandomStream(seed: plan.seed, name: descriptor.id.rawValue, "labels")
      let family = try SuccessFamily(
        outcomes: models.map(\.isRight), isMember: value.isMember, units: value.units,
        permutations: plan.permutations, stream: &stream)
      let report = AttackReport(
        metric: descriptor.id, level: plan.level, family: family,
        entries: models.map {
          AttackEntry(
            subject: Subject(columns: [columns.names[$0.secret]]), parameters: [:],
            details: $0.details)
        },
        counts: RowCounts(
          training: value.members, synthetic: value.synthetic.rowCount,
          holdout: value.isMember.count - value.members))
      let table = try report.table([
        "secrets": .integer(models.count), "secretsOmitted": .integer(columns.omitted),
        "secretsChosen": .string(columns.plan), "trees": .integer(trees),
        "syntheticRows": .integer(frame.synthetic.rowCount),
      ])
      return MetricResult(scores: [table] + (try report.attacks()))
    } catch {
      throw MetricError(error)
    }
  }
}

/// What trees on synthetic rows make of one secret of the targets.
private struct SecretModel: Sendable {
  let secret: Int
  let isRight: [Bool]
  let details: [String: DetailValue]

  /// Confidence above the column's own counts as much from here on: a third of what is left.
  private static let confidenceThreshold = 1.0 / 3

  /// `nil` where the synthetic rows have a single value.
  init?(
    _ secret: Int, _ rows: ModelledRows, _ value: AttackRows.Found, rounds: Int
  ) throws(NumericsError) {
    self.secret = secret
    let targets = Array(value.isMember.indices)
    let levels = rows.levels[secret]
    let own = Array(0..<value.synthetic.rowCount)
    guard
      let guesses = try Self.guesses(
        rows, secret, learnt: (own, true), targets: targets, rounds: rounds)
    else { return nil }
    let truth = rows.secret(secret, isSynthetic: false, rows: targets)
    let reach = levels == 0 ? Self.reach(truth) : 0
    let right = zip(guesses.values, truth).map { Self.isRight($0, $1, reach: reach) }
    isRight = right
    var details: [String: DetailValue] = [:]
    // The population: the same trees on half of the holdout rows.
    let others = targets.filter { !value.isMember[$0] }
    let half = others.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let members = targets.filter { value.isMember[$0] }
    if half.count >= 20,
      let base = try Self.guesses(
        rows, secret, learnt: (half, false), targets: members, rounds: rounds)
    {
      let hits = zip(base.values, members).count { Self.isRight($0, truth[$1], reach: reach) }
      let share = Double(hits) / Double(max(1, members.count))
      let attack = Double(members.count { right[$0] }) / Double(max(1, members.count))
      details["populationShare"] = .number(share)
      details["anonymityLoss"] =
        anonymityLossCoefficient(attack: (attack, 1), baseline: (share, 1)).map { .finite($0) }
        ?? .null
    }
    if levels > 0 {
      let prior = Self.shares(truth, levels: levels)
      func confident(_ rows: [Int]) -> Double {
        let hits = rows.count { row in
          guard !truth[row].isNaN else { return false }
          let level = Int(truth[row])
          let left = 1 - prior[level]
          return left > 0
            && (guesses.confidence(row, level) - prior[level]) / left > Self.confidenceThreshold
        }
        return Double(hits) / Double(max(1, rows.count))
      }
      details["confidentShare"] = .object([
        "training": .number(confident(members)), "holdout": .number(confident(others)),
      ])
    }
    self.details = details
  }

  /// Predictions: numbers or levels, and of levels the probabilities.
  private struct Guesses {
    var values: [Float]
    var probabilities: [Double]
    var levels: Int

    func confidence(_ row: Int, _ level: Int) -> Double {
      guard levels > 0, row * levels + level < probabilities.count else { return 0 }
      return probabilities[row * levels + level]
    }
  }

  private static func guesses(
    _ rows: ModelledRows, _ secret: Int, learnt: (rows: [Int], isSynthetic: Bool),
    targets: [Int], rounds: Int
  ) throws(NumericsError) -> Guesses? {
    let all = rows.secret(secret, isSynthetic: learnt.isSynthetic, rows: learnt.rows)
    let kept = all.indices.filter { !all[$0].isNaN }
    let labels = kept.map { all[$0] }
    guard labels.count >= 10, Set(labels).count > 1 else { return nil }
    let known = rows.known(
      without: secret, isSynthetic: learnt.isSynthetic, rows: kept.map { learnt.rows[$0] })
    let levels = rows.levels[secret]
    let model = try BoostedTrees(
      known.span, labels: labels.span, columns: rows.levels.count - 1,
      objective: levels > 0 ? .multiclass(classes: max(2, levels)) : .regression,
      parameters: BoostedTrees.Parameters(rounds: rounds, depth: 4, learningRate: 0.2))
    let asked = rows.known(without: secret, isSynthetic: false, rows: targets)
    let predicted = try model.predictions(asked.span)
    guard levels > 0 else {
      return Guesses(values: predicted.map { Float($0) }, probabilities: [], levels: 0)
    }
    let width = max(2, levels)
    let best = targets.indices.map { row -> Float in
      let own = predicted[row * width..<(row + 1) * width]
      return Float((own.indices.max { own[$0] < own[$1] } ?? own.startIndex) - own.startIndex)
    }
    return Guesses(values: best, probabilities: predicted, levels: width)
  }

  private static func isRight(_ guess: Float, _ secret: Float, reach: Double) -> Bool {
    !secret.isNaN && abs(Double(guess) - Double(secret)) <= reach
  }

  /// 5 % of the interquartile range.
  private static func reach(_ values: [Float]) -> Double {
    let present = values.filter { !$0.isNaN }.map { Double($0) }
    let sorted = sortedCopy(present.span)
    guard let high = try? quantile(sorted: sorted.span, probability: 0.75),
      let low = try? quantile(sorted: sorted.span, probability: 0.25)
    else { return 0 }
    return SecretColumn.tolerance * (high - low)
  }

  private static func shares(_ values: [Float], levels: Int) -> [Double] {
    var counts = [Int](repeating: 0, count: levels)
    for value in values where !value.isNaN { counts[Int(value)] += 1 }
    let total = max(1, counts.reduce(0, +))
    return counts.map { Double($0) / Double(total) }
  }
}
