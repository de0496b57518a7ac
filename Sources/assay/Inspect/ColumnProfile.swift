import AssayTable
import Foundation

/// What a column holds, for the person who owns the data; nothing of it enters a report.
struct ColumnProfile: Sendable, Encodable {
  /// A level and the number of its rows.
  struct Level: Sendable, Encodable, Equatable {
    var value: String
    var rows: Int
  }

  var name: String
  var kind: String
  var roles: [String]
  var rows: Int
  var missing: Int
  /// Different values; an estimate for texts.
  var distinct: Int
  /// Smallest, median and largest number or date, as text.
  var range: [String]?
  /// The commonest levels, at most ten.
  var commonest: [Level]?
  /// Every decision about the column.
  var why: [String]

  /// Profiles a column as its schema sees it.
  init(_ column: RawColumn, schema: ColumnSchema) {
    name = schema.name
    kind = schema.kind.rawValue
    roles = schema.roles.map(\.rawValue)
    why = schema.why
    rows = column.values.count
    missing = 0
    distinct = 0
    switch column.values {
    case .numeric(let values): setNumbers(values.presentValues, decimals: schema.decimals)
    case .temporal(let values): setTimes(values)
    case .coded(let values): setLevels(values, schema)
    case .text(let values):
      missing = rows - values.presentCount
      distinct = column.spelling.distinctCount ?? values.presentCount
    }
    if schema.kind == .identifier || schema.kind == .text {
      range = nil
      commonest = nil
    }
  }

  private mutating func setNumbers(_ present: [Double], decimals: Int?) {
    missing = rows - present.count
    guard !present.isEmpty else { return }
    let sorted = present.sorted()
    distinct = zip(sorted, sorted.dropFirst()).reduce(1) { $1.0 == $1.1 ? $0 : $0 + 1 }
    range = [sorted[0], sorted[sorted.count / 2], sorted[sorted.count - 1]].map(Self.number)
  }

  private mutating func setTimes(_ values: TemporalValues) {
    missing = values.missingCount
    let present = values.values.indices.compactMap { values[$0] }.sorted()
    guard let first = present.first, let last = present.last else { return }
    distinct = zip(present, present.dropFirst()).reduce(1) { $1.0 == $1.1 ? $0 : $0 + 1 }
    range = [first, present[present.count / 2], last].map {
      CivilTime.text($0, granularity: values.granularity)
    }
  }

  private mutating func setLevels(_ values: CodedValues, _ schema: ColumnSchema) {
    let tokens = Set(schema.missingTokens)
    let counts = values.levelCounts()
    var levels: [Level] = []
    for position in 0..<values.levels.count where counts[position] > 0 {
      let text = values.levels[position]
      let isMissing =
        tokens.contains(text) || schema.kind == .boolean && tokens.contains(text.lowercased())
      if isMissing { continue }
      let lower = text.lowercased()
      if schema.kind == .boolean,
        let known = levels.firstIndex(where: { $0.value.lowercased() == lower })
      {
        levels[known].rows += counts[position]
      } else {
        levels.append(Level(value: text, rows: counts[position]))
      }
    }
    missing = rows - levels.reduce(0) { $0 + $1.rows }
    if schema.kind.isNumeric {
      let numbers = levels.compactMap { level in Double(level.value).map { ($0, level.rows) } }
      setNumbers(
        numbers.flatMap { Array(repeating: $0.0, count: $0.1) }, decimals: schema.decimals)
      return
    }
    distinct = levels.count
    commonest = Array(
      levels.enumerated().sorted { ($1.element.rows, $0.offset) < ($0.element.rows, $1.offset) }
        .map(\.element).prefix(10))
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15
      ? String(Int(value)) : String(format: "%.6g", value)
  }
}

/// Points in time as text, without a calendar of the machine.
enum CivilTime {
  /// ISO 8601, as fine as the column was written.
  static func text(_ seconds: Double, granularity: TemporalGranularity) -> String {
    let days = Int((seconds / 86_400).rounded(.down))
    let rest = seconds - Double(days) * 86_400
    // Howard Hinnant (2013), days from civil, run backwards.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * march + 2) / 5 + 1
    let month = march < 10 ? march + 3 : march - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let date = padded(year, 4) + "-" + padded(month, 2)
    if granularity == .month { return date }
    if granularity == .day { return date + "-" + padded(day, 2) }
    let whole = Int(rest)
    let clock = padded(whole / 3_600, 2) + ":" + padded(whole / 60 % 60, 2)
    let tail = granularity == .minute ? "" : ":" + padded(whole % 60, 2)
    return date + "-" + padded(day, 2) + "T" + clock + tail
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(abs(number))
    let zeros = String(repeating: "0", count: max(0, digits - text.count))
    return (number < 0 ? "-" : "") + zeros + text
  }
}
