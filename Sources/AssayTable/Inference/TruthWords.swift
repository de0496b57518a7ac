/// The words that two states are spelled in.
enum TruthWords {
  private static let pairs: [(yes: String, no: String)] = [
    ("true", "false"), ("yes", "no"), ("t", "f"), ("y", "n"), ("on", "off"),
  ]

  /// Whether these words, in lower case, are a pair for yes and no, or one half of true and false.
  static func arePair(_ words: [String]) -> Bool {
    switch words.count {
    case 1: words[0] == "true" || words[0] == "false"
    case 2: pairs.contains { Set([$0.yes, $0.no]) == Set(words) }
    default: false
    }
  }

  /// What a word in lower case says; `nil` where it is none.
  static func value(_ word: String) -> Bool? {
    switch word {
    case "1": true
    case "0": false
    default:
      pairs.contains { $0.yes == word } ? true : pairs.contains { $0.no == word } ? false : nil
    }
  }
}

extension RawColumn {
  /// The column with words for yes and no turned into 1 and 0; `nil` where it holds other words.
  func readingTruthWords(missing tokens: [String]) -> NumericValues? {
    guard case .coded(let coded) = values, coded.levels.count <= 64 else { return nil }
    let missing = Set(ReadingOptions.standardMissingTokens + tokens)
    var words: [String] = []
    let numbers = coded.levels.strings.map { level -> Double? in
      let text = level.trimmed
      guard !missing.contains(text) else { return nil }
      words.append(text.lowercased())
      return TruthWords.value(text.lowercased()).map { $0 ? 1 : 0 }
    }
    let spelled = Set(words).subtracting(["0", "1"]).sorted()
    guard !spelled.isEmpty, TruthWords.arePair(spelled) else { return nil }
    return ColumnPromotion.expand(coded.codes, numbers)
  }
}
