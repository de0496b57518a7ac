public import AssayDocument
import AssayMetrics
import AssayNumerics

/// A synthetic table as one prepared evaluation judged it, its rows let go.
public struct JudgedCandidate: Sendable {
  /// The table's own document.
  public let document: EvaluationDocument
  /// The parts of its dimensions, with the replicates that all candidates share.
  let facets: [FacetResult]
}

extension PreparedEvaluation {
  /// Puts candidates of this evaluation beside each other.
  ///
  /// - Parameter candidates: What ``judged(synthetic:embedding:progress:)`` gave for
  ///   each, two or more.
  /// - Returns: Places, contrasts and the front.
  /// - Throws: ``EvaluationError`` where there are fewer than two.
  public func comparison(
    of candidates: [JudgedCandidate]
  ) throws(EvaluationError) -> CandidateComparison {
    guard candidates.count > 1 else {
      throw EvaluationError(.data, ["two or more synthetic tables are compared"])
    }
    do throws(NumericsError) {
      let ranking = CandidateRanking(judged: candidates, level: plan.level)
      if let comparison = try ranking.comparison() { return comparison }
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
    throw EvaluationError(.internal, ["there is no candidate to speak of"])
  }
}
