import AssayDocument
import Foundation

/// Scores of the sample documents.
enum SampleScores {
  static func all(
    _ names: [String], _ columns: [ColumnRecord], _ options: SampleDocument.Options
  ) -> [Score] {
    let sides: [Against] = options.hasHoldout ? [.training, .holdout] : [.training]
    var scores: [Score] = [
      table("diagnostics.table-structure", .diagnostics, .training, 1),
      table(
        "diagnostics.boundary-adherence", .diagnostics, .training, 0.9971, fresh: 0.99992,
        spread: 0.00006),
      table(
        "diagnostics.missing-rate", .diagnostics, .training, 0.0042, fresh: 0.0011, spread: 0.0004),
      Score(
        metric: "diagnostics.key-uniqueness", dimension: .diagnostics, against: .none,
        outcome: .notApplicable(reason: "no key was declared")),
    ]
    for side in sides {
      scores.append(
        table(
          "fidelity.total-variation", .fidelity, side, 0.061, fresh: 0.011, spread: 0.001, far: 0.52
        ))
      scores.append(
        table(
          "fidelity.cramers-v", .fidelity, side, 0.052, fresh: 0.006, spread: 0.0008, far: 0.091))
    }
    for (index, column) in columns.enumerated() {
      for side in sides { scores += single(column, side, wobble: Double(index % 7)) }
    }
    for side in sides { scores += pairs(names, side) }
    return scores + privacy(options)
  }

  static func dimensions(_ options: SampleDocument.Options) -> [DimensionScore] {
    let sides: [Against] = options.hasHoldout ? [.training, .holdout] : [.training]
    func member(_ facet: String, _ side: Against, _ score: Double, _ count: Int)
      -> DimensionScore.Member
    {
      DimensionScore.Member(
        facet: facet, against: side, value: 0.05,
        floor: ScoreFloor(value: 0.006, spread: 0.001, method: "size-matched-splits"),
        baseline: ScoreBaseline(value: 0.09, method: "shuffled"), score: score,
        interval: ScoreInterval(
          lower: score - 0.02, upper: score + 0.03, method: "facet-two-bound"), subjects: count)
    }
    return [
      DimensionScore(
        id: .diagnostics, score: 0.99, method: "share", counts: .init(measured: 40)),
      DimensionScore(
        id: .fidelity, score: 0.46,
        interval: ScoreInterval(lower: 0.44, upper: 0.49, method: "facet-two-bound"),
        method: "minimum",
        members: sides.flatMap { side in
          [member("marginal", side, 0.92, 15), member("dependence", side, 0.46, 105)]
        },
        worst: .init(facet: "dependence", columns: ["relationship", "sex"]),
        counts: .init(measured: 300)),
      DimensionScore(
        id: .privacy, score: 0.1234, method: "bound", counts: .init(measured: 2)),
    ]
  }

  private static func table(
    _ metric: MetricID, _ dimension: AssayDocument.Dimension, _ side: Against, _ value: Double,
    fresh: Double? = nil, spread: Double = 0, far: Double? = nil
  ) -> Score {
    Score(
      metric: metric, dimension: dimension, against: side, outcome: .measured(value),
      interval: ScoreInterval(lower: value * 0.96, upper: value * 1.02, method: "percentile"),
      floor: fresh.map { ScoreFloor(value: $0, spread: spread, method: "closed-form") },
      baseline: far.map { ScoreBaseline(value: $0, method: "shuffled") }, reference: fresh)
  }

  private static func single(_ column: ColumnRecord, _ side: Against, wobble: Double) -> [Score] {
    let subject = Subject(columns: [column.name])
    let profile = column.profile
    let total =
      zip(profile?.training ?? [], profile?.synthetic ?? []).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
    var scores = [
      Score(
        metric: "fidelity.total-variation", dimension: .fidelity, against: side, subject: subject,
        outcome: .measured(total),
        interval: ScoreInterval(lower: total * 0.9, upper: total * 1.1, method: "percentile"),
        floor: ScoreFloor(value: 0.008 + wobble / 2_000, spread: 0.001, method: "closed-form"),
        baseline: ScoreBaseline(value: 0.5, method: "uniform"))
    ]
    guard let profile, profile.scale != "level", let low = profile.cells.first?.lower else {
      return scores
    }
    let high = profile.cells.compactMap(\.upper).max() ?? low
    scores.append(
      Score(
        metric: "fidelity.kolmogorov-smirnov", dimension: .fidelity, against: side,
        subject: subject, outcome: .measured(total * 0.8),
        floor: ScoreFloor(value: 0.007, spread: 0.001, method: "closed-form"),
        baseline: ScoreBaseline(value: 0.4, method: "uniform"),
        details: ["location": .number(low + (high - low) * 0.31)]))
    scores.append(
      Score(
        metric: "fidelity.wasserstein-1", dimension: .fidelity, against: side, subject: subject,
        outcome: .measured(total * 1.4), unit: "SD", details: ["dataUnits": .number(total * 40)]))
    return scores
  }

