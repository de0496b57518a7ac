/// The coefficients of one regression on several draws of a generator, combined into one estimate each.
///
/// Which of the ``rules`` holds depends on how the draws were made, which no table tells. The
/// coefficients on the real rows are rounded to three digits here as everywhere.
public struct CombinedRegression: Sendable, Hashable, Codable {
  /// The column that is explained.
  public var target: String
  /// The real side.
  public var against: Against
  /// The level of the intervals.
  public var level: Double
  /// Rows of a draw that the regression is of over the real rows that the generator was fitted to.
  public var rowRatio: Double
  /// What each way to combine gives over all coefficients.
  public var rules: [CombinedRule]
  /// The coefficients.
  public var terms: [CombinedTerm]

  /// Makes a regression.
  public init(
    target: String, against: Against, level: Double, rowRatio: Double, rules: [CombinedRule],
    terms: [CombinedTerm]
  ) {
    self.target = target
    self.against = against
    self.level = level
    self.rowRatio = rowRatio
    self.rules = rules
    self.terms = terms
  }
}

/// A way to make intervals of coefficients from several draws.
public enum CombiningRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// Each draw on its own, as if its rows were real.
  case oneDraw
  /// All draws are of one model, fitted once.
  case singleModel
  /// Each draw is of a model drawn anew from what the real rows leave open.
  case fullySynthetic
  /// Values of real rows were replaced in each draw, from a model drawn anew.
  case partiallySynthetic
}

/// How the intervals of one rule stand to the real coefficients.
public struct CombinedRule: Sendable, Hashable, Codable {
  /// The rule.
  public var rule: CombiningRule
  /// Intervals that there are.
  public var intervals: Int
  /// Coefficients without one: the draws are too few to know their variance.
  public var unknown: Int
  /// Intervals that hold the coefficient on the real rows.
  public var holding: Int
  /// The share that would hold it if the generator kept the regression and made its draws as the rule
  /// has it.
  @Nullable public var expected: Double?
  /// The mean overlap with the real coefficients' intervals, at least −1 each.
  @Nullable public var overlap: Double?

  /// Makes the summary of a rule.
  public init(
    rule: CombiningRule, intervals: Int, unknown: Int, holding: Int, expected: Double?,
    overlap: Double?
  ) {
    self.rule = rule
    self.intervals = intervals
    self.unknown = unknown
    self.holding = holding
    self.expected = expected
    self.overlap = overlap
  }
}

/// One coefficient over several draws.
public struct CombinedTerm: Sendable, Hashable, Codable {
  /// An interval by a rule.
  public struct Interval: Sendable, Hashable, Codable {
    /// The rule.
    public var rule: CombiningRule
    /// The limits.
    public var lower, upper: Double

    /// Makes an interval.
    public init(rule: CombiningRule, lower: Double, upper: Double) {
      self.rule = rule
      self.lower = lower
      self.upper = upper
    }
  }

  /// What it is of.
  public var term: String
  /// The coefficient on the real rows, and its standard error.
  public var real, realError: Double
  /// Draws that can estimate it.
  public var draws: Int
  /// The mean over draws; `nil` below two.
  @Nullable public var estimate: Double?
  /// The standard deviation between draws.
  @Nullable public var betweenSpread: Double?
  /// The standard error that one draw gives, as root of the mean square.
  @Nullable public var withinSpread: Double?
  /// The intervals, of rules that give one.
  public var intervals: [Interval]

  /// Makes a coefficient.
  public init(
    term: String, real: Double, realError: Double, draws: Int, estimate: Double?,
    betweenSpread: Double?, withinSpread: Double?, intervals: [Interval]
  ) {
    self.term = term
    self.real = real
    self.realError = realError
    self.draws = draws
    self.estimate = estimate
    self.betweenSpread = betweenSpread
    self.withinSpread = withinSpread
    self.intervals = intervals
  }
}
