/// What a generator of known faults gets on the same real rows.
public struct BaselineRecord: Sendable, Hashable, Codable {
  /// The value of a metric for the table as a whole.
  public struct Value: Sendable, Hashable, Codable {
    /// The metric.
    public var metric: MetricID
    /// The real side.
    public var against: Against
    /// The value; `nil` where there is none.
    @Nullable public var value: Double?

    /// Makes a value.
    public init(metric: MetricID, against: Against, value: Double?) {
      self.metric = metric
      self.against = against
      self.value = value
    }
  }

  /// The generator's word.
  public var id: String
  /// The generator in words.
  public var title: String
  /// The number of rows that it made.
  public var rows: Int
  /// Its dimension scores.
  public var dimensions: [DimensionScore]
  /// Its values of every metric.
  public var scores: [Value]

  /// Makes a record.
  public init(
    id: String, title: String, rows: Int, dimensions: [DimensionScore], scores: [Value]
  ) {
    self.id = id
    self.title = title
    self.rows = rows
    self.dimensions = dimensions
    self.scores = scores
  }
}
