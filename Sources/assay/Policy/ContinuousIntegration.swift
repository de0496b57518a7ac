import AssayReport
import AssayDocument
import AssayEvaluation

/// The system that runs a pipeline, for the form of its warnings.
enum ContinuousIntegration: String, Sendable, CaseIterable {
  case auto, github, gitlab, none

  /// The system that the environment speaks of.
  func resolved(_ environment: [String: String]) -> ContinuousIntegration {
    guard self == .auto else { return self }
    if environment["GITHUB_ACTIONS"] == "true" { return .github }
    return environment["GITLAB_CI"] == "true" ? .gitlab : .none
  }

  /// The lines that standard error gets for requirements that need a person's eye.
  func lines(_ judgement: PolicyJudgement, place: PolicyPlace) -> [String] {
    guard !judgement.verdict.advisory else { return [] }
    let annotations = Annotations(self == .github ? .github : .plain, place: place)
    return zip(judgement.verdict.requirements, judgement.consequences).compactMap {
      requirement, consequence in
      guard consequence != .none else { return nil }
      return annotations.line(
        requirement, policy: judgement.verdict.policy.name,
        consequence == .warn ? .warning : .error)
    }
  }
}
