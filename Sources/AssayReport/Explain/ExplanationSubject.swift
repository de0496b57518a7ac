public import AssayDocument

/// What is to be explained of a document.
public enum ExplanationSubject: Sendable, Hashable {
  /// Everything: the diagnoses and the list of findings.
  case all
  /// One finding.
  case finding(Finding)
  /// One diagnosis.
  case diagnosis(Diagnosis)
  /// One column, or several with their relations, in the order of the document.
  case columns([String])

  /// Finds what a word of the user means: a finding by identifier or number, a diagnosis by its
  /// identifier, a column, or columns with commas between them.
  ///
  /// - Returns: `nil` where there is nothing of that name.
  public init?(_ word: String, in document: EvaluationDocument) {
    let names = document.columns.map(\.name)
    // A name may hold a comma: the whole word is tried first.
    if names.contains(word) {
      self = .columns([word])
      return
    }
    if let finding = document.findings.first(where: { $0.id == word }) {
      self = .finding(finding)
      return
    }
    if let diagnosis = document.diagnoses.first(where: { $0.id == word }) {
      self = .diagnosis(diagnosis)
      return
    }
    if let number = Int(word), number >= 1, number <= document.findings.count {
      self = .finding(document.findings[number - 1])
      return
    }
    let parts = Self.parts(word, among: names)
    guard !parts.isEmpty, parts.allSatisfy(names.contains) else { return nil }
    self = .columns(names.filter(parts.contains))
  }

  /// The columns that a word names: cut at commas where the pieces are names of columns.
  static func parts(_ word: String, among names: [String]) -> [String] {
    let pieces = word.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var found: [String] = []
    var start = 0
    while start < pieces.count {
      let rest = (start + 1...pieces.count).reversed()
      let end = rest.first { names.contains(Self.trimmed(pieces[start..<$0])) } ?? start + 1
      found.append(Self.trimmed(pieces[start..<end]))
      start = end
    }
    return found
  }

  private static func trimmed(_ pieces: ArraySlice<String>) -> String {
    var text = Substring(pieces.joined(separator: ","))
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The names that can be asked for: columns, diagnoses, findings.
  public static func names(in document: EvaluationDocument) -> [String] {
    document.columns.map(\.name) + document.diagnoses.map(\.id) + document.findings.map(\.id)
  }

  /// The pieces of a word that name no column, for a message.
  public static func unknown(_ word: String, in document: EvaluationDocument) -> [String] {
    let names = document.columns.map(\.name)
    return parts(word, among: names).filter { !names.contains($0) }
  }
}
