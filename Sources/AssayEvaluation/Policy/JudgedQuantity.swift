import AssayDocument
import AssayMetrics
import AssayNumerics

/// Something that a requirement holds against its margin, with bounds at any level.
///
/// It is made of the laws that a document carries by shifts, factors, differences and minima, so that
/// whatever is compared (a value, an excess, a place on a scale, a change) has bounds that hold.
indirect enum JudgedQuantity: Sendable, Hashable {
  /// A value and its bounds as the document has them.
  case measured(value: Double, bounds: ScoreBounds)
  /// A value whose bounds follow from a law.
  case law(value: Double, BoundLaw)
  /// `offset + factor · quantity`.
  case line(JudgedQuantity, factor: Double, offset: Double)
  /// The first less the second, which are independent.
  case change(JudgedQuantity, JudgedQuantity)
  /// The smallest of several.
  case smallest([JudgedQuantity])
  /// The number of real rows that belongs to a place on a scale.
  case effectiveRows(JudgedQuantity, EffectiveScale)

  /// The value as measured.
  var value: Double {
    switch self {
    case .measured(let value, _), .law(let value, _): value
    case .line(let inner, let factor, let offset): offset + factor * inner.value
    case .change(let now, let before): now.value - before.value
    case .smallest(let parts): parts.map(\.value).min() ?? 0
    case .effectiveRows(let place, let scale): scale.rows(at: place.value)
    }
  }

  /// Whether it is counted, not estimated.
  var isExact: Bool {
    switch self {
    case .measured(_, let bounds): bounds.law == .exact
    case .law(_, let law): law == .exact
    case .line(let inner, _, _): inner.isExact
    case .change(let now, let before): now.isExact && before.isExact
    case .smallest(let parts): parts.allSatisfy(\.isExact)
    case .effectiveRows(let place, _): place.isExact
    }
  }

  /// Whether bounds of any level follow, not those of one level alone.
  var hasLaw: Bool {
    switch self {
    case .measured(_, let bounds): bounds.law != nil
    case .law: true
    case .line(let inner, _, _): inner.hasLaw
    case .change(let now, let before): now.hasLaw && before.hasLaw
    case .smallest(let parts): parts.allSatisfy(\.hasLaw)
    case .effectiveRows(let place, _): place.hasLaw
    }
  }

  /// The one-sided bounds, each at `level`.
  ///
  /// Bounds of a document that carries no law hold at their own level: they are `nil` above it.
  func bounds(level: Double) throws(NumericsError) -> (lower: Double, upper: Double)? {
    switch self {
    case .measured(let value, let bounds):
      if let law = bounds.law { return try law.ends(value: value, level: level) }
      return level <= bounds.level ? (bounds.lower, bounds.upper) : nil
    case .law(let value, let law):
      return try law.ends(value: value, level: level)
    case .line(let inner, let factor, let offset):
      guard let ends = try inner.bounds(level: level) else { return nil }
      let first = offset + factor * ends.lower
      let second = offset + factor * ends.upper
      return (min(first, second), max(first, second))
    case .change(let now, let before):
      return try Self.change(now, before, level: level)
    case .smallest(let parts):
      var lower = Double.infinity
      var upper = Double.infinity
      for part in parts {
        guard let ends = try part.bounds(level: level) else { return nil }
        lower = min(lower, ends.lower)
        upper = min(upper, ends.upper)
      }
      return parts.isEmpty ? nil : (lower, upper)
    case .effectiveRows(let place, let scale):
      guard let ends = try place.bounds(level: level) else { return nil }
      return (scale.rows(at: ends.lower), scale.rows(at: ends.upper))
    }
  }

  /// Each side leaves its bounds with half the probability, so the difference with all of it at most;
  /// two normal laws add their variances instead, which is exact.
  private static func change(
    _ now: JudgedQuantity, _ before: JudgedQuantity, level: Double
  ) throws(NumericsError) -> (lower: Double, upper: Double)? {
    if let first = now.normal, let second = before.normal {
      let reach =
        try normalQuantile(level)
        * (first.deviation * first.deviation + second.deviation * second.deviation).squareRoot()
      let value = now.value - before.value
      return (
        min(value, first.lowerCentre - second.upperCentre - reach),
        max(value, first.upperCentre - second.lowerCentre + reach)
      )
    }
    let half = 1 - (1 - level) / 2
    guard let first = try now.bounds(level: half), let second = try before.bounds(level: half)
    else { return nil }
    return (first.lower - second.upper, first.upper - second.lower)
  }

  private var normal: BoundLaw.Normal? {
    switch self {
    case .measured(_, let bounds): if case .normal(let law)? = bounds.law { law } else { nil }
    case .law(_, .normal(let law)): law
    case .line(let inner, let factor, let offset):
      inner.normal.map { law in
        let ends = [offset + factor * law.lowerCentre, offset + factor * law.upperCentre]
        return BoundLaw.Normal(
          lowerCentre: factor < 0 ? ends[1] : ends[0], upperCentre: factor < 0 ? ends[0] : ends[1],
          deviation: abs(factor) * law.deviation)
      }
    default: nil
    }
  }
}

/// What turns a place on a facet's scale into the number of real rows that would do as well.
struct EffectiveScale: Sendable, Hashable {
  /// What a fresh real sample gets, and the far end.
  var floor: Double
  var baseline: Double
  /// The rows of the real side and of the synthetic.
  var real: Int
  var synthetic: Int

  /// `1 / ((x/f)² (1/n + 1/m) − 1/n)` for the value x at `place`, at most m.
  ///
  /// It is the law by which the document's effective rows were found.
  func rows(at place: Double) -> Double {
    let (n, m) = (Double(real), Double(synthetic))
    let ratio = max(0, baseline - place * (baseline - floor)) / floor
    let inverse = ratio * ratio * (1 / n + 1 / m) - 1 / n
    return inverse > 1 / m ? max(1, 1 / inverse) : m
  }
}

extension PolicyRequirement.Margin {
  /// Whether a quantity keeps to the margin; on it, it does.
  func holds(_ quantity: Double) -> Bool {
    switch self {
    case .atMost(let margin): quantity <= margin
    case .atLeast(let margin): quantity >= margin
    }
  }

  /// Of two bounds the one that speaks against the requirement.
  func unfavourable(_ bounds: (lower: Double, upper: Double)) -> Double {
    if case .atMost = self { bounds.upper } else { bounds.lower }
  }

  /// Of two bounds the one that speaks for the requirement.
  func favourable(_ bounds: (lower: Double, upper: Double)) -> Double {
    if case .atMost = self { bounds.lower } else { bounds.upper }
  }

  /// The smallest error probability at which the favourable bound still lies outside the margin: how
  /// likely it is, at most, to see this much where the margin is kept.
  ///
  /// - Returns: 1 where even the value keeps to the margin, otherwise found by bisection on the
  ///   logarithm, not below 1e-15.
  func violation(of quantity: JudgedQuantity) throws(NumericsError) -> Double {
    guard !holds(quantity.value) else { return 1 }
    if quantity.isExact { return 0 }
    func isOutside(_ tail: Double) throws(NumericsError) -> Bool {
      guard let bounds = try quantity.bounds(level: 1 - tail) else { return false }
      return !holds(favourable(bounds))
    }
    var low = -15.0
    var high = -0.31
    guard try isOutside(power(high)) else { return 1 }
    if try isOutside(power(low)) { return power(low) }
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if try isOutside(power(middle)) { high = middle } else { low = middle }
    }
    return power(high)
  }

  private func power(_ exponent: Double) -> Double { PolicyNumbers.powerOfTen(exponent) }
}
