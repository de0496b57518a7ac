import AssayDocument
import AssayEvaluation
import AssayReport

/// By what a run is judged, read before any work is done.
struct PolicyChoice: Sendable {
  let policy: Policy
  /// The policy as it was named; a file by its own name, since a document holds no path.
  let name: String
  let previous: EvaluationDocument?
  let day: PolicyDay?
  /// The number of the run; nil where no history is kept.
  let run: Int?
  /// Where the policy is written down; nil for one that is part of the program.
  var place: PolicyPlace?

  /// The choice that settings make; nil where the first look answers.
  ///
  /// `document` is the saved document that is judged, if it is one; `earlier` are the reports of
  /// `--history` where they are counted whether a policy gates or not.
  static func made(
    by layer: SettingsLayer, judging document: String? = nil, earlier: [EvaluationDocument]? = nil
  ) throws -> PolicyChoice? {
    guard let name = layer.policy, name != PolicyPresets.firstLook.name else {
      let given = [
        ("--previous", layer.previous != nil), ("--as-of", layer.asOf != nil),
        ("--history", layer.history != nil && earlier == nil),
      ].filter(\.1).map(\.0)
      guard given.isEmpty else {
        throw UsageError("\(given.joined(separator: ", ")) needs a policy that gates: --policy")
      }
      return nil
    }
    let policy = try PolicyFile.read(name)
    let asks = policy.requirements.contains { $0.compare == .previous }
    if asks, layer.previous == nil {
      throw UsageError(
        "policy \(policy.name) compares with an earlier document: --previous report.json")
    }
    if policy.needsDay, layer.asOf == nil {
      throw UsageError(
        "policy \(policy.name) has waivers that end on a day: say which day it is, as in "
          + "--as-of 2026-05-31")
    }
    let kept =
      try earlier ?? layer.history.map { try PolicyHistory.documents(in: $0, except: document) }
    return PolicyChoice(
      policy: policy, name: Self.fileName(name),
      previous: try layer.previous.map { try SavedDocument.read($0) },
      day: layer.asOf,
      run: kept.map { reports in 1 + reports.count { $0.verdict.policy.name == policy.name } },
      place: try PolicyFile.place(name))
  }

  /// The last part of a path.
  private static func fileName(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }

  /// Judges a document and puts the verdict into it.
  func judge(_ document: inout EvaluationDocument) throws -> PolicyJudgement {
    let judgement = try PolicyJudge(
      policy: policy, document: document, previous: previous, day: day, run: run, name: name
    ).judgement()
    document.verdict = judgement.verdict
    return judgement
  }
}

extension PolicyJudgement {
  /// The exit status and its word.
  var outcome: (status: ExitStatus, word: String) {
    let failed = consequences.count { $0 == .failed }
    switch consequence {
    case .failed:
      return (
        .requirementFailed, failed == 1 ? "a requirement failed" : "\(failed) requirements failed"
      )
    case .undecided: return (.undecided, "undecided")
    case .warn: return (.success, verdict.status == .passed ? "passed" : "undecided, with warnings")
    case .none: return (.success, verdict.advisory ? "evaluated" : verdict.status.rawValue)
    }
  }
}
