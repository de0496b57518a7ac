/// Decides what a column is from the real rows, and says why.
struct KindInference: Sendable {
  /// The decision.
  var kind: ColumnKind
  /// Tokens that count as missing because of the kind.
  var missingTokens: [String] = []
  /// The reasons.
  var why: [String] = []

  /// From this many different values on, words that mostly differ name things.
  private static let manyLevels = 50
  /// Up to this many different whole numbers may well be codes.
  private static let fewNumbers = 10
  /// The fewest rows in which it says something that no two share a value.
  private static let fewRows = 20

  init(name: String, evidence: ColumnEvidence) {
    if evidence.present == 0 {
      kind = .category
      missingTokens = evidence.missingTokens
      why = ["no real row has a value: the column is not compared"]
    } else if evidence.physical == [.temporal] {
      kind = .datetime
      why = ["every value reads as a date or time"]
    } else if evidence.physical == [.numeric] {
      kind = evidence.isWhole ? .integer : .real
      why = [kind == .integer ? "every value is a whole number" : "every value is a number"]
      if kind == .integer, evidence.distinct <= Self.fewNumbers, evidence.distinct > 1 {
        why.append(
          "\(evidence.distinct) different ones: declare it as a category if they are codes")
      }
      noteIdentifier(name: name, evidence: evidence)
    } else if let words = Self.truthWords(evidence) {
      kind = .boolean
      missingTokens = evidence.missingTokens
      why = [
        words.count == 1
          ? "the only value is \(words[0])" : "the values are \(words[0]) and \(words[1])"
      ]
      if evidence.physical.contains(.numeric) || evidence.levels.contains(where: Self.isZeroOne) {
        why.append("1 and 0 mean the same")
      }
    } else if let tokens = Self.fewExceptions(evidence) {
      kind = evidence.decimals > 0 ? .real : .integer
      missingTokens = tokens.map(\.token)
      let share = Self.percent(tokens.reduce(0) { $0 + $1.count }, of: evidence.present)
      let noun = tokens.count == 1 ? "one other word" : "\(tokens.count) other words"
      why = ["numbers, but for \(noun) in \(share) of the values: those count as missing"]
      noteIdentifier(name: name, evidence: evidence)
    } else {
      kind = .category
      why = ["the values are words"]
      noteWords(name: name, evidence: evidence)
    }
  }

  private static func isZeroOne(_ word: String) -> Bool { word == "0" || word == "1" }

  /// The two words of a column of yes and no, where 0 and 1 may stand beside them.
  private static func truthWords(_ evidence: ColumnEvidence) -> [String]? {
    guard evidence.physical.contains(.coded), evidence.physical.isSubset(of: [.coded, .numeric]),
      evidence.isZeroOne
    else { return nil }
    let words = evidence.levels.filter { !isZeroOne($0) }
    return TruthWords.arePair(words) ? words : nil
  }

  /// Tokens that are few enough for a column of numbers to stay one.
  private static func fewExceptions(
    _ evidence: ColumnEvidence
  ) -> [(token: String, count: Int)]? {
    guard !evidence.physical.contains(.temporal), !evidence.hasLeadingZeros,
      !evidence.hasLongIntegers, evidence.numericShare >= 0.5, !evidence.exceptions.isEmpty,
      evidence.exceptions.count <= 5 || evidence.numericShare >= 0.99,
      evidence.distinct - evidence.exceptions.count > 20
    else { return nil }
    return evidence.exceptions
  }

  private mutating func noteWords(name: String, evidence: ColumnEvidence) {
    let mostDiffer =
      evidence.distinct > Self.manyLevels && evidence.distinct * 2 > evidence.present
    if evidence.hasOpenDates {
      if mostDiffer { kind = .text }
      why = ["dates that leave the order of day and month open: taken as words"]
      return
    }
    if evidence.hasLongIntegers {
      kind = .identifier
      why = ["whole numbers too long to be quantities: an identifier, not compared"]
      return
    }
    if evidence.hasLeadingZeros { why = ["numbers with leading zeros are codes, not quantities"] }
    noteIdentifier(name: name, evidence: evidence)
    guard kind == .category, mostDiffer || evidence.physical.contains(.text) else { return }
    if evidence.meanBlanks >= 1 {
      kind = .text
      why = ["most values differ and hold several words: free text, not compared"]
    } else {
      kind = .identifier
      why = ["more than half of the values differ: names of things, not compared"]
    }
  }

  private mutating func noteIdentifier(name: String, evidence: ColumnEvidence) {
    guard kind != .real, evidence.rows >= 10, kind == .integer || evidence.meanBlanks < 1 else {
      return
    }
    let soundsLikeOne = Self.soundsLikeIdentifier(name)
    let isUnique = evidence.distinct >= evidence.present && evidence.present == evidence.rows
    let reason: String
    if evidence.isCounter {
      reason = "the values count the rows"
    } else if isUnique,
      soundsLikeOne
        || (kind == .integer ? Self.soundsLikeCount(name) : evidence.rows >= Self.fewRows)
    {
      reason = "no two rows share a value"
    } else if evidence.isBalanced {
      reason = "many values, each of them equally often"
    } else if soundsLikeOne, evidence.distinct > Self.manyLevels {
      reason = "its name says so and it has many different values"
    } else if soundsLikeOne, kind == .integer {
      kind = .category
      why = ["its name says that the numbers name things: they are taken as levels"]
      return
    } else {
      return
    }
    kind = .identifier
    why = ["\(reason): an identifier, not compared"]
  }

  static func soundsLikeIdentifier(_ name: String) -> Bool {
    let lower = name.lowercased()
    if ["id", "uuid", "guid", "key", "rowid"].contains(lower) { return true }
    for end in ["id", "uuid", "guid", "key"] {
      for mark in ["_", "-", " ", "."] where lower.hasSuffix(mark + end) { return true }
    }
    return name.hasSuffix("Id") || (name.hasSuffix("ID") && name != name.uppercased())
  }

  /// Whether a column of that name may hold row numbers: true of them only if they all differ.
  private static func soundsLikeCount(_ name: String) -> Bool {
    let lower = name.lowercased()
    return ["index", "row", "rownum", "row_number", "row number", "no", "nr"].contains(lower)
      || lower.hasSuffix("_index")
  }

  static func percent(_ count: Int, of total: Int) -> String {
    guard total > 0 else { return "0 %" }
    let tenths = (Double(count) / Double(total) * 1000).rounded() / 10
    if count > 0, tenths == 0 { return "under 0.1 %" }
    return tenths == tenths.rounded() ? "\(Int(tenths)) %" : "\(tenths) %"
  }
}
