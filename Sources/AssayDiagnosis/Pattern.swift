import AssayDocument

/// A signature in the scores that has a name.
protocol Pattern: Sendable {
  /// The stable name.
  var id: String { get }
  /// The name that readers see.
  var name: String { get }
  /// What to try, whatever the generator.
  var remedy: String { get }
  /// What to try by kind of generator.
  var remedies: [GeneratorFamily: String] { get }
  /// Looks for the signature.
  func sign(in reading: Reading) -> Sign?
}

/// What a pattern saw.
struct Sign {
  /// What is the case, in a sentence or two.
  var sentence: String
  /// The columns that it shows in, the clearest first.
  var columns: [String] = []
  /// The numbers that make the pattern.
  var evidence: [String: DetailValue] = [:]
  /// Names of the findings that it explains, by the start of their identifiers and by columns; no
  /// columns stand for all.
  var explains: [(code: String, columns: Set<String>)] = []
  /// Patterns that say no more than this one where both are seen.
  var replaces: Set<String> = []
}

extension Sign {
  /// Findings on columns and on their relations.
  static let distributions = ["distribution", "relation", "told-apart", "segment"]

  /// Explains all findings on the likeness of some columns.
  mutating func explainLikeness(of columns: [String]) {
    for code in Self.distributions { explains.append((code, Set(columns))) }
  }
}
