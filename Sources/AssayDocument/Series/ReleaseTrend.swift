/// Scores over several documents in their order, with the places at which their level changes.
public struct ReleaseTrend: Sendable, Hashable, Codable {
  /// The word by which a saved trend is known from other JSON.
  public static let kindWord = "assay-trend"

  /// One document.
  public struct Release: Sendable, Hashable, Codable {
    /// What it is called: its title, or its synthetic table.
    public var name: String
    /// The synthetic table.
    public var input: InputRecord
    /// Why its scores are left out; `nil` where they are not.
    @Nullable public var absence: String?

    /// Makes a release.
    public init(name: String, input: InputRecord, absence: String? = nil) {
      self.name = name
      self.input = input
      self.absence = absence
    }
  }

  /// One value of a series.
  public struct Point: Sendable, Hashable, Codable {
    /// The position of the release.
    public var release: Int
    /// The value.
    public var value: Double
    /// Its interval.
    @Nullable public var interval: ScoreInterval?

    /// Makes a point.
    public init(release: Int, value: Double, interval: ScoreInterval?) {
      self.release = release
      self.value = value
      self.interval = interval
    }
  }

  /// A change of level.
  public struct Change: Sendable, Hashable, Codable {
    /// The first release of the new level.
    public var release: Int
    /// The level before.
    public var before: Double
    /// The level after.
    public var after: Double
    /// The probability of so clear a change in a series of constant level.
    public var pValue: Double

    /// Makes a change.
    public init(release: Int, before: Double, after: Double, pValue: Double) {
      self.release = release
      self.before = before
      self.after = after
      self.pValue = pValue
    }
  }

  /// One score over the releases.
  public struct Series: Sendable, Hashable, Codable {
    /// A metric's title, or a dimension.
    public var title: String
    /// The dimension.
    public var dimension: Dimension
    /// The metric; `nil` for the score of a dimension.
    @Nullable public var metric: MetricID?
    /// The real side; `nil` for the score of a dimension.
    @Nullable public var against: Against?
    /// Which way it improves.
    public var direction: Direction
    /// The values.
    public var points: [Point]
    /// Where the level changes.
    public var changes: [Change]
    /// Why changes were not looked for; `nil` where they were.
    @Nullable public var absence: String?

    /// Makes a series.
    public init(
      title: String, dimension: Dimension, metric: MetricID?, against: Against?,
      direction: Direction, points: [Point], changes: [Change], absence: String?
    ) {
      self.title = title
      self.dimension = dimension
      self.metric = metric
      self.against = against
      self.direction = direction
      self.points = points
      self.changes = changes
      self.absence = absence
    }
  }

  /// Always ``kindWord``.
  public var kind: String
  /// The version of the shape.
  public var schemaVersion: Int
  /// The documents, in the order given.
  public var releases: [Release]
  /// The series: dimensions first, then metrics of the table as a whole.
  public var series: [Series]
  /// How changes of level were found.
  public var method: String
  /// What limits the comparison, a sentence each.
  public var remarks: [String]

  /// Makes a trend.
  public init(releases: [Release], series: [Series], method: String, remarks: [String]) {
    kind = Self.kindWord
    schemaVersion = 1
    self.releases = releases
    self.series = series
    self.method = method
    self.remarks = remarks
  }
}