  private static func pairs(_ names: [String], _ side: Against) -> [Score] {
    var scores: [Score] = []
    for i in names.indices.prefix(40) {
      for j in (i + 1)..<max(i + 1, min(names.count, 40)) {
        let subject = Subject(columns: [names[i], names[j]])
        let isBroken = i == 7 && j == 9
        let real = isBroken ? 0.65 : Double((i * 7 + j * 3) % 40) / 60
        let synthetic = isBroken ? 0.31 : real * (0.7 + Double((i + j) % 5) / 20)
        var details: [String: DetailValue] = [
          "real": .number(real), "synthetic": .number(synthetic),
        ]
        scores.append(
          Score(
            metric: i % 4 == 0 && j % 4 == 0 ? "fidelity.spearman" : "fidelity.cramers-v",
            dimension: .fidelity, against: side, subject: subject,
            outcome: .measured(abs(real - synthetic)),
            floor: ScoreFloor(value: 0.01, spread: 0.002, method: "closed-form"),
            baseline: ScoreBaseline(value: max(real, 0.02), method: "shuffled"), details: details))
        details = isBroken ? ["cells": .array(cells)] : [:]
        scores.append(
          Score(
            metric: "fidelity.contingency", dimension: .fidelity, against: side, subject: subject,
            outcome: .measured(isBroken ? 0.12 : 0.03 + real / 40),
            floor: ScoreFloor(value: 0.02, spread: 0.002, method: "closed-form"),
            baseline: ScoreBaseline(value: 0.2 + real, method: "shuffled"), details: details))
      }
    }
    return scores
  }

  private static var cells: [DetailValue] {
    [
      .object([
        "first": "Husband", "second": "Female", "real": .number(0), "synthetic": .number(0.041),
      ]),
      .object([
        "first": "Wife", "second": "Male", "real": .number(0), "synthetic": .number(0.012),
      ]),
    ]
  }

  private static func privacy(_ options: SampleDocument.Options) -> [Score] {
    if options.failsPrivacy {
      return [
        Score(
          metric: "privacy.distance-to-closest-record", dimension: .privacy, against: .both,
          outcome: .failed(
            ScoreFailure(code: "memory", message: "the neighbour search needed too much memory")))
      ]
    }
    let copies = Score(
      metric: "privacy.exact-match", dimension: .privacy, against: .training,
      outcome: .measured(0.0009),
      interval: ScoreInterval(lower: 0.0006, upper: 0.0014, method: "clopper-pearson"),
      floor: ScoreFloor(value: 0.0011, spread: 0.0003, method: "holdout"),
      baseline: ScoreBaseline(value: 1, method: "copied"),
      details: ["count": .integer(22), "expected": .number(26.9)])
    guard options.hasHoldout else {
      return [
        copies,
        Score(
          metric: "privacy.distance-to-closest-record", dimension: .privacy, against: .both,
          outcome: .notApplicable(reason: "needs a holdout")),
      ]
    }
    let shares = (0...20).map { Double($0) / 20 }
    func curve(_ scale: Double) -> DetailValue {
      .numbers(shares.map { scale * (0.02 + pow($0, 1.8)) })
    }
    return [
      copies,
      Score(
        metric: "privacy.distance-to-closest-record", dimension: .privacy, against: .both,
        outcome: .measured(0.503),
        interval: ScoreInterval(lower: 0.494, upper: 0.512, method: "wilson"),
        floor: ScoreFloor(value: 0.5, spread: 0.004, method: "permutation"),
        baseline: ScoreBaseline(value: 1, method: "copied"),
        test: TestResult(statistic: 0.503, pValue: 0.41, method: "label-permutation"),
        details: [
          "quantiles": .object([
            "probabilities": .numbers(shares), "syntheticToTraining": curve(1.32),
            "syntheticToHoldout": curve(1.33), "holdoutToTraining": curve(1.05),
          ])
        ]),
      ratio,
    ]
  }

  private static var ratio: Score {
    Score(
      metric: "privacy.distance-ratio", dimension: .privacy, against: .training,
      outcome: .measured(0.82),
      interval: ScoreInterval(lower: 0.81, upper: 0.83, method: "order-statistics"),
      floor: ScoreFloor(value: 0.8, spread: 0.004, method: "holdout"),
      details: [
        "quantiles": .object([
          "probabilities": .numbers([0.01, 0.05, 0.5]),
          "syntheticToTraining": .numbers([0.23, 0.38, 0.82]),
          "syntheticToHoldout": .numbers([0.24, 0.39, 0.83]),
          "holdoutToTraining": .numbers([0.197, 0.341, 0.8]),
        ])
      ])
  }
}
