/// Reads one flat JSON object (RFC 8259) from a line.
struct JSONObjectParser {
  /// Why a line is no flat object.
  struct Failure: Error {
    var code: TableError.Code
    var expected: String
    var found: String

    static func badJSON(_ expected: String, _ found: String) -> Failure {
      Failure(code: .badJSON, expected: expected, found: found)
    }

    func problem(_ line: Int) -> TableError.Problem {
      .init(code: code, line: line, expected: expected, found: found)
    }
  }

  let bytes: Bytes
  var place: Int
  let end: Int

  /// Whether only blanks are left.
  var isBlank: Bool {
    mutating get {
      skipBlanks()
      return place >= end
    }
  }

  /// Reads the object and calls `take` with each key and the cell of its value.
  mutating func object(
    _ take: (_ key: [UInt8], _ cell: [UInt8]) -> Void
  ) throws(Failure) {
    try expect(0x7B, "an object in braces")
    skipBlanks()
    if peek == 0x7D {
      place += 1
    } else {
      while true {
        skipBlanks()
        let key = try string()
        skipBlanks()
        try expect(0x3A, "a colon behind the key")
        skipBlanks()
        take(key, try value())
        skipBlanks()
        if peek == 0x2C {
          place += 1
          continue
        }
        try expect(0x7D, "a comma or a closing brace")
        break
      }
    }
    if !isBlank { throw .badJSON("the end of the line", "more text behind the object") }
  }

  private var peek: UInt8 { place < end ? bytes[place] : 0 }

  private mutating func skipBlanks() {
    while place < end, bytes[place] == 0x20 || bytes[place] == 0x09 || bytes[place] == 0x0D {
      place += 1
    }
  }

  private mutating func expect(_ byte: UInt8, _ words: String) throws(Failure) {
    guard peek == byte, place < end else {
      throw .badJSON(words, place < end ? "another character" : "the end of the line")
    }
    place += 1
  }

  private mutating func value() throws(Failure) -> [UInt8] {
    switch peek {
    case 0x22:
      let text = try string()
      return text.isEmpty ? [] : Self.quoted(text)
    case 0x7B, 0x5B:
      throw Failure(
        code: .nestedJSON, expected: "a number, a string, true, false or null",
        found: peek == 0x7B ? "an object as a value" : "an array as a value")
    default:
      let start = place
      while place < end, !",} \t\r".utf8.contains(bytes[place]) { place += 1 }
      let word = bytes.copy(start, place - start)
      if word == Array("null".utf8) { return [] }
      let isWord = word == Array("true".utf8) || word == Array("false".utf8)
      let token = NumberScanner(decimalMark: 0x2E).scan(bytes, start)
      let isNumber = token.kind != .none && token.kind != .leadingZeros && token.end == place
      let isNamed = ["NaN", "Infinity", "-Infinity"].contains(String(decoding: word, as: UTF8.self))
      guard isWord || isNumber || isNamed else {
        throw .badJSON("a number, a string, true, false or null", "another word")
      }
      return word
    }
  }

  private mutating func string() throws(Failure) -> [UInt8] {
    try expect(0x22, "a string in quotes")
    var text: [UInt8] = []
    while place < end {
      let byte = bytes[place]
      place += 1
      switch byte {
      case 0x22: return text
      case 0x5C: try escape(into: &text)
      case 0..<0x20: throw .badJSON("an escaped control character", "a bare one")
      default: text.append(byte)
      }
    }
    throw .badJSON("a closing quote", "the end of the line")
  }

  private mutating func escape(into text: inout [UInt8]) throws(Failure) {
    let byte = peek
    place += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0C)
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x75:
      var scalar = try hexadecimal()
      if scalar & 0xFC00 == 0xD800, peek == 0x5C, place + 1 < end, bytes[place + 1] == 0x75 {
        place += 2
        let low = try hexadecimal()
        guard low & 0xFC00 == 0xDC00 else {
          throw .badJSON("a whole surrogate pair", "half of one")
        }
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
      }
      guard scalar != 0, let value = Unicode.Scalar(scalar) else {
        throw .badJSON("a character", "a zero or half of a surrogate pair")
      }
      text.append(contentsOf: UTF8.encode(value).map(Array.init) ?? [])
    default: throw .badJSON("a known escape", "another character behind a backslash")
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    guard place + 4 <= end else { throw .badJSON("four hexadecimal digits", "the end") }
    let text = bytes.text(place, 4)
    guard text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16) else {
      throw .badJSON("four hexadecimal digits", "other characters")
    }
    place += 4
    return value
  }

  /// Text as a quoted cell.
  static func quoted(_ text: some Sequence<UInt8>) -> [UInt8] {
    var cell: [UInt8] = [0x22]
    for byte in text {
      if byte == 0x22 { cell.append(0x22) }
      cell.append(byte)
    }
    cell.append(0x22)
    return cell
  }
}
