public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How far the rate of an outcome in each group is from the real one.
///
/// ```
/// |P(Y = yes | group; synthetic) − P(Y = yes | group; real)|, the largest over groups
/// ```
///
/// Of a target of two classes the rarer one is yes, of several the commonest, of numbers what lies
/// above the training median. The intervals of all groups of a column hold at once (max-t over
/// shared replicates). Groups of fewer than 30 rows on a side are not compared. It reads the data,
/// not a model.
///
/// - Complexity: O(rows · groupings + replicates · groups).
///
/// Source: Dwork, Hardt, Pitassi, Reingold & Zemel (2012), Fairness through awareness,
/// doi:10.1145/2090236.2090255; Westfall & Young (1993).
public struct OutcomeRateDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fairness.outcome-rates", title: "Outcome rates by group", dimension: .fairness,
      summary: "How far each group's rate of the target's outcome is from the real one.",
      formula: "|P(yes | group; synthetic) − P(yes | group; real)|, the largest over groups",
      unit: "share", direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: "why rates differ; what a model would learn; groups of fewer than 30 rows",
      defaults: [
        "yes": "the rarer of two classes, the commonest of several, numbers above the median",
        "support": "30 rows with an answer on both sides",
      ],
      howToRead:
        "0.05 means that the outcome is five rows in a hundred more or less common in a group than "
        + "in the real rows. Shuffled columns give every group the same rate.",
      citations: [
        .init(
          "Dwork, Hardt, Pitassi, Reingold & Zemel (2012), Fairness through awareness",
          doi: "10.1145/2090236.2090255"),
        .init("Westfall & Young (1993), Resampling-based multiple testing"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = FairnessScores(descriptor: descriptor, frame: frame)
    let found = try await OutcomePairs(workspace)
    if let absence = found.absence { return scores.nothing(absence) }
    var result = MetricResult(scores: [])
    for (against, _) in FairnessScores.sides(frame) {
      var own: [Score] = []
      var singles: [(pair: OutcomePairs.Pair, rates: OutcomeRates)] = []
      for pair in found.pairs {
        guard let rates = pair.rates[against] else {
          own.append(
            scores.score(
              pair.subject, .notApplicable(reason: OutcomePairs.tooFew), against: against))
          continue
        }
        own.append(try whole(pair.subject, [(pair, rates)], against, scores, workspace))
        for group in pair.grouping.groups.indices {
          own.append(try score(group, pair, rates, against, scores, workspace))
        }
        if !pair.grouping.isIntersection { singles.append((pair, rates)) }
      }
      let table = try whole(.table, singles, against, scores, workspace)
      result.scores.append(table)
      result.scores += own
      if let facet = Self.facet(table, singles, against) { result.facets.append(facet) }
    }
    return result
  }

  /// The largest change of a rate over the groups of one column or of several.
  private func whole(
    _ subject: Subject, _ parts: [(pair: OutcomePairs.Pair, rates: OutcomeRates)],
    _ against: Against, _ scores: FairnessScores, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> Score {
    let largest = OutcomeRates.Subject.largest.rawValue
    guard
      let worst = parts.enumerated().max(by: {
        ($0.element.rates.block.values[largest], $1.offset)
          < ($1.element.rates.block.values[largest], $0.offset)
      })?.element
    else {
      return scores.score(subject, .notApplicable(reason: OutcomePairs.tooFew), against: against)
    }
    let value = worst.rates.block.values[largest]
    var score = scores.score(subject, .measured(value), against: against)
    let draws = parts.map(\.rates.drawnLargest)
    let most = (0..<(draws.map(\.count).min() ?? 0)).map { draw in
      draws.map { $0[draw] }.max() ?? 0
    }
    let (mean, spread) = CalibratedBlock.moments(most, subject: 0, of: 1)
    score.floor = ScoreFloor(value: mean, spread: spread, method: "drawn-samples")
    score.baseline = ScoreBaseline(
      value: parts.map { Self.anchor($0.rates) }.max() ?? 0, method: "shuffled-columns")
    let deviation = worst.rates.deviation(largest)
    score.interval = try TwoBound.interval(
      value: value, deviation: deviation, floor: mean, level: workspace.plan.level, upperLimit: 1)
    score.bounds = try TwoBound.bounds(
      value: value, deviation: deviation, floor: mean, level: workspace.plan.level, upperLimit: 1)
    let place = worst.rates.supported.enumerated().max {
      (abs(worst.rates.block.values[OutcomeRates.Subject.groups + $0.offset]), $1.offset)
        < (abs(worst.rates.block.values[OutcomeRates.Subject.groups + $1.offset]), $0.offset)
    }
    score.details = [
      "groups": .integer(parts.reduce(0) { $0 + $1.rates.supported.count }),
      "positive": .string(worst.pair.outcome.positive),
    ]
    if let place {
      score.details["worst"] = .object([
        "columns": .strings(worst.pair.grouping.columns),
        "target": .string(worst.pair.outcome.name),
        "group": .string(worst.pair.grouping.groups[place.element].label),
        "change": .finite(
          worst.rates.block.values[OutcomeRates.Subject.groups + place.offset]),
      ])
    }
    return score
  }

  /// What shuffled columns get: every group has the rate of all rows.
  private static func anchor(_ rates: OutcomeRates) -> Double {
    rates.supported.map { abs(rates.real[$0].rate - rates.wholeReal.rate) }.max() ?? 0
  }

  private func score(
    _ group: Int, _ pair: OutcomePairs.Pair, _ rates: OutcomeRates, _ against: Against,
    _ scores: FairnessScores, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> Score {
    let subject = Subject(
      columns: pair.grouping.columns, segment: pair.grouping.groups[group].label,
      target: pair.outcome.name)
    let (real, synthetic) = (rates.real[group], rates.synthetic[group])
    let k = Double(workspace.plan.k)
    guard let index = rates.supported.firstIndex(of: group) else {
      let known = real.rows >= k ? "\(Int(real.rows))" : "fewer than \(Int(k))"
      return scores.score(
        subject,
        .notApplicable(
          reason: "fewer than \(Int(OutcomeRates.support)) rows with an answer: \(known) real, "
            + "\(Int(synthetic.rows)) synthetic"), against: against)
    }
    let place = OutcomeRates.Subject.groups + index
    let change = rates.block.values[place]
    let reach = rates.reach * rates.deviation(place)
    var score = scores.score(subject, .measured(abs(change)), against: against)
    let chance =
      (real.rate * (1 - real.rate) * (1 / max(1, real.rows) + 1 / max(1, synthetic.rows)))
      .squareRoot()
    // The mean and the deviation of |X| for a normal X.
    score.floor = ScoreFloor(
      value: 0.797_884_560_802_865_4 * chance, spread: 0.602_810_274_989_087 * chance,
      method: FloorMethod.closedForm)
    score.baseline = ScoreBaseline(
      value: abs(real.rate - rates.wholeReal.rate), method: "shuffled-columns")
    let level = workspace.plan.level
    let (low, high) = (change - reach, change + reach)
    score.interval = ScoreInterval(
      lower: low <= 0 && high >= 0 ? 0 : min(abs(low), abs(high)),
      upper: min(1, max(abs(low), abs(high))), level: level, method: Simultaneous.method)
    do throws(NumericsError) {
      let single = try normalQuantile(1 - (1 - level) / 2)
      score.bounds = try ScoreBounds(
        value: abs(change), level: level,
        law: .normal(
          .init(
            lowerCentre: abs(change), upperCentre: abs(change),
            deviation: rates.deviation(place) * rates.reach / single, lowest: 0, highest: 1)),
        excess: .normal(
          .init(
            lowerCentre: abs(change) - (score.floor?.value ?? 0),
            upperCentre: abs(change) - (score.floor?.value ?? 0),
            deviation: rates.deviation(place) * rates.reach / single)))
      score.details = try Self.details(real, synthetic, k: Int(k), level: level)
    } catch {
      throw MetricError(error)
    }
    score.details["change"] = .finite(change)
    score.details["changeLower"] = .finite(low)
    score.details["changeUpper"] = .finite(high)
    score.details["positive"] = .string(pair.outcome.positive)
    return score
  }

  /// Both rates with Wilson intervals; real ones of fewer than k yes rows are left out.
  private static func details(
    _ real: OutcomeRates.Count, _ synthetic: OutcomeRates.Count, k: Int, level: Double
  ) throws(NumericsError) -> [String: DetailValue] {
    var details: [String: DetailValue] = [:]
    for (name, count) in [("real", real), ("synthetic", synthetic)] {
      let rows = max(1, Int(count.rows.rounded()))
      let yes = min(rows, max(0, Int(count.positives.rounded())))
      let isFew = name == "real" && ((1..<k).contains(yes) || (1..<k).contains(rows - yes))
      let interval = try wilsonInterval(successes: yes, trials: rows, level: level)
      details[name + "Rate"] = isFew ? .null : .finite(CellLabels.share(count.rate))
      details[name + "Lower"] = isFew ? .null : .finite(CellLabels.share(interval.lower))
      details[name + "Upper"] = isFew ? .null : .finite(CellLabels.share(interval.upper))
    }
    return details
  }

  /// The part of the dimension.
  private static func facet(
    _ table: Score, _ parts: [(pair: OutcomePairs.Pair, rates: OutcomeRates)], _ against: Against
  ) -> FacetResult? {
    guard let value = table.value, let floor = table.floor, let baseline = table.baseline,
      case .normal(let law)? = table.bounds?.law
    else { return nil }
    return FacetResult(
      dimension: .fairness, facet: "outcomes", against: against, value: value, floor: floor,
      baseline: baseline, deviation: law.deviation,
      subjects: parts.reduce(0) { $0 + $1.rates.supported.count },
      worst: table.details["worst"]?["columns"]?.arrayValue?.compactMap(\.stringValue) ?? [])
  }
}
