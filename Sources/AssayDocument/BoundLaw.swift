/// How the bounds of a quantity follow from a level, so that a requirement can be judged at any.
///
/// A policy with twenty requirements may fail each at a twentieth of its level only: the bounds of a
/// document, made at one level, do not serve there. What is kept is the few numbers from which the
/// bounds of every level follow.
public enum BoundLaw: Sendable, Hashable {
  /// The quantity is counted, not estimated: both bounds are the value.
  case exact
  /// A centre for each end, and the standard deviation about both.
  case normal(Normal)
  /// A share of independent trials: bounds of Clopper & Pearson.
  case binomial(successes: Int, trials: Int)
  /// The difference of two shares, the second subtracted: each share within its own bounds.
  case difference(successes: Int, trials: Int, subtracted: Int, of: Int)

  /// Bounds at a centre less and more a normal quantile of deviations.
  public struct Normal: Sendable, Hashable, Codable {
    /// What the lower bound starts from.
    public var lowerCentre: Double
    /// What the upper bound starts from.
    public var upperCentre: Double
    /// The standard deviation.
    public var deviation: Double
    /// The smallest possible value, where there is one.
    @Nullable public var lowest: Double?
    /// The largest possible value, where there is one.
    @Nullable public var highest: Double?

    /// Makes a law.
    public init(
      lowerCentre: Double, upperCentre: Double, deviation: Double, lowest: Double? = nil,
      highest: Double? = nil
    ) {
      self.lowerCentre = lowerCentre
      self.upperCentre = upperCentre
      self.deviation = deviation
      self.lowest = lowest
      self.highest = highest
    }
  }
}

extension BoundLaw: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, lowerCentre, upperCentre, deviation, lowest, highest
    case successes, trials, subtracted, of
  }

  private enum Kind: String, Codable { case exact, normal, binomial, difference }

  /// Reads a law.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    switch try c.decode(Kind.self, forKey: .kind) {
    case .exact: self = .exact
    case .normal: self = .normal(try Normal(from: decoder))
    case .binomial:
      self = .binomial(
        successes: try c.decode(Int.self, forKey: .successes),
        trials: try c.decode(Int.self, forKey: .trials))
    case .difference:
      self = .difference(
        successes: try c.decode(Int.self, forKey: .successes),
        trials: try c.decode(Int.self, forKey: .trials),
        subtracted: try c.decode(Int.self, forKey: .subtracted),
        of: try c.decode(Int.self, forKey: .of))
    }
  }

  /// Writes the law's name and its numbers.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .exact: try c.encode(Kind.exact, forKey: .kind)
    case .normal(let law):
      try c.encode(Kind.normal, forKey: .kind)
      try law.encode(to: encoder)
    case .binomial(let successes, let trials):
      try c.encode(Kind.binomial, forKey: .kind)
      try c.encode(successes, forKey: .successes)
      try c.encode(trials, forKey: .trials)
    case .difference(let successes, let trials, let subtracted, let other):
      try c.encode(Kind.difference, forKey: .kind)
      try c.encode(successes, forKey: .successes)
      try c.encode(trials, forKey: .trials)
      try c.encode(subtracted, forKey: .subtracted)
      try c.encode(other, forKey: .of)
    }
  }
}

extension BoundLaw: HoldsNumbers {
  var isFinite: Bool {
    guard case .normal(let law) = self else { return true }
    return law.lowerCentre.isFinite && law.upperCentre.isFinite && law.deviation.isFinite
  }
}
