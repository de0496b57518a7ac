/// What a cell means, told by string handling of the plainest kind.
struct SlowCells {
  let missingTokens: Set<String>
  let decimalMark: Character

  /// What a cell is when a column of numbers is wanted.
  enum Kind: Equatable {
    case missing
    case number(Double)
    case other
  }

  /// Reads a cell as a number.
  func number(_ text: [UInt8]) -> Kind {
    let trimmed = Self.trimmed(text)
    if trimmed.isEmpty || missingTokens.contains(trimmed) { return .missing }
    let bare =
      trimmed.first.map { "+-".contains($0) } == true ? String(trimmed.dropFirst()) : trimmed
    if ["inf", "infinity"].contains(bare.lowercased()) { return .missing }
    let lower = bare.replacing("E", with: "e")
    let halves = lower.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    if halves.count == 2 {
      var exponent = halves[1]
      if exponent.first.map({ "+-".contains($0) }) == true { exponent = exponent.dropFirst() }
      if exponent.isEmpty || !Self.isDigits(exponent) { return .other }
    }
    let parts = halves[0].split(separator: decimalMark, omittingEmptySubsequences: false)
    if parts.count > 2 || parts.allSatisfy(\.isEmpty) || !parts.allSatisfy(Self.isDigits) {
      return .other
    }
    if parts[0].count > 1, parts[0].first == "0" { return .other }
    let pointed = String(trimmed.map { $0 == decimalMark ? "." : $0 })
    guard let value = Double(pointed) else { return .number(.infinity) }
    if parts.count == 1, halves.count == 1, value.magnitude >= 0x1p53, bare != "9007199254740992" {
      return .other
    }
    return value.isFinite ? .number(value) : .missing
  }

  /// Whether a column of cells is one of numbers.
  func isNumeric(_ cells: [[UInt8]]) -> Bool {
    var hasNumber = false
    for cell in cells {
      switch number(cell) {
      case .other: return false
      case .number: hasNumber = true
      case .missing: break
      }
    }
    return hasNumber
  }

  private static func isDigits(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  static func trimmed(_ text: [UInt8]) -> String {
    var part = text[...]
    while let first = part.first, first == 0x20 || first == 0x09 { part.removeFirst() }
    while let last = part.last, last == 0x20 || last == 0x09 { part.removeLast() }
    return String(decoding: part, as: UTF8.self)
  }

  /// The seconds of a date such as `2024-03-09 10:00:00.5+02:00` in one of the known orders.
  static func seconds(_ text: [UInt8], order: String) -> Double? {
    let text = Self.trimmed(text)
    let date = text.prefix(order == "yyyy-mm" ? 7 : 10)
    var groups = date.split { "-/.".contains($0) }.compactMap { Int($0) }
    if order == "yyyy-mm" { groups.append(1) }
    if order.hasPrefix("dd") { groups = [groups[2], groups[1], groups[0]] }
    if order.hasPrefix("mm") { groups = [groups[2], groups[0], groups[1]] }
    var days = 0
    for year in min(1970, groups[0])..<max(1970, groups[0]) { days += isLeap(year) ? 366 : 365 }
    if groups[0] < 1970 { days = -days }
    let lengths = [31, isLeap(groups[0]) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for month in 1..<groups[1] { days += lengths[month - 1] }
    var total = Double((days + groups[2] - 1) * 86_400)
    var rest = text.dropFirst(date.count)
    guard !rest.isEmpty else { return total }
    rest = rest.dropFirst()
    var offset = 0.0
    if rest.last == "Z" {
      rest = rest.dropLast()
    } else if let mark = rest.lastIndex(where: { "+-".contains($0) }) {
      let digits = rest[rest.index(after: mark)...].filter { $0 != ":" }
      let hours = Int(digits.prefix(2)) ?? 0
      let minutes = Int(digits.dropFirst(2)) ?? 0
      offset = Double(hours * 3_600 + minutes * 60) * (rest[mark] == "+" ? -1 : 1)
      rest = rest[..<mark]
    }
    let parts = rest.split(separator: ":")
    total += Double((Int(parts[0]) ?? 0) * 3_600 + (Int(parts[1]) ?? 0) * 60)
    if parts.count > 2 {
      let second = parts[2].split(separator: ".")
      total += Double(second[0]) ?? 0
      if second.count > 1 {
        let digits = second[1].prefix(6)
        total += (Double(digits) ?? 0) / [1, 10, 100, 1e3, 1e4, 1e5, 1e6][digits.count]
      }
    }
    return total + offset
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}
