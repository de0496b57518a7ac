import Foundation

/// Gives every spelling of a level the position of the level.
///
/// The first side defines the levels; later sides are matched exactly, then by normal form
/// (surrounding blanks, letter case, Unicode form, `1` and `1.0`) where that is unambiguous.
struct LevelMatcher: Sendable {
  private(set) var names: [String] = []
  // Keyed by bytes: texts that only Unicode holds equal are written differently.
  private var exact: [[UInt8]: Int32] = [:]
  private var normal: [String: Int32] = [:]
  private let matchesSpelling: Bool
  private let isBoolean: Bool
  /// Levels that are a known one written differently, whether they were matched or not.
  private(set) var respelled = 0

  /// Makes a matcher; in a `boolean` column the words for yes and no and 1 and 0 are one level each.
  init(matchesSpelling: Bool, isBoolean: Bool = false) {
    self.matchesSpelling = matchesSpelling
    self.isBoolean = isBoolean
  }

  /// The position of a level, added where it is new.
  mutating func position(of level: String) -> Int32 {
    let bytes = Array(level.utf8)
    if let known = exact[bytes] { return known }
    let form = normalForm(level)
    if let known = normal[form], known >= 0 {
      respelled += 1
      if matchesSpelling {
        exact[bytes] = known
        return known
      }
    }
    return add(level, bytes, form: form)
  }

  /// Adds a level of the defining side: two levels of one normal form stay apart.
  mutating func define(_ level: String) -> Int32 {
    let bytes = Array(level.utf8)
    if let known = exact[bytes] { return known }
    return add(level, bytes, form: normalForm(level))
  }

  mutating func resetCount() { respelled = 0 }

  private mutating func add(_ level: String, _ bytes: [UInt8], form: String) -> Int32 {
    let position = Int32(names.count)
    names.append(level)
    exact[bytes] = position
    normal[form] = normal[form] == nil ? position : -1
    return position
  }

  private func normalForm(_ level: String) -> String {
    let form = Self.normalForm(level)
    guard isBoolean, let value = TruthWords.value(form) else { return form }
    return value ? "true" : "false"
  }

  static func normalForm(_ level: String) -> String {
    let trimmed = level.trimmingCharacters(in: .whitespacesAndNewlines)
    if let number = NumberSpelling.canonical(trimmed) { return number }
    return trimmed.precomposedStringWithCanonicalMapping.lowercased()
  }
}

/// How numbers are written when they serve as names.
enum NumberSpelling {
  /// `1.0`, `1` and `+1` alike; `nil` where the text is no plain number.
  static func canonical(_ text: String) -> String? {
    guard let first = text.utf8.first, text.utf8.count <= 24,
      (48...57).contains(first) || first == 45 || first == 43 || first == 46
    else { return nil }
    let digits = text.utf8.drop { $0 == 45 || $0 == 43 }
    if digits.count > 1, digits.first == 48, digits.dropFirst().first != 46 { return nil }
    guard let value = Double(text), value.isFinite else { return nil }
    return NumericValues.canonical(value == 0 ? 0 : value)
  }
}
