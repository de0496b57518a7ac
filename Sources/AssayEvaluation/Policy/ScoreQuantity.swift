import AssayDocument

/// Makes of a score what a requirement compares.
struct ScoreQuantity {
  let score: Score
  let direction: Direction

  /// The quantity, or why there is none.
  func found(_ compare: PolicyCompare) -> PolicyComparison.Found {
    guard let value = score.value else { return .absent("it has no value") }
    guard let bounds = score.bounds else { return .absent("it has no bounds to judge it by") }
    switch compare {
    case .value: return .quantity(.measured(value: value, bounds: bounds))
    case .excess:
      guard let excess else {
        return .absent(
          score.floor == nil
            ? "nothing is known of what a fresh real sample gets"
            : "the document has no bounds of the excess: evaluate again with this version")
      }
      return .quantity(excess)
    case .normalised:
      guard let floor = score.floor, let baseline = score.baseline, let place = score.normalised
      else { return .absent("the two ends of its scale cannot be told apart with these rows") }
      let width = baseline.value - floor.value
      return .quantity(
        .line(
          .measured(value: value, bounds: bounds), factor: -1 / width,
          offset: place + value / width))
    case .baseline:
      guard let baseline = score.baseline else { return .absent("its scale has no far end") }
      let isHigher = direction == .higherIsBetter
      return .quantity(
        .line(
          .measured(value: value, bounds: bounds), factor: isHigher ? 1 : -1,
          offset: isHigher ? -baseline.value : baseline.value))
    case .effectiveRows: return .absent("only dimensions have an effective number of rows")
    case .previous: return .absent("no earlier document was given (--previous)")
    }
  }

  /// How much worse than a fresh real sample, where its law is known.
  private var excess: JudgedQuantity? {
    guard let value = score.value, let floor = score.floor else { return nil }
    let excess = direction == .higherIsBetter ? floor.value - value : value - floor.value
    return score.bounds?.excessLaw.map { .law(value: excess, $0) }
  }

  /// How much worse it has become: the difference of the excesses where both sides have one, so that
  /// other numbers of rows are no change, and otherwise that of the values.
  func change(since before: Score) -> PolicyComparison.Found {
    let earlier = ScoreQuantity(score: before, direction: direction)
    if let now = excess, let then = earlier.excess { return .quantity(.change(now, then)) }
    guard case .quantity(let now) = found(.value), case .quantity(let then) = earlier.found(.value)
    else { return .absent("it has no bounds to judge a change by") }
    let worse: JudgedQuantity =
      direction == .higherIsBetter ? .change(then, now) : .change(now, then)
    return .quantity(worse)
  }
}

/// Makes of a dimension's score what a requirement compares.
struct DimensionQuantity {
  let score: DimensionScore?
  let facet: String?
  let against: Against
  let realRows: Int
  let syntheticRows: Int

  /// The quantity, or why there is none.
  ///
  /// The place on the scale is what a dimension's score is; changes are those of the place.
  func found(_ compare: PolicyCompare) -> PolicyComparison.Found {
    guard let score else { return .absent("the dimension is not in the document") }
    if score.counts.failed > 0 { return .absent("a metric of the dimension failed") }
    let parts = score.members.filter {
      $0.against == against && (facet == nil || $0.facet == facet)
    }
    if compare == .effectiveRows { return effectiveRows(score, parts) }
    guard compare == .normalised || compare == .value || compare == .previous else {
      return .absent("a dimension's score is compared as it is: compare: normalised")
    }
    if facet == nil, let value = score.score, score.members.isEmpty {
      guard score.id == .diagnostics || score.bounds != nil else {
        return .absent("it has no bounds to judge it by")
      }
      return .quantity(
        .measured(
          value: value,
          bounds: score.bounds ?? ScoreBounds(lower: value, upper: value, law: .exact)))
    }
    if let facet, parts.isEmpty {
      return .absent(score.reason ?? "'\(facet)' was not measured against \(against.rawValue)")
    }
    if score.score == nil || parts.isEmpty {
      return .absent(score.reason ?? "the dimension has no score")
    }
    let quantities = parts.compactMap { part -> JudgedQuantity? in
      guard let value = part.score, let bounds = part.bounds else { return nil }
      return .measured(value: value, bounds: bounds)
    }
    guard !quantities.isEmpty, facet == nil || quantities.count == parts.count else {
      return .absent(parts.compactMap(\.reason).first ?? "it has no bounds to judge it by")
    }
    return .quantity(quantities.count == 1 ? quantities[0] : .smallest(quantities))
  }

  private func effectiveRows(
    _ score: DimensionScore, _ parts: [DimensionScore.Member]
  ) -> PolicyComparison.Found {
    let quantities = parts.compactMap { part -> JudgedQuantity? in
      guard let place = part.score, let bounds = part.bounds, let floor = part.floor?.value,
        let baseline = part.baseline?.value, floor > 0, part.effectiveRows != nil
      else { return nil }
      let scale = EffectiveScale(
        floor: floor, baseline: baseline, real: realRows, synthetic: syntheticRows)
      return .effectiveRows(.measured(value: place, bounds: bounds), scale)
    }
    guard score.score != nil, !quantities.isEmpty else {
      return .absent(score.reason ?? "the effective number of rows is not known")
    }
    return .quantity(quantities.count == 1 ? quantities[0] : .smallest(quantities))
  }
}
