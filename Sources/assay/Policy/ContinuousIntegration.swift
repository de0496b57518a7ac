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
  func lines(_ judgement: PolicyJudgement) -> [String] {
    guard !judgement.verdict.advisory else { return [] }
    return zip(judgement.verdict.requirements, judgement.consequences).compactMap {
      requirement, consequence in
      guard consequence != .none else { return nil }
      let state = requirement.waiver.map { "\(requirement.status.rawValue), waived by \($0)" }
      let text =
        "policy \(judgement.verdict.policy.name): \(requirement.id) "
        + "\(state ?? requirement.status.rawValue): \(requirement.why)"
      switch (self, consequence) {
      case (.github, .warn): return "::warning::" + Self.escaped(text)
      case (.github, _): return "::error::" + Self.escaped(text)
      case (_, .warn): return "assay: warning: " + VisibleText.line(text)
      // The summary says what failed.
      default: return nil
      }
    }
  }

  /// A text in a workflow command, where a percent sign and line ends have a meaning.
  private static func escaped(_ text: String) -> String {
    VisibleText.line(text).replacing("%", with: "%25")
      .replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
