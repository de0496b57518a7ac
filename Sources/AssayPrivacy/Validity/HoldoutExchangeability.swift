public import AssayDocument
public import AssayMetrics
public import AssayTable

/// Whether training and holdout rows are alike enough for the holdout to stand for unseen rows.
///
/// ```
/// |AUC − ½| of a classifier of training against holdout rows
/// ```
///
/// A judgement of membership is worth nothing if an attacker who never sees a synthetic row can already
/// tell training from holdout rows. Beside the classifier a blind attacker tries isolation and
/// commonness; repeated rows and shared entities are counted.
///
/// - Complexity: O(trees · rows · features), neighbours shared with the attacks.
///
/// Source: Das, Zhang & Tramèr (2024), Blind baselines beat membership inference attacks.
public struct HoldoutExchangeability: Metric {
  /// Makes the metric.
  public init() {}

  /// The two real sides were drawn alike, whatever the shares declared.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.holdout-validity", title: "Training against holdout", dimension: .privacy,
      summary: "Whether training and holdout rows can be told apart without the synthetic rows.",
      formula: "|AUC − ½| of boosted trees, two halves, over training and holdout rows",
      upperLimit: 0.5, direction: .lowerIsBetter, frame: .exchangeable, anchor: .none,
      invariances: ["order of rows", "order of columns"], sees: [],
      blindTo: [.copy, .jitteredCopy, .leak, .shuffledColumns],
      cannotSee:
        "anything of the synthetic rows: it says whether the membership tests mean something",
      defaults: ["level": "one in a hundred over classifier and blind attacker together"],
      howToRead:
        "Where it does not hold, membership is undecided: split the real rows at random, by entity, "
        + "before the next training.",
      citations: [
        .init("Das, Zhang & Tramèr (2024), Blind baselines beat membership inference attacks")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard let found = try await workspace.value(of: HoldoutValidity()) else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .both,
          outcome: .notApplicable(
            reason: frame.table(.holdout) == nil
              ? "there is no holdout: nothing shows what unseen rows would get"
              : "no feature can be compared, or all rows are one entity"))
      ])
    }
    let n = Double(min(found.trainingRows, found.targets))
    return MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .both,
        outcome: .measured(abs(found.area - 0.5)),
        floor: ScoreFloor(
          value: 0.23 / n.squareRoot() * 1.414, spread: max(1e-9, 0.25 / n.squareRoot()),
          method: FloorMethod.closedForm),
        test: TestResult(
          statistic: found.area, pValue: min(1, 2 * min(found.areaPValue, found.blindPValue)),
          method: "Mann–Whitney of a cross-fitted classifier; joint permutation of blind scores"),
        n: RowCounts(training: found.trainingRows, holdout: found.holdoutRows),
        details: [
          "holds": .boolean(found.problems.isEmpty),
          "problems": .strings(found.problems),
          "area": .finite(found.area), "areaPValue": .finite(found.areaPValue),
          "blindPValue": .finite(found.blindPValue),
          "blindAdvantage": .finite(found.blindAdvantage),
          "trainingTwins": .integer(found.trainingTwins),
          "repeatedHoldout": .integer(found.repeatedHoldout),
          "holdoutTwins": .integer(found.holdoutTwins),
          "sharedEntities": .integer(found.sharedEntities),
          "smallestRate": .finite(found.smallestRate), "targets": .integer(found.targets),
        ])
    ])
  }
}
