/// Rounds the numbers of a sentence to two significant digits and withholds small counts of rows.
///
/// Left as they are: dates, versions, and numbers that are part of a word; edges of published cells
/// (`under 52`, `52 to 54`, `54 and more`) and levels that are numbers, since they name a cell.
struct NumbersInText {
  /// Counts below this are withheld.
  let k: Int
  /// Cells whose name is a number.
  let labels: Set<String>

  private static let counted: Set<String> = [
    "row", "rows", "record", "records", "value", "values", "entity", "entities", "person",
    "persons", "case", "cases", "key", "keys", "copy", "copies", "twins",
  ]

  /// The text with its numbers rounded.
  func rounded(_ text: String) -> String {
    let characters = Array(text)
    var out = ""
    var place = 0
    while place < characters.count {
      guard Self.isDigit(characters[place]) else {
        out.append(characters[place])
        place += 1
        continue
      }
      let end = Self.end(of: characters, from: place)
      let token = String(characters[place..<end])
      let isFree = Self.isFree(characters, place, end)
      out += isFree ? shown(token, before: out, after: characters[end...]) : token
      place = end
    }
    return out
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  /// Where a run of digits with its marks ends; dates and versions are runs as a whole.
  private static func end(of text: [Character], from start: Int) -> Int {
    var place = start
    while place < text.count {
      if isDigit(text[place]) {
        place += 1
      } else if place + 1 < text.count, isDigit(text[place + 1]), ",.-:T".contains(text[place]) {
        place += 2
      } else {
        break
      }
    }
    return place
  }

  /// Whether what surrounds a number leaves it a number of its own.
  private static func isFree(_ text: [Character], _ start: Int, _ end: Int) -> Bool {
    if end < text.count, isWord(text[end]) { return false }
    guard start > 0 else { return true }
    let before = text[start - 1]
    if isWord(before) || before == "#" || before == "." { return false }
    return before != "-" || start < 2 || !isWord(text[start - 2])
  }

  private func shown(_ token: String, before: String, after: ArraySlice<Character>) -> String {
    let plain = token.replacing(",", with: "")
    guard let value = Double(plain), !token.contains("-"), !token.contains(":") else {
      return token
    }
    let rest = String(after.prefix(60))
    if isEdge(token, before: before, after: rest) { return token }
    if !token.contains("."), value > 0, value < Double(k), isCount(rest), !isOrdinal(before) {
      return "fewer than \(k)"
    }
    // Zeros at the end of a decimal number were measured; those of a whole number are its size.
    let digits = String(plain.filter(\.isNumber).drop { $0 == "0" })
    let significant =
      plain.contains(".") ? digits.count : digits.reversed().drop { $0 == "0" }.count
    guard significant > 2 else { return token }
    let rounded = TwoDigits.round(value)
    guard rounded == rounded.rounded(), abs(rounded) < 1e15 else { return "\(rounded)" }
    return token.contains(",") ? Self.grouped(Int(rounded)) : "\(Int(rounded))"
  }

  private func isEdge(_ token: String, before: String, after: String) -> Bool {
    if labels.contains(token), after.hasPrefix(" in ") || after.hasPrefix(" with ") { return true }
    if ["under ", "below "].contains(where: before.hasSuffix) { return true }
    if after.hasPrefix(" and more") || after.hasPrefix(" and above") { return true }
    if after.hasPrefix(" to "), let next = after.dropFirst(4).first { return next.isNumber }
    return before.hasSuffix(" to ") && (before.dropLast(4).last?.isNumber ?? false)
  }

  private func isCount(_ after: String) -> Bool {
    guard after.hasPrefix(" "), !after.hasPrefix(" in "), !after.hasPrefix(" %") else {
      return false
    }
    return after.split(separator: " ").prefix(3).contains {
      Self.counted.contains($0.lowercased().filter(\.isLetter))
    }
  }

  private func isOrdinal(_ before: String) -> Bool {
    ["draw ", "column ", "than ", "least ", "most "].contains(where: before.hasSuffix)
  }

  private static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var out = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { out.append(",") }
      out.append(digit)
    }
    return out
  }
}
