/// What changed from one document to another, and whether the two compare at all.
public struct ReleaseChange: Sendable, Hashable, Codable {
  /// The word by which a saved change is known from other JSON.
  public static let kindWord = "assay-change"

  /// How far the documents compare.
  public enum Comparability: String, Sendable, Hashable, Codable {
    /// The same holdout, plan and revisions of metrics.
    case full
    /// The same holdout; scores of metrics or settings that changed are left out.
    case partial
    /// Other real rows: no difference of scores means anything.
    case none
  }

  /// One score in both documents.
  public struct Entry: Sendable, Hashable, Codable {
    /// What the score is: a metric's title, or a dimension.
    public var title: String
    /// The dimension.
    public var dimension: Dimension
    /// The metric; `nil` for the score of a dimension.
    @Nullable public var metric: MetricID?
    /// The real side; `nil` for the score of a dimension.
    @Nullable public var against: Against?
    /// What it speaks of.
    public var subject: Subject
    /// The older value.
    public var old: Double
    /// The newer value.
    public var new: Double
    /// The interval of the newer less the older.
    @Nullable public var interval: ScoreInterval?
    /// The two-sided probability of so large a change by chance; `nil` where it cannot be known.
    @Nullable public var pValue: Double?
    /// The same, adjusted over its family.
    @Nullable public var adjusted: Double?
    /// Whether the newer value is better, worse, or neither: the metric says which way is up.
    public var isBetter: Bool?
    /// How the interval was made.
    public var method: String

    /// Makes an entry.
    public init(
      title: String, dimension: Dimension, metric: MetricID?, against: Against?,
      subject: Subject, old: Double, new: Double, interval: ScoreInterval?, pValue: Double?,
      adjusted: Double?, isBetter: Bool?, method: String
    ) {
      self.title = title
      self.dimension = dimension
      self.metric = metric
      self.against = against
      self.subject = subject
      self.old = old
      self.new = new
      self.interval = interval
      self.pValue = pValue
      self.adjusted = adjusted
      self.isBetter = isBetter
      self.method = method
    }
  }

  /// An answer that changed.
  public struct Turn: Sendable, Hashable, Codable {
    /// The question.
    public var question: Question
    /// The older answer.
    public var old: Answer
    /// The newer answer.
    public var new: Answer

    /// Makes a turn.
    public init(question: Question, old: Answer, new: Answer) {
      self.question = question
      self.old = old
      self.new = new
    }
  }

  /// Always ``kindWord``.
  public var kind: String
  /// The version of the shape.
  public var schemaVersion: Int
  /// The older synthetic table.
  public var old: InputRecord
  /// The newer one.
  public var new: InputRecord
  /// How far they compare.
  public var comparability: Comparability
  /// Why not fully, a sentence each.
  public var reasons: [String]
  /// Changes beyond noise, the clearest first.
  public var changes: [Entry]
  /// How many scores were held against each other.
  public var compared: Int
  /// Scores that have an interval on neither side and differ: nothing says how sure that is.
  public var unsure: Int
  /// Answers that changed.
  public var turns: [Turn]
  /// Findings of the newer document that the older one lacks.
  public var appeared: [Finding]
  /// Findings of the older document that the newer one lacks.
  public var gone: [Finding]

  /// Makes a change.
  public init(
    old: InputRecord, new: InputRecord, comparability: Comparability, reasons: [String],
    changes: [Entry], compared: Int, unsure: Int, turns: [Turn], appeared: [Finding],
    gone: [Finding]
  ) {
    kind = Self.kindWord
    schemaVersion = 1
    self.old = old
    self.new = new
    self.comparability = comparability
    self.reasons = reasons
    self.changes = changes
    self.compared = compared
    self.unsure = unsure
    self.turns = turns
    self.appeared = appeared
    self.gone = gone
  }

  /// Whether something became worse beyond noise.
  public var isWorse: Bool { changes.contains { $0.isBetter == false } }
}
