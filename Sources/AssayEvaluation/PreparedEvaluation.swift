public import AssayDocument
public import AssayMetrics
import AssayPrivacy
public import AssayTable

/// An evaluation whose plan is frozen: real rows aligned and fitted, no synthetic row read yet.
///
/// ```swift
/// let prepared = try PreparedEvaluation(training: real, holdout: holdout, options: options)
/// let document = try await prepared.evaluate(synthetic: table)
/// ```
public struct PreparedEvaluation: Sendable {
  /// What the user chose.
  public let options: EvaluationOptions
  /// What will be done.
  public let plan: EvaluationPlan
  /// The real side.
  public let real: RealTables
  /// The plan as it will be written down, hash included.
  public let planRecord: PlanRecord
  /// The metrics that will run, in catalogue order.
  let catalog: MetricCatalog

  /// Aligns the real rows and freezes the plan.
  ///
  /// - Parameters:
  ///   - training: The rows that the generator saw.
  ///   - holdout: Real rows that it never saw.
  ///   - reference: Rows of the population that neither side holds: what an attacker knows.
  ///   - options: What the user chose.
  /// - Throws: ``EvaluationError`` with every problem: unusable tables, a declaration that fits no
  ///   column, a pattern that fits no metric, a holdout that is none.
  public init(
    training: RawTable, holdout: RawTable?, reference: RawTable? = nil, options: EvaluationOptions
  ) throws(EvaluationError) {
    self.options = options
    let rows = max(training.rowCount, holdout?.rowCount ?? 0)
    if let given = options.embeddings {
      var counts = [TableRole.training: training.rowCount]
      counts[.holdout] = holdout?.rowCount
      let problems = given.problems(rows: counts)
      guard problems.isEmpty else { throw EvaluationError(.data, problems) }
    }
    var plan = EvaluationPlan(preset: options.preset, seed: options.seed, rows: rows)
    plan.k = options.k
    plan.utility.allTargets = options.allTargets
    if options.approximate { plan.closestBlocks = EvaluationPlan.approximateBlocks }
    if let frozen = options.frozen {
      try PlanThawing(frozen).check()
      plan = PlanThawing(frozen).limits(plan)
    } else if let budget = options.budget {
      plan.limit(to: budget, rows: rows)
    }
    if options.frozen == nil, let budget = options.privacyBudget { plan.limitAttacks(to: budget) }
    // Above 200 columns the list is shortened, so that the document stays under ten megabytes.
    if training.columns.count > 200, options.frozen == nil { plan.listLimit = 160 }
    self.plan = plan
    catalog = try Self.catalog(options)
    do throws(AlignmentError) {
      var tables = try RealTables(
        training: training, holdout: holdout, declared: options.declared,
        matchesSpelling: options.matchesSpelling, intended: options.intended, settings: plan.bins,
        threads: options.threads)
      if let reference { try tables.add(reference: reference) }
      real = tables
    } catch {
      throw EvaluationError(error)
    }
    try HoldoutCheck(real).run()
    try ReferenceCheck(real).run()
    planRecord = PlanFreezing(
      plan: plan, real: real, catalog: catalog, options: options
    ).record()
    if let frozen = options.frozen { try PlanThawing(frozen).expect(planRecord) }
  }

  private static func catalog(_ options: EvaluationOptions) throws(EvaluationError) -> MetricCatalog
  {
    let declared = options.intended.isEmpty ? MetricCatalog([]) : .declared
    guard !options.metrics.isEmpty else {
      let thorough = options.preset == .full ? MetricCatalog.thorough : MetricCatalog([])
      return options.catalog.appending(thorough).appending(declared)
    }
    let known = options.catalog.appending(.optional)
    var problems: [String] = []
    let ids = known.descriptors.map(\.id.rawValue)
    for pattern in options.metrics
    where !ids.contains(where: { MetricCatalog.matches($0, pattern: pattern) }) {
      let hint = EditDistance.suggestion(for: pattern, among: ids)
      problems.append(
        "no metric is called '\(pattern)'" + (hint.map { "; did you mean '\($0)'?" } ?? ""))
    }
    guard problems.isEmpty else {
      throw EvaluationError(.metrics, problems, remedy: "'assay metrics' lists them")
    }
    return known.matching(options.metrics).appending(declared)
  }

  /// Runs the metrics against synthetic rows.
  ///
  /// - Parameters:
  ///   - synthetic: The rows under test.
  ///   - embedding: Their vectors, where vectors were given for the real rows.
  ///   - progress: Is told what is being done and the share of the work that is behind, 0 to 1.
  /// - Returns: The document.
  /// - Throws: ``EvaluationError``; nothing half done is returned.
  public func evaluate(
    synthetic: RawTable, embedding: EmbeddingTable? = nil,
    progress: @escaping @Sendable (_ step: String, _ share: Double) -> Void = { _, _ in }
  ) async throws(EvaluationError) -> EvaluationDocument {
    try await judged(synthetic: synthetic, embedding: embedding, progress: progress).document
  }

  /// Runs the metrics, and keeps what is needed to put the table beside others.
  ///
  /// - Parameters:
  ///   - synthetic: The rows under test.
  ///   - embedding: Their vectors, where vectors are given.
  ///   - progress: Is told what is being done and the share of the work that is behind, 0 to 1.
  /// - Returns: The document with the parts that it was made from.
  /// - Throws: ``EvaluationError``; nothing half done is returned.
  public func judged(
    synthetic: RawTable, embedding: EmbeddingTable? = nil,
    progress: @escaping @Sendable (_ step: String, _ share: Double) -> Void = { _, _ in }
  ) async throws(EvaluationError) -> JudgedCandidate {
    var comparison: Comparison
    do throws(AlignmentError) {
      comparison = try Comparison(real, synthetic: synthetic)
    } catch {
      throw EvaluationError(error)
    }
    comparison.embeddings = try embeddings(embedding, rows: synthetic.rowCount)
    let run = MetricRun(
      comparison: comparison, plan: plan, catalog: catalog, threads: options.threads,
      leakRule: options.power
        ? LeakPower.Rule(level: FirstLook.copyLevel, margin: FirstLook.copyMargin) : nil,
      draws: true)
    let outcome = try await run.outcome(progress: progress)
    let baselines =
      options.baselines
      ? try await BaselineRuns(run: run).records(progress: progress) : []
    let document = try DocumentAssembly(
      comparison: comparison, outcome: outcome, plan: plan, planRecord: planRecord,
      options: options, catalog: catalog, baselines: baselines
    ).document()
    return JudgedCandidate(document: document, facets: outcome.facets)
  }

  /// The vectors of all rows, once those under test are known to fit.
  private func embeddings(
    _ synthetic: EmbeddingTable?, rows: Int
  ) throws(EvaluationError) -> GivenEmbeddings? {
    guard var given = options.embeddings else {
      guard let synthetic else { return nil }
      throw EvaluationError(
        .data, ["\(synthetic.name): no embedding was given for the real rows to compare with"])
    }
    given.synthetic = synthetic
    var counts = [TableRole.training: real.training.rowCount, .synthetic: rows]
    counts[.holdout] = real.holdout?.rowCount
    let problems = given.problems(rows: counts)
    guard problems.isEmpty else { throw EvaluationError(.data, problems) }
    return given
  }
}
