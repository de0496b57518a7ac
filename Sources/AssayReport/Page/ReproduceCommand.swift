import AssayDocument
import Foundation

/// The command that makes the same report again, as far as the document knows it.
///
/// What was set for the run is in the document's plan, which the command reads. Files are not: each that
/// the run read is named, by a word in capitals where the document does not say what it is called.
struct ReproduceCommand {
  /// The command on one line.
  let text: String
  /// Whether a word in capitals stands for a file.
  let hasUnnamed: Bool

  init(_ document: EvaluationDocument) {
    let inputs = document.inputs
    let draws = document.draws?.inputs ?? [inputs.synthetic]
    var words = ["assay", "reproduce", "report.json", "--real", Self.quoted(inputs.training.name)]
    for input in draws { words += ["--synthetic", Self.quoted(input.name)] }
    if let holdout = inputs.holdout { words += ["--holdout", Self.quoted(holdout.name)] }
    if let reference = inputs.reference { words += ["--reference", Self.quoted(reference.name)] }
    let named = words.count
    words += document.plan.embeddingOptions(draws: draws.count, hasHoldout: inputs.holdout != nil)
    if document.verdict.isComparedWithEarlier { words += ["--previous", "EARLIER-REPORT"] }
    hasUnnamed = words.count > named
    if let policy = document.verdict.policyWord { words += ["--policy", policy] }
    text = words.joined(separator: " ")
  }

  /// What a word that was quoted for a shell stands for; whatever else it holds is quoted anew.
  static func unquoted(_ word: Substring) -> String {
    guard word.count > 1, word.hasPrefix("'"), word.hasSuffix("'") else { return String(word) }
    return String(word.dropFirst().dropLast()).replacing(#"'\''"#, with: "'")
  }

  /// A word that a shell takes as it is; what cannot be typed is shown as an escape.
  static func quoted(_ word: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/=+,:@%")
    if !word.isEmpty, !word.hasPrefix("-"), word.allSatisfy(plain.contains) { return word }
    let shown = VisibleText.clipped(word, to: 200)
    return "'"
      + shown.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: #"'\''"#) + "'"
  }
}

extension Verdict {
  /// The policy as whoever ran the judgement named it, for a shell; `nil` where none was given.
  fileprivate var policyWord: String? {
    guard !isFirstLook else { return nil }
    let flag = " --policy "
    for command in requirements.lazy.compactMap(\.command) {
      guard let place = command.range(of: flag, options: .backwards) else { continue }
      return ReproduceCommand.quoted(ReproduceCommand.unquoted(command[place.upperBound...]))
    }
    return ReproduceCommand.quoted(policy.name)
  }

  /// Whether a requirement asks how much has changed since an earlier document.
  fileprivate var isComparedWithEarlier: Bool {
    requirements.contains { $0.compared.contains("the earlier document") }
  }
}
