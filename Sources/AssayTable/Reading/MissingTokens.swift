/// The words that stand for a missing value in columns of numbers and dates.
struct MissingTokens: Sendable {
  private let words: [[UInt8]]
  private let longest: Int

  init(_ tokens: [String]) {
    words = tokens.map { Array($0.utf8) }.filter { !$0.isEmpty }
    longest = words.map(\.count).max() ?? 0
  }

  /// Whether a range is one of the words.
  func contains(_ bytes: Bytes, _ start: Int, _ length: Int) -> Bool {
    guard length <= longest else { return false }
    return words.contains { word in
      guard word.count == length else { return false }
      for index in word.indices where bytes[start + index] != word[index] { return false }
      return true
    }
  }

  /// Whether a range is a word for infinity or, with any sign, for not-a-number.
  static func isNonFinite(_ bytes: Bytes, _ start: Int, _ length: Int) -> Bool {
    guard length >= 3, length <= 9 else { return false }
    var text = bytes.text(start, length).lowercased()
    if text.hasPrefix("-") || text.hasPrefix("+") { text.removeFirst() }
    return text == "inf" || text == "infinity"
  }
}
