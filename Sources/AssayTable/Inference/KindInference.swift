/// Decides what a column is from the real rows, and says why.
struct KindInference: Sendable {
  /// The decision.
  var kind: ColumnKind
  /// Tokens that will count as missing because the column is one of numbers.
  var missingTokens: [String] = []
  /// Whether the column names rows or things.
  var isIdentifier = false
  /// The reasons.
  var why: [String] = []

  private static let words: [[String]] = [
    ["true", "false"], ["yes", "no"], ["t", "f"], ["y", "n"], ["on", "off"],
  ]

  init(name: String, evidence: ColumnEvidence) {
    let missing = Set(ReadingOptions.standardMissingTokens.map { $0.lowercased() })
    if evidence.present == 0 {
      kind = .category
      why = ["no real row has a value: the column is not compared"]
      return
    }
    if evidence.physical == [.temporal] {
      kind = .datetime
      why = ["every value reads as a date or time"]
      return
    }
    if evidence.physical == [.numeric] {
      kind = evidence.isWhole ? .integer : .real
      why = [
        kind == .integer ? "every value is a whole number" : "every value is a number"
      ]
      noteIdentifier(name: name, evidence: evidence)
      return
    }
    let words = evidence.levels.filter { !missing.contains($0) }
    if evidence.physical.isSubset(of: [.coded]), words.count == 2,
      Self.words.contains(where: { Set($0) == Set(words) })
    {
      kind = .boolean
      missingTokens = evidence.levels.filter { missing.contains($0) }
      why = ["the values are \(words[0]) and \(words[1])"]
      return
    }
    if !evidence.hasLeadingZeros, let tokens = Self.fewExceptions(evidence) {
      kind = evidence.decimals > 0 ? .real : .integer
      missingTokens = tokens.map(\.token)
      let share = Self.percent(tokens.reduce(0) { $0 + $1.count }, of: evidence.present)
      let noun = tokens.count == 1 ? "one other word" : "\(tokens.count) other words"
      why = ["numbers, but for \(noun) in \(share) of the values: those count as missing"]
      noteIdentifier(name: name, evidence: evidence)
      return
    }
    kind = .category
    why = [
      evidence.hasLeadingZeros
        ? "numbers with leading zeros are codes, not quantities" : "the values are words"
    ]
    noteIdentifier(name: name, evidence: evidence)
    if !isIdentifier, evidence.distinct > 50, evidence.distinct * 2 > evidence.present,
      evidence.meanBlanks >= 1
    {
      kind = .text
      why = ["most values differ and hold several words: free text, not compared"]
    } else if !isIdentifier, evidence.physical.contains(.text) {
      kind = .identifier
      why = ["more than half of the values differ: names of things, not compared"]
    }
  }

  /// Tokens that are few enough for a column of numbers to stay one.
  private static func fewExceptions(
    _ evidence: ColumnEvidence
  ) -> [(token: String, count: Int)]? {
    guard evidence.physical != [.temporal], evidence.numericShare >= 0.5,
      !evidence.exceptions.isEmpty, evidence.exceptions.count <= 5,
      evidence.distinct - evidence.exceptions.count > 20
    else { return nil }
    return evidence.exceptions
  }

  private mutating func noteIdentifier(name: String, evidence: ColumnEvidence) {
    guard evidence.rows >= 10 else { return }
    let soundsLikeOne = Self.soundsLikeIdentifier(name)
    let isUnique = evidence.distinct >= evidence.present && evidence.present == evidence.rows
    let reason: String?
    if kind == .real {
      reason = nil
    } else if evidence.isCounter {
      reason = "the values count the rows"
    } else if isUnique && (kind != .integer || soundsLikeOne) {
      reason = "no two rows share a value"
    } else if soundsLikeOne && evidence.distinct * 10 > evidence.present && evidence.distinct > 50 {
      reason = "its name says identifier and many of its values differ"
    } else {
      reason = nil
    }
    guard let reason, kind == .integer || evidence.meanBlanks < 1 else { return }
    kind = .identifier
    isIdentifier = true
    why = ["\(reason): an identifier, not compared"]
  }

  static func soundsLikeIdentifier(_ name: String) -> Bool {
    let lower = name.lowercased()
    if ["id", "uuid", "guid", "key", "rowid", "index"].contains(lower) { return true }
    if lower.hasSuffix("_id") || lower.hasSuffix("-id") || lower.hasSuffix(" id") { return true }
    if lower.hasSuffix("_uuid") || lower.hasSuffix("_key") { return true }
    return name.hasSuffix("Id") || name.hasSuffix("ID")
  }

  static func percent(_ count: Int, of total: Int) -> String {
    guard total > 0 else { return "0 %" }
    let tenths = (Double(count) / Double(total) * 1000).rounded() / 10
    if count > 0, tenths == 0 { return "under 0.1 %" }
    return tenths == tenths.rounded() ? "\(Int(tenths)) %" : "\(tenths) %"
  }
}
