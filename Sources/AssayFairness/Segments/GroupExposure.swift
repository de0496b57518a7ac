public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Whether synthetic rows lie closer to training rows than to holdout rows in one group more than
/// chance allows.
///
/// ```
/// e_g = Σ_{i in g, training} w_i / Σ_{i in g} w_i − n_g(training) / n_g
/// ```
///
/// with w_i the synthetic rows whose closest row in the pool of training and holdout is row i, ties
/// split evenly: the share closer to training as in the privacy dimension, of the real rows of one
/// group. Within a group, training labels are exchangeable if the generator did not look at single
/// rows, so their permutation is an exact test; the table's is that of the largest standardised
/// excess over all groups, each permuted within itself (max-t). A generator that memorises a
/// minority shows here and not in the share of all rows. With a declared entity column it is not
/// applicable: rows of an entity are not exchangeable one by one.
///
/// - Complexity: that of the closest records, and O(permutations · groups · rows that attract any).
///
/// Source: Platzer & Reutterer (2021), doi:10.3389/fdata.2021.679939, with the test replaced;
/// Westfall & Young (1993); Phipson & Smyth (2010), doi:10.2202/1544-6115.1585.
public struct GroupExposure: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fairness.group-exposure", revision: 2, title: "Share closer to training by group",
      dimension: .fairness,
      summary:
        "Whether synthetic rows hug the training rows of one group more than those of others.",
      formula: "Σ_{i∈g, training} w_i / Σ_{i∈g} w_i − n_g(training)/n_g; the largest in deviations",
      unit: "share", lowerLimit: -1, direction: .lowerIsBetter, frame: .exchangeable,
      anchor: .copiedRows,
      invariances: [
        "order of rows", "names of levels", "increasing transforms of a column on all sides",
      ], sees: [], blindTo: [],
      cannotSee: "leaks of a few rows; attributes that can be guessed; groups of few holdout rows",
      defaults: [
        "support": "30 training and 30 holdout rows of the group",
        "distance": "rank-Gower, as in the share closer to training",
      ],
      howToRead:
        "0 is what a fresh real sample gets. 0.1 means that ten in a hundred synthetic rows near the "
        + "group lie closer to its training rows than chance explains: screening, not a verdict.",
      citations: [
        .init(
          "Platzer & Reutterer (2021), Holdout-based empirical assessment of mixed-type synthetic "
            + "data", doi: "10.3389/fdata.2021.679939"),
        .init("Westfall & Young (1993), Resampling-based multiple testing"),
        .init(
          "Phipson & Smyth (2010), Permutation p-values should never be zero",
          doi: "10.2202/1544-6115.1585"),
      ])
  }

  /// Rows of either label that a group needs.
  static let support = 30

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    func nothing(_ reason: String) -> MetricResult {
      MetricResult(scores: [score(.table, .notApplicable(reason: reason))])
    }
    guard !frame.schema.indices(of: .sensitive).isEmpty else {
      return nothing(SensitiveNames.advice(frame.schema))
    }
    guard frame.rowCount(.holdout) != nil else {
      return nothing("there is no holdout: nothing shows what unseen rows would get")
    }
    guard frame.schema.indices(of: .group).isEmpty else {
      return nothing("rows of one entity are not exchangeable one by one")
    }
    let groupings = PooledGroups.groupings(frame, k: workspace.plan.k)
    guard !groupings.isEmpty else { return nothing("fewer than two groups have enough rows") }
    guard let found = try await workspace.value(of: ClosestRecords()), let weights = found.weights
    else { return nothing("no feature can be compared") }
    var groups: [ExposedGroup] = []
    for grouping in groupings {
      let codes = (grouping.codes[.training] ?? []) + (grouping.codes[.holdout] ?? [])
      for (place, group) in grouping.groups.enumerated() {
        groups.append(
          ExposedGroup(
            columns: grouping.columns, label: group.label,
            rows: codes.indices.filter { Int(codes[$0]) == place }, weights: weights,
            training: found.trainingRows))
      }
    }
    return try result(groups, frame, workspace)
  }

  private func result(
    _ groups: [ExposedGroup], _ frame: ExchangeableFrame, _ workspace: Workspace<ExchangeableFrame>
  ) throws(MetricError) -> MetricResult {
    let judged = groups.indices.filter { groups[$0].isJudged }
    guard !judged.isEmpty else {
      return MetricResult(scores: [
        score(
          .table,
          .notApplicable(
            reason: "no group has \(Self.support) training and \(Self.support) holdout rows"))
      ])
    }
    let plan = workspace.plan
    let test: MaximumStatisticTest
    do throws(NumericsError) {
      let observed = judged.map { groups[$0].z }
      let rounds = try parallelChunks(
        count: plan.permutations, chunk: 64, threads: workspace.threads
      ) { range throws(NumericsError) -> [Double] in
        range.flatMap { round in
          judged.map { group in
            var stream = RandomStream(
              seed: plan.seed,
              path: ["group-exposure", groups[group].key, String(round)])
            return groups[group].permuted(&stream)
          }
        }
      }
      let permuted = rounds.flatMap { $0 }
      test = try MaximumStatisticTest(observed: observed.span, permuted: permuted.span)
    } catch {
      throw MetricError(error)
    }
    var made: [Score] = []
    for (place, index) in judged.enumerated() {
      made.append(try score(groups[index], adjusted: test.stepDown[place], workspace))
    }
    for group in groups where !group.isJudged {
      made.append(
        score(
          Subject(columns: group.columns, segment: group.label),
          .notApplicable(
            reason:
              "fewer than \(Self.support) training or holdout rows, or no synthetic row near it"
          )))
    }
    guard
      let worst = judged.max(by: { (groups[$0].z, $1) < (groups[$1].z, $0) })
    else { return MetricResult(scores: made) }
    var table = try score(
      groups[worst], adjusted: test.globalPValue, isLargest: true, workspace)
    table.subject = .table
    table.details["worst"] = .object([
      "columns": .strings(groups[worst].columns), "group": .string(groups[worst].label),
    ])
    table.details["groups"] = .integer(judged.count)
    return MetricResult(scores: [table] + made)
  }

  private func score(_ subject: Subject, _ outcome: Score.Outcome) -> Score {
    Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: .both, subject: subject,
      outcome: outcome, unit: descriptor.unit)
  }

  private func score(
    _ group: ExposedGroup, adjusted: Double, isLargest: Bool = false,
    _ workspace: Workspace<ExchangeableFrame>
  ) throws(MetricError) -> Score {
    let level = workspace.plan.level
    var made = score(
      Subject(columns: group.columns, segment: group.label), .measured(group.excess))
    made.floor = ScoreFloor(value: 0, spread: group.spread, method: FloorMethod.closedForm)
    made.baseline = ScoreBaseline(value: 1 - group.expected, method: "copied-rows")
    do throws(NumericsError) {
      let deviation = max(group.deviation, group.spread)
      // The largest of several lies above its own truth: its lower end speaks for all of them only as
      // far as the test of all of them does.
      let lowerCentre =
        isLargest
        ? min(
          group.excess,
          try normalQuantile(1 - min(0.999, max(1e-15, adjusted))) * deviation)
        : group.excess
      let reach = try normalQuantile(1 - (1 - level) / 2) * group.deviation
      made.interval = ScoreInterval(
        lower: max(-1, lowerCentre - reach), upper: min(1, group.excess + reach), level: level,
        method: "clustered-normal")
      made.bounds = try ScoreBounds(
        value: group.excess, level: level,
        law: .normal(
          .init(
            lowerCentre: lowerCentre, upperCentre: group.excess, deviation: group.deviation,
            lowest: -1, highest: 1)),
        excess: .normal(
          .init(lowerCentre: lowerCentre, upperCentre: group.excess, deviation: deviation)))
    } catch {
      throw MetricError(error)
    }
    // The worst of several has no p-value of its own.
    let single = isLargest ? adjusted : normalSurvival(group.z)
    made.test = TestResult(
      statistic: group.z, pValue: min(single, adjusted), adjusted: adjusted,
      family: "groups, max-t step-down",
      method: "label permutation within groups, \(workspace.plan.permutations) relabellings")
    made.details["share"] = .finite(CellLabels.share(group.excess + group.expected))
    made.details["expected"] = .finite(CellLabels.share(group.expected))
    return made
  }
}
