import Foundation

/// Gives every spelling of a level the position of the level.
///
/// The first side defines the levels; later sides are matched exactly, then by normal form
/// (surrounding blanks, letter case, Unicode form, `1` and `1.0`) where that is unambiguous.
struct LevelMatcher: Sendable {
  private(set) var names: [String] = []
  private var exact: [String: Int32] = [:]
  private var normal: [String: Int32] = [:]
  private let matchesSpelling: Bool
  /// Levels that were matched although they are written differently.
  private(set) var respelled = 0

  init(matchesSpelling: Bool) { self.matchesSpelling = matchesSpelling }

  /// The position of a level, added where it is new.
  mutating func position(of level: String) -> Int32 {
    if let known = exact[level] { return known }
    let form = Self.normalForm(level)
    if matchesSpelling, let known = normal[form], known >= 0 {
      exact[level] = known
      respelled += 1
      return known
    }
    return add(level, form: form)
  }

  /// Adds a level of the defining side: two levels of one normal form stay apart.
  mutating func define(_ level: String) -> Int32 {
    if let known = exact[level] { return known }
    return add(level, form: Self.normalForm(level))
  }

  mutating func resetCount() { respelled = 0 }

  private mutating func add(_ level: String, form: String) -> Int32 {
    let position = Int32(names.count)
    names.append(level)
    exact[level] = position
    normal[form] = normal[form] == nil ? position : -1
    return position
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
    return canonical(value)
  }

  /// The shortest spelling; whole numbers without a point.
  static func canonical(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 9.007199254740992e15 { return String(Int64(value)) }
    return String(value)
  }
}
