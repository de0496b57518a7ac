import AssayDocument
import AssayMetrics
import AssayTable

/// Groups of declared sensitive columns that fare otherwise than in the real rows.
extension FindingCollection {
  /// Sentences of each kind, at most.
  private static let groupPlaces = 6

  var groups: [Finding] {
    let against: Against = comparison.real.holdout == nil ? .training : .holdout
    return absentGroups + shares(against) + rates(against) + predictions
  }

  /// Groups that no synthetic row is in, where chance does not explain it.
  private var absentGroups: [Finding] {
    guard let score = outcome.scores.first(where: { $0.metric == "fairness.absent-groups" }) else {
      return []
    }
    let gone = (score.details["absent"]?.arrayValue ?? []).filter {
      ($0["adjusted"]?.doubleValue ?? 1) <= 0.05
    }
    return gone.prefix(Self.groupPlaces).map { one in
      let columns = (one["columns"]?.arrayValue ?? []).compactMap(\.stringValue)
      let share = one["realShare"]?.doubleValue ?? 0
      let name = one["group"]?.stringValue ?? ""
      return finding(
        "absent-group", .error, .fairness, columns,
        "no synthetic row is in the group \(name), \(Self.percent(share)) of the real rows are",
        evidence: ["group": .string(name), "expectedAbsence": one["expectedAbsence"] ?? .null],
        remedy: "look whether the generator saw the group at all; condition on it or oversample it",
        key: name)
    }
  }

  /// Groups whose share is off by more than a tenth, whatever chance does.
  private func shares(_ against: Against) -> [Finding] {
    ranked("fairness.representation", against) { score in
      guard let upper = score.interval?.upper, upper < 0.9, let value = score.value, value > 0,
        let ratio = score.details["ratio"]?.doubleValue
      else { return nil }
      let name = score.subject.segment ?? ""
      return (
        1 - upper,
        finding(
          "group-share", .warning, .fairness, score.subject.columns,
          "the group \(name) has \(Self.hundredths(ratio)) of its real share",
          evidence: ["group": .string(name), "ratio": .finite(ratio)],
          remedy: "weigh the rows or generate by group, if shares are to be as in the real rows",
          key: name)
      )
    }
  }

  /// Groups whose outcome is more or less common by more than two rows in a hundred.
  private func rates(_ against: Against) -> [Finding] {
    ranked("fairness.outcome-rates", against) { score in
      guard let lower = score.interval?.lower, lower > 0.02,
        let real = score.details["realRate"]?.doubleValue,
        let synthetic = score.details["syntheticRate"]?.doubleValue
      else { return nil }
      let name = score.subject.segment ?? ""
      let target = score.subject.target ?? ""
      let positive = score.details["positive"]?.stringValue ?? "yes"
      return (
        lower,
        finding(
          "group-outcome", .warning, .fairness, score.subject.columns + [target],
          "\(target) is \(positive) in \(Self.percent(synthetic)) of the group \(name), real "
            + Self.percent(real),
          evidence: [
            "group": .string(name), "real": .finite(real), "synthetic": .finite(synthetic),
          ],
          remedy:
            "the relation of \(target) with the group was not learned: generate the target last, "
            + "or by group",
          key: name)
      )
    }
  }

  /// Models that treat groups less alike when trained on the synthetic rows.
  private var predictions: [Finding] {
    let words = [
      "fairness.demographic-parity": "the gap in predicted rates",
      "fairness.equalised-odds": "the gap in true or false positive rates",
      "fairness.predictive-parity": "the gap in how often a predicted yes is right",
      "fairness.calibration": "the gap between predicted and observed rates",
      "fairness.subgroup-auc": "the gap in AUC",
    ]
    return outcome.scores.compactMap { score -> Finding? in
      guard let what = words[score.metric.rawValue], score.subject.segment == nil,
        score.subject.columns.count == 1, let lower = score.interval?.lower, lower > 0.02,
        let real = score.details["real"]?.doubleValue,
        let synthetic = score.details["synthetic"]?.doubleValue, let target = score.subject.target
      else { return nil }
      return finding(
        score.metric.rawValue, .warning, .fairness, score.subject.columns + [target],
        "a model of \(target) trained on the synthetic rows widens \(what) from "
          + "\(Self.hundredths(real)) to \(Self.hundredths(synthetic))",
        evidence: ["real": .finite(real), "synthetic": .finite(synthetic)],
        remedy: "compare the outcome rates of the groups: a model learns what the rows say")
    }
  }

  /// The findings of single groups of a metric, the gravest first.
  private func ranked(
    _ metric: MetricID, _ against: Against, _ make: (Score) -> (size: Double, Finding)?
  ) -> [Finding] {
    outcome.scores.filter {
      $0.metric == metric && $0.against == against && $0.subject.segment != nil
    }.compactMap(make).enumerated().sorted {
      ($0.element.size, $1.offset) > ($1.element.size, $0.offset)
    }.prefix(Self.groupPlaces).map(\.element.1)
  }
}
