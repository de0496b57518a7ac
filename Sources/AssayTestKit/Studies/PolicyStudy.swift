public import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayNumerics
public import AssayTable

/// What policies make of tables whose truth is known.
public struct PolicyStudy: Sendable {
  /// One comparison: three tables.
  public typealias Tables = (training: RawTable, holdout: RawTable, synthetic: RawTable)

  /// The policies; all judge the same document.
  public var policies: [Policy]
  /// How many evaluations are in work at one time.
  public var threads: Int
  /// What is declared of the columns; requirements on models are judged where a target is.
  public var declared: SchemaDeclaration

  /// Makes a study.
  public init(
    policies: [Policy], threads: Int, declared: SchemaDeclaration = SchemaDeclaration()
  ) {
    self.policies = policies
    self.threads = threads
    self.declared = declared
  }

  /// Judges one set of tables for each run.
  ///
  /// - Parameters:
  ///   - runs: How many runs.
  ///   - tables: The tables of a run; `nil` where there are no more.
  /// - Returns: For each policy the verdict of each run.
  /// - Throws: ``/AssayEvaluation/EvaluationError`` or ``/AssayEvaluation/PolicyError``.
  public func verdicts(
    runs: Int, _ tables: @escaping @Sendable (Int) throws -> Tables?
  ) async throws -> [[Verdict]] {
    let judged = try await concurrentTrials(runs, threads: threads) { run -> [Verdict]? in
      guard let tables = try tables(run) else { return nil }
      let prepared = try PreparedEvaluation(
        training: tables.training, holdout: tables.holdout,
        options: EvaluationOptions(seed: UInt64(run) + 1, threads: 1, declared: declared))
      let document = try await prepared.evaluate(synthetic: tables.synthetic)
      return try policies.map {
        try PolicyJudge(policy: $0, document: document).judgement().verdict
      }
    }
    return policies.indices.map { policy in judged.map { $0[policy] } }
  }

  /// Disjoint training, holdout and fresh real rows of a population, the last given as synthetic.
  public static func fresh(
    _ population: StudyPopulation, rows: Int
  ) -> @Sendable (Int) -> Tables? {
    { run in
      population.samples(rows, trial: run).map {
        (training: $0.training, holdout: $0.holdout, synthetic: $0.synthetic)
      }
    }
  }

  /// The same with a share of the synthetic rows copied from training.
  public static func leaking(
    _ share: Double, _ population: StudyPopulation, rows: Int
  ) -> @Sendable (Int) -> Tables? {
    { run in
      population.samples(rows, trial: run).map { sample in
        let copied = Int((share * Double(rows)).rounded())
        var order = Array(0..<rows)
        var random = RandomStream(seed: 13, path: ["leak", population.name, String(run)])
        random.shuffle(&order)
        var leaky = EditableTable(sample.training).gathered(order.prefix(copied).sorted())
        leaky.append(
          EditableTable(sample.synthetic).gathered(order.suffix(rows - copied).sorted()))
        return (training: sample.training, holdout: sample.holdout, synthetic: leaky.raw())
      }
    }
  }

  /// Whether a requirement of a policy about a dimension failed.
  public static func failed(_ dimension: Dimension, _ verdict: Verdict, of policy: Policy) -> Bool {
    verdict.requirements.contains { row in
      guard row.status == .failed else { return false }
      let name = row.id.split(separator: " (").first.map(String.init) ?? row.id
      switch policy.requirements.first(where: { $0.id == row.id || $0.id == name })?.what {
      case .dimension(let own, _): return own == dimension
      case .metric(let pattern): return pattern.hasPrefix(dimension.rawValue + ".")
      case nil: return false
      }
    }
  }
}
