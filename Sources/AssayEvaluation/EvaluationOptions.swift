public import AssayDocument
public import AssayMetrics
public import AssayTable

/// What the user chooses of an evaluation; everything else follows from the data.
public struct EvaluationOptions: Sendable {
  /// The seed that every random stream is derived from.
  public var seed: UInt64
  /// How much work is done.
  public var preset: EvaluationPlan.Preset
  /// How many threads work; no result depends on it.
  public var threads: Int
  /// Patterns of the metrics that are run; empty for all.
  public var metrics: [String]
  /// What the user says of the columns.
  public var declared: SchemaDeclaration
  /// Whether `1` and `1.0`, letter case, blanks and header punctuation are matched.
  public var matchesSpelling: Bool
  /// Counts below this are pooled or coarsened before they are published.
  public var k: Int
  /// Seconds that the work may take, roughly; limits of the preset are lowered to fit.
  public var budget: Double?
  /// Seconds that the attacks may take, roughly; their limits are lowered to fit.
  public var privacyBudget: Double?
  /// Whether generators of known faults are measured too.
  public var baselines: Bool
  /// Whether the smallest defects that would have been seen are looked for.
  public var power: Bool
  /// Whether closest records are searched for approximately, and then of every synthetic row.
  public var approximate: Bool
  /// Whether every suitable column is a target of models in turn.
  public var allTargets: Bool
  /// Statements of the owner, carried verbatim.
  public var about: About
  /// Differences that are on purpose.
  public var intended: [IntendedDifference]
  /// Vectors that were given for the real rows, in their order; those of the rows under test come
  /// with them.
  public var embeddings: GivenEmbeddings?
  /// How the files were read; written into the plan, so that it can be run again.
  public var reading: ReadingOptions
  /// A plan that was frozen earlier and must come out again; its limits outrank the preset.
  public var frozen: PlanRecord?
  /// The policy that will judge, for what the plan says of it; it moves no score.
  public var policy: Policy?
  /// The metrics that can be run.
  public var catalog: MetricCatalog

  /// Makes options.
  public init(
    seed: UInt64 = 1, preset: EvaluationPlan.Preset = .standard, threads: Int = 1,
    metrics: [String] = [], declared: SchemaDeclaration = SchemaDeclaration(),
    matchesSpelling: Bool = true, k: Int = 10, budget: Double? = nil,
    baselines: Bool = false, power: Bool = false, approximate: Bool = false,
    allTargets: Bool = false, about: About = About(),
    intended: [IntendedDifference] = [], embeddings: GivenEmbeddings? = nil,
    reading: ReadingOptions = ReadingOptions(),
    frozen: PlanRecord? = nil, policy: Policy? = nil,
    catalog: MetricCatalog = .standard
  ) {
    self.seed = seed
    self.preset = preset
    self.threads = threads
    self.metrics = metrics
    self.declared = declared
    self.matchesSpelling = matchesSpelling
    self.k = k
    self.budget = budget
    self.baselines = baselines
    self.power = power
    self.approximate = approximate
    self.allTargets = allTargets
    self.about = about
    self.intended = intended
    self.embeddings = embeddings
    self.reading = reading
    self.frozen = frozen
    self.policy = policy
    self.catalog = catalog
  }
}
