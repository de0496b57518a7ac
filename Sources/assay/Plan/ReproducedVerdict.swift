import AssayDocument
import AssayEvaluation

/// What makes the verdict of a saved document again: its policy, where it can be had.
struct ReproducedVerdict: Sendable {
  /// The policy; nil where the first look answers, or where it is not at hand.
  let policy: Policy?
  /// Why the verdict cannot be made again, with what would help.
  let obstacle: String?
  private let recorded: Verdict
  private let name: String?
  private let previous: EvaluationDocument?

  /// Finds the policy of a verdict: the file that is given, or the embedded one of its name and digest.
  ///
  /// - Throws: ``UsageError`` where another policy is given than the one of the verdict.
  init(of verdict: Verdict, policy given: String?, previous path: String?) throws {
    recorded = verdict
    name = given
    let reference = verdict.policy
    guard !verdict.isFirstLook else {
      if given != nil || path != nil {
        throw UsageError(
          "the document was judged by no policy that gates; leave --policy and --previous out")
      }
      (policy, obstacle, previous) = (nil, nil, nil)
      return
    }
    let found: Policy?
    if let given {
      let policy = try PolicyFile.read(given)
      guard policy.reference == reference else {
        throw UsageError(
          "\(given) is not the policy of the document: it is \(Self.words(policy.reference)), the "
            + "document was judged by \(Self.words(reference))")
      }
      found = policy
    } else {
      found = PolicyPresets.named(reference.name).flatMap { $0.reference == reference ? $0 : nil }
    }
    policy = found
    previous = try path.map { try SavedDocument.read($0) }
    guard let found else {
      obstacle =
        "it needs the file of policy \(Self.words(reference)), by --policy FILE"
      return
    }
    let asks = found.requirements.contains { $0.compare == .previous }
    if path != nil, !asks {
      throw UsageError(
        "policy \(found.name) compares with no earlier document; leave --previous out")
    }
    obstacle =
      asks && path == nil ? "it compares with an earlier document, by --previous report.json" : nil
  }

  /// The document with the verdict of the same policy, day and run; with the recorded verdict where the
  /// policy is not at hand.
  func judging(_ document: EvaluationDocument) throws -> EvaluationDocument {
    var document = document
    guard !recorded.isFirstLook else { return document }
    guard let policy, obstacle == nil else {
      document.verdict = recorded
      return document
    }
    document.verdict = try PolicyJudge(
      policy: policy, document: document, previous: previous,
      day: recorded.asOf.flatMap(PolicyDay.init), run: recorded.run, name: name
    ).judgement().verdict
    return document
  }

  private static func words(_ reference: Verdict.PolicyReference) -> String {
    "\(reference.name) \(reference.version) (digest \(reference.hash.prefix(12)))"
  }
}
