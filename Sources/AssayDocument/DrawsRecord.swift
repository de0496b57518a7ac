/// Several tables that one generator drew, each judged on its own.
///
/// How much the values of the draws differ (``DrawnScore/betweenSpread``) is kept apart from how
/// sure one draw is of its own value (``DrawnScore/samplingSpread``): where the first is much the
/// larger, one draw does not speak for the generator.
public struct DrawsRecord: Sendable, Hashable, Codable {
  /// The tables, in the order given; the first is the one that the document speaks of.
  public var inputs: [InputRecord]
  /// The scores of the table as a whole, the parts of dimensions, the dimensions.
  public var scores: [DrawnScore]
  /// What a policy may ask of the draws after the first, in their order.
  public var evidence: [DrawEvidence]
  /// Coefficients of the regressions of all draws, combined; empty where no target is declared.
  public var regressions: [CombinedRegression]

  /// Makes a record.
  public init(
    inputs: [InputRecord], scores: [DrawnScore], evidence: [DrawEvidence] = [],
    regressions: [CombinedRegression] = []
  ) {
    self.inputs = inputs
    self.scores = scores
    self.evidence = evidence
    self.regressions = regressions
  }

  private enum CodingKeys: String, CodingKey { case inputs, scores, evidence, regressions }

  /// Reads a record; one without evidence or regressions has none.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      inputs: try c.decode([InputRecord].self, forKey: .inputs),
      scores: try c.decode([DrawnScore].self, forKey: .scores),
      evidence: try c.decodeIfPresent([DrawEvidence].self, forKey: .evidence) ?? [],
      regressions: try c.decodeIfPresent([CombinedRegression].self, forKey: .regressions) ?? [])
  }
}

/// One quantity over several draws of a generator.
public struct DrawnScore: Sendable, Hashable, Codable {
  /// What the quantity is.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// A metric's score of the table as a whole; `id` is the metric.
    case metric
    /// A part of a dimension on its scale; `id` is the dimension and the part, joined by a dot.
    case facet
    /// A dimension's score; `id` is the dimension.
    case dimension
  }

  /// What the quantity is.
  public var kind: Kind
  /// Its name.
  public var id: String
  /// The real side; `nil` for a dimension.
  @Nullable public var against: Against?
  /// The value of each draw, in the order of the inputs; `nil` where a draw has none.
  public var values: [Double?]
  /// The mean of the values that there are.
  @Nullable public var mean: Double?
  /// The standard deviation (divisor n − 1) between draws; `nil` below two values.
  @Nullable public var betweenSpread: Double?
  /// The standard deviation that a draw's own interval stands for, as root of the mean square over
  /// draws; `nil` without intervals.
  @Nullable public var samplingSpread: Double?

  /// Makes a quantity from its values.
  ///
  /// - Parameters:
  ///   - kind: What the quantity is.
  ///   - id: Its name.
  ///   - against: The real side; `nil` for a dimension.
  ///   - values: The value of each draw.
  ///   - spreads: The standard deviation of each draw's value, where it is known.
  public init(
    kind: Kind, id: String, against: Against?, values: [Double?], spreads: [Double?]
  ) {
    self.kind = kind
    self.id = id
    self.against = against
    self.values = values
    let present = values.compactMap(\.self)
    let mean = present.isEmpty ? nil : present.reduce(0, +) / Double(present.count)
    self.mean = mean
    if let mean, present.count > 1 {
      let squares = present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      betweenSpread = (squares / Double(present.count - 1)).squareRoot()
    } else {
      betweenSpread = nil
    }
    let known = spreads.compactMap(\.self)
    samplingSpread =
      known.isEmpty
      ? nil : (known.reduce(0) { $0 + $1 * $1 } / Double(known.count)).squareRoot()
  }
}
