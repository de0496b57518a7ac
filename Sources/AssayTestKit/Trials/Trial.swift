public import AssayDocument
public import AssayMetrics
public import AssayTable

/// One evaluation of single metrics, on tables made in memory.
///
/// ```swift
/// let trial = try Trial(training: real, synthetic: synthetic, holdout: nil)
/// let scores = try await trial.scores(of: TotalVariation())
/// ```
///
/// Metrics that are measured in one trial share its artifacts, as in an evaluation.
public struct Trial: Sendable {
  /// The aligned rows.
  public let comparison: Comparison
  /// What the evaluation does.
  public let plan: EvaluationPlan
  private let reference: Workspace<ReferenceFrame>
  private let exchangeable: Workspace<ExchangeableFrame>

  /// Aligns tables.
  ///
  /// - Parameters:
  ///   - training: The rows that the generator saw.
  ///   - synthetic: The rows under test.
  ///   - holdout: Rows that it never saw.
  ///   - declared: What is said of the columns.
  ///   - embeddings: Vectors of the rows of all tables.
  ///   - plan: What the evaluation does; by default as little as shows a metric's behaviour.
  ///   - threads: How many threads a kernel may use.
  /// - Throws: ``/AssayTable/AlignmentError``.
  public init(
    training: RawTable, synthetic: RawTable, holdout: RawTable? = nil,
    declared: SchemaDeclaration = SchemaDeclaration(), embeddings: GivenEmbeddings? = nil,
    plan: EvaluationPlan = .brief(), threads: Int = 1
  ) throws(AlignmentError) {
    let real = try RealTables(
      training: training, holdout: holdout, declared: declared, settings: plan.bins,
      threads: threads)
    try self.init(
      real, synthetic: synthetic, embeddings: embeddings, plan: plan, threads: threads)
  }

  /// Aligns synthetic rows with a real side that is ready.
  ///
  /// - Throws: ``/AssayTable/AlignmentError``.
  public init(
    _ real: RealTables, synthetic: RawTable, embeddings: GivenEmbeddings? = nil,
    plan: EvaluationPlan = .brief(), threads: Int = 1
  ) throws(AlignmentError) {
    var comparison = try Comparison(real, synthetic: synthetic)
    comparison.embeddings = embeddings
    self.comparison = comparison
    self.plan = plan
    reference = Workspace(comparison.reference, plan: plan, threads: threads)
    exchangeable = Workspace(comparison.exchangeable, plan: plan, threads: threads)
  }

  /// What a metric finds.
  ///
  /// - Throws: ``/AssayMetrics/MetricError``.
  public func result(of metric: some Metric) async throws(MetricError) -> MetricResult {
    try await measure(metric)
  }

  /// The scores of a metric.
  ///
  /// - Throws: ``/AssayMetrics/MetricError``.
  public func scores(of metric: some Metric) async throws(MetricError) -> [Score] {
    try await measure(metric).scores
  }

  private func measure<M: Metric>(_ metric: M) async throws(MetricError) -> MetricResult {
    if let workspace = reference as? Workspace<M.Frame> {
      return try await metric.measure(workspace.frame, in: workspace)
    }
    if let workspace = exchangeable as? Workspace<M.Frame> {
      return try await metric.measure(workspace.frame, in: workspace)
    }
    let frame = M.Frame(comparison)
    return try await metric.measure(frame, in: Workspace(frame, plan: plan, threads: 1))
  }
}

extension EvaluationPlan {
  /// A plan for tests: few replicates and groups, so that a trial takes milliseconds.
  ///
  /// - Parameters:
  ///   - replicates: Replicates of every resampling.
  ///   - seed: The seed.
  /// - Returns: A quick plan with 64 groups and 99 permutations.
  public static func brief(replicates: Int = 24, seed: UInt64 = 1) -> EvaluationPlan {
    var plan = EvaluationPlan(preset: .quick, seed: seed)
    plan.replicates = replicates
    plan.shards = 64
    plan.permutations = 99
    // Neighbours are slow in builds for debugging.
    plan.neighbourSample = 300
    plan.classifierRows = 150
    plan.classifierTrees = 15
    plan.peelingLimit = 0
    plan.distanceRows = 40
    plan.membershipRows = 150
    plan.utility = UtilitySettings(
      rows: 300, linearRows: 150, neighbourRows: 100, trees: 10, refits: 20, refitRows: 60,
      curveRepeats: 1)
    plan.attackTargets = 200
    plan.attackRows = 1_000
    plan.attackPredicates = 100
    plan.embeddingRows = 60
    return plan
  }
}

extension [Score] {
  /// The score of the whole table against one real side.
  public func table(_ against: Against = .training) -> Score? {
    first { $0.subject.isTable && $0.against == against }
  }

  /// The score of some columns against one real side.
  public func of(_ columns: String..., against: Against = .training) -> Score? {
    first { $0.subject.columns == columns && $0.against == against }
  }
}
