/// What a metric is, as data: everything that a reader, a renderer or a policy needs to know of it.
public struct MetricDescriptor: Sendable, Hashable {
  /// The end of the scale that a perfect generator must stay clear of.
  public enum Anchor: String, Sendable, Hashable, Codable {
    /// Every column of the training rows resampled on its own: right columns, no relations.
    case shuffledColumns
    /// Values drawn uniformly over the range or the levels of the training rows.
    case uniformValues
    /// The training rows themselves, handed out as synthetic.
    case copiedRows
    /// The metric has no second end.
    case none
  }

  /// The frame that the metric measures in.
  public enum Frame: String, Sendable, Hashable, Codable {
    /// Fitted on the training rows alone.
    case reference
    /// Fitted on training and holdout together, blind to which row is which.
    case exchangeable
  }

  /// A change of the synthetic side that a metric is claimed to see, or not to see.
  public enum Damage: String, Sendable, Hashable, Codable, CaseIterable {
    /// Training rows handed out verbatim.
    case copy
    /// Training rows with a little noise on their numbers.
    case jitteredCopy
    /// A share of the rows replaced by training rows.
    case leak
    /// A number moved by a share of its standard deviation.
    case shift
    /// A number multiplied.
    case scale
    /// Every column permuted on its own.
    case shuffledColumns
    /// The rarest common level of a category replaced by others.
    case droppedLevel
    /// Values that do not occur in the real data.
    case inventedLevel
    /// Tails cut off.
    case clippedTail
    /// Rows concentrated on a part of the real ones.
    case modeCollapse
    /// Numbers rounded.
    case rounding
    /// Cells made missing at random.
    case missing
    /// Rows repeated within the synthetic table.
    case duplicates
  }

  /// A source, with its digital object identifier where it has one.
  public struct Citation: Sendable, Hashable, Codable {
    /// Author, year, title and place.
    public var text: String
    /// The digital object identifier, without a resolver's address.
    @Nullable public var doi: String?

    /// Makes a citation.
    public init(_ text: String, doi: String? = nil) {
      self.text = text
      self.doi = doi
    }
  }

  /// The metric's name in the catalogue.
  public var id: MetricID
  /// Counts up with every change that can move a score.
  public var revision: Int
  /// The field's name for it.
  public var title: String
  /// The question that it belongs to.
  public var dimension: Dimension
  /// One sentence: what it measures.
  public var summary: String
  /// The formula, in plain text.
  public var formula: String
  /// The unit of the value; empty for a pure number.
  public var unit: String
  /// The smallest possible value; −∞ where there is none.
  public var lowerLimit: Double {
    get { lowerEnd ?? -.infinity }
    set { lowerEnd = newValue.isFinite ? newValue : nil }
  }
  @Nullable private var lowerEnd: Double?
  /// The largest possible value; `nil` where there is none.
  @Nullable public var upperLimit: Double?
  /// Which way the value improves.
  public var direction: Direction
  /// The frame that it measures in.
  public var frame: Frame
  /// The far end of its scale.
  public var anchor: Anchor
  /// Changes of the data that leave the value as it is.
  public var invariances: [String]
  /// Damages that it sees.
  public var sees: [Damage]
  /// Damages that leave it where a fresh real sample would be.
  public var blindTo: [Damage]
  /// In words: what it cannot tell.
  public var cannotSee: String
  /// Default parameters and the reason for each.
  public var defaults: [String: String]
  /// How a reader should take the value, in one or two sentences.
  public var howToRead: String
  /// Where the definition comes from.
  public var citations: [Citation]

  /// Makes a descriptor.
  public init(
    id: MetricID, revision: Int = 1, title: String, dimension: Dimension, summary: String,
    formula: String, unit: String = "", lowerLimit: Double = 0, upperLimit: Double? = 1,
    direction: Direction, frame: Frame = .reference, anchor: Anchor, invariances: [String] = [],
    sees: [Damage], blindTo: [Damage], cannotSee: String, defaults: [String: String] = [:],
    howToRead: String, citations: [Citation]
  ) {
    self.id = id
    self.revision = revision
    self.title = title
    self.dimension = dimension
    self.summary = summary
    self.formula = formula
    self.unit = unit
    self.lowerEnd = lowerLimit.isFinite ? lowerLimit : nil
    self.upperLimit = upperLimit
    self.direction = direction
    self.frame = frame
    self.anchor = anchor
    self.invariances = invariances
    self.sees = sees
    self.blindTo = blindTo
    self.cannotSee = cannotSee
    self.defaults = defaults
    self.howToRead = howToRead
    self.citations = citations
  }
}

extension MetricDescriptor: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, revision, title, dimension, summary, formula, unit, upperLimit, direction, frame
    case lowerEnd = "lowerLimit"
    case anchor, invariances, sees, blindTo, cannotSee, defaults, howToRead, citations
  }

  /// Reads a descriptor.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try c.decode(MetricID.self, forKey: .id),
      revision: try c.decode(Int.self, forKey: .revision),
      title: try c.decode(String.self, forKey: .title),
      dimension: try c.decode(Dimension.self, forKey: .dimension),
      summary: try c.decode(String.self, forKey: .summary),
      formula: try c.decode(String.self, forKey: .formula),
      unit: try c.decodeIfPresent(String.self, forKey: .unit) ?? "",
      lowerLimit: try c.decodeIfPresent(Double.self, forKey: .lowerEnd) ?? -.infinity,
      upperLimit: try c.decodeIfPresent(Double.self, forKey: .upperLimit),
      direction: try c.decode(Direction.self, forKey: .direction),
      frame: try c.decode(Frame.self, forKey: .frame),
      anchor: try c.decode(Anchor.self, forKey: .anchor),
      invariances: try c.decodeIfPresent([String].self, forKey: .invariances) ?? [],
      sees: try c.damages(forKey: .sees),
      blindTo: try c.damages(forKey: .blindTo),
      cannotSee: try c.decodeIfPresent(String.self, forKey: .cannotSee) ?? "",
      defaults: try c.decodeIfPresent([String: String].self, forKey: .defaults) ?? [:],
      howToRead: try c.decodeIfPresent(String.self, forKey: .howToRead) ?? "",
      citations: try c.decodeIfPresent([Citation].self, forKey: .citations) ?? [])
  }
}

extension KeyedDecodingContainer {
  /// The damages of a list that this version knows; later versions may add others.
  fileprivate func damages(forKey key: Key) throws -> [MetricDescriptor.Damage] {
    try (decodeIfPresent([String].self, forKey: key) ?? [])
      .compactMap(MetricDescriptor.Damage.init(rawValue:))
  }
}
