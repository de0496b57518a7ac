public import AssayDocument
public import AssayMetrics
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

  /// Aligns the real rows and freezes the plan.
  ///
  /// - Throws: ``EvaluationError`` with every problem.
  public init(
    training: RawTable, holdout: RawTable?, options: EvaluationOptions
  ) throws(EvaluationError) {
    throw EvaluationError(.internal, ["under construction"])
  }

  /// Runs the metrics against synthetic rows.
  ///
  /// - Parameters:
  ///   - synthetic: The rows under test.
  ///   - progress: Is told what is being done and the share of the work that is behind, 0 to 1.
  /// - Throws: ``EvaluationError``; nothing half done is returned.
  public func evaluate(
    synthetic: RawTable,
    progress: @Sendable (_ step: String, _ share: Double) -> Void = { _, _ in }
  ) async throws(EvaluationError) -> EvaluationDocument {
    throw EvaluationError(.internal, ["under construction"])
  }
}
