import AssayDocument
import AssayMetrics
import AssayTable

typealias Preset = EvaluationPlan.Preset

/// A value that a setting does not take.
struct SettingProblem: Error, Sendable {
  /// What is wrong and what is known.
  var sentence: String
}

/// Reads the values of settings, the same way from flags, environment and file.
enum SettingValue {
  /// One of the words of an enumeration.
  static func word<W>(_ text: String, _ key: SettingKey) throws(SettingProblem) -> W
  where W: RawRepresentable<String> & CaseIterable {
    if let word = W(rawValue: text) { return word }
    throw unknown(text, key.rawValue, W.allCases.map(\.rawValue))
  }

  static func flag(_ text: String, _ key: SettingKey) throws(SettingProblem) -> Bool {
    switch text.lowercased() {
    case "true", "yes", "on", "1": return true
    case "false", "no", "off", "0", "": return false
    default: throw SettingProblem(sentence: "'\(key.rawValue)' must be true or false")
    }
  }

  /// `all`, the one word of a setting that otherwise is not set.
  static func all(_ text: String, _ key: SettingKey) throws(SettingProblem) -> Bool {
    guard text == "all" else {
      throw SettingProblem(
        sentence: "'\(key.rawValue)' can only be 'all'; 'target' names single columns")
    }
    return true
  }

  static func delimiter(_ text: String) throws(SettingProblem) -> Character {
    let names: [String: Character] = [
      "tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|", "pipe": "|",
      "space": " ",
    ]
    if let named = names[text.lowercased()] { return named }
    guard text.count == 1, let character = text.first, character.isASCII,
      !character.isNewline, character != "\""
    else {
      throw SettingProblem(
        sentence: "the delimiter must be one ASCII character or: tab, comma, semicolon, bar, space")
    }
    return character
  }

  static func decimalMark(_ text: String) throws(SettingProblem) -> Character {
    switch text {
    case ".", "point": return "."
    case ",", "comma": return ","
    default: throw SettingProblem(sentence: "the decimal mark must be point or comma")
    }
  }

  static func dateOrder(_ text: String) throws(SettingProblem) -> TemporalOrder {
    guard let order = TemporalOrder(rawValue: text.lowercased()), order != .ambiguous else {
      throw unknown(text, "date-order", ["dmy", "mdy", "ymd"])
    }
    return order
  }

  /// `COL=ROLE`; the last equals sign counts, since a column's name may hold one.
  static func roles(_ texts: [String]) throws(SettingProblem) -> [String: [ColumnRole]] {
    var roles: [String: [ColumnRole]] = [:]
    for text in texts {
      guard let cut = text.lastIndex(of: "="), cut != text.startIndex else {
        throw SettingProblem(sentence: "a role is written COL=ROLE, as in age=quasi-identifier")
      }
      roles[String(text[..<cut]), default: []].append(
        try role(String(text[text.index(after: cut)...])))
    }
    return roles
  }

  static func role(_ text: String) throws(SettingProblem) -> ColumnRole {
    if let role = ColumnRole(rawValue: text) { return role }
    throw unknown(text, "role", ColumnRole.allCases.map(\.rawValue))
  }

  /// Formats, separated by commas or given one by one.
  static func formats(_ texts: [String]) throws(SettingProblem) -> [ReportFormat] {
    var formats: [ReportFormat] = []
    for word in texts.flatMap({ $0.split(separator: ",") }) {
      let name = word.trimmingPrefix { $0 == " " }.lowercased()
      guard
        let format = ReportFormat(
          rawValue: name == "md" ? "markdown" : name == "codequality" ? "code-quality" : name)
      else {
        throw unknown(name, "format", ReportFormat.allCases.map(\.rawValue))
      }
      if !formats.contains(format) { formats.append(format) }
    }
    guard !formats.isEmpty else { throw SettingProblem(sentence: "no format was given") }
    return formats
  }

  /// A day of the calendar.
  static func day(_ text: String) throws(SettingProblem) -> PolicyDay {
    guard let day = PolicyDay(text) else {
      throw SettingProblem(sentence: "a day is written as in 2026-05-31")
    }
    return day
  }

  static func seconds(_ text: String) throws(SettingProblem) -> Double {
    guard let seconds = Double(text), seconds.isFinite, seconds > 0 else {
      throw SettingProblem(sentence: "the budget must be a number of seconds above 0")
    }
    return seconds
  }

  static func seed(_ text: String) throws(SettingProblem) -> UInt64 {
    guard let seed = UInt64(text) else {
      throw SettingProblem(
        sentence: "the seed must be a whole number from 0 to 18446744073709551615")
    }
    return seed
  }

  static func threads(_ text: String) throws(SettingProblem) -> Int {
    guard let threads = Int(text), (1...1_024).contains(threads) else {
      throw SettingProblem(sentence: "threads must be a whole number from 1 to 1024")
    }
    return threads
  }

  /// The sentence for a word that is not known.
  static func unknown(_ text: String, _ what: String, _ known: [String]) -> SettingProblem {
    let near = EditDistance.suggestion(for: text, among: known)
    return SettingProblem(
      sentence: "unknown \(what) '\(text)'" + (near.map { "; did you mean '\($0)'?" } ?? ";")
        + " known: \(known.joined(separator: ", "))")
  }
}
