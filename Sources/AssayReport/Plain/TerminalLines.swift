/// Lays out lines of cells: wraps, aligns, colours, and turns everything into ASCII where asked.
struct TerminalLines {
  /// How a piece of text is set off.
  enum Tone: String {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case good = "32"
    case bad = "31"
    case open = "33"
  }

  let style: TerminalStyle
  private(set) var text = ""

  init(style: TerminalStyle) { self.style = style }

  /// Text of the data or of ours as this terminal can show it: nothing in it is a command.
  func shown(_ text: String) -> String {
    let visible = VisibleText.escaped(text)
    if style.usesUnicode { return visible }
    var result = ""
    for character in visible {
      if character.isASCII {
        result.append(character)
      } else if let plain = Self.ascii[character] {
        result += plain
      } else {
        for scalar in character.unicodeScalars {
          result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        }
      }
    }
    return result
  }

  /// Writes a line of a left and a right part; the right part goes below where both do not fit.
  mutating func line(_ left: String, right: String = "", tone: Tone = .plain) {
    let (left, right) = (shown(left), shown(right))
    let space = style.width - DisplayWidth.of(left) - DisplayWidth.of(right)
    if right.isEmpty {
      for part in Self.wrap(left, to: style.width) { text += toned(part, tone) + "\n" }
    } else if space >= 2 {
      text += toned(left, tone) + String(repeating: " ", count: space) + toned(right, .dim) + "\n"
    } else {
      for part in Self.wrap(left, to: style.width) { text += toned(part, tone) + "\n" }
      text += toned(DisplayWidth.padLeft(right, to: style.width), .dim) + "\n"
    }
  }

  /// Writes a head and a body that wraps beside it, each line under the first.
  ///
  /// - Parameters:
  ///   - head: pieces with the width that each is padded to, and its tone.
  ///   - body: paragraphs; empty ones are passed over.
  mutating func hanging(_ head: [(text: String, width: Int, tone: Tone)], body: [String]) {
    var prefix = ""
    var used = 0
    for piece in head {
      let fitted = DisplayWidth.pad(shown(piece.text), to: piece.width)
      prefix += toned(fitted, piece.tone)
      used += DisplayWidth.of(fitted)
    }
    let indent = head.reduce(0) { $0 + $1.width }
    var lines: [String] = []
    for paragraph in body where !paragraph.isEmpty {
      lines += Self.wrap(shown(paragraph), to: max(16, style.width - indent))
    }
    if used > indent, let first = lines.first,
      used + DisplayWidth.of(first) > style.width
    {
      text += Self.trimmed(prefix) + "\n"
    } else {
      text += Self.trimmed(prefix + (lines.first ?? "")) + "\n"
      lines = Array(lines.dropFirst())
    }
    for line in lines { text += String(repeating: " ", count: indent) + line + "\n" }
  }

  /// Breaks a text into lines of at most `width` cells, at spaces where there are any.
  static func wrap(_ text: String, to width: Int) -> [String] {
    if DisplayWidth.of(text) <= width { return [text] }
    // A number stays on the line of its per cent sign.
    let text = text.replacing(" %", with: "\u{A0}%")
    let indent = String(text.prefix { $0 == " " })
    var lines: [String] = []
    var line = indent
    var isEmpty = true
    for word in text.split(separator: " ") {
      var word = String(word)
      let space = isEmpty ? 0 : 1
      if DisplayWidth.of(line) + space + DisplayWidth.of(word) <= width {
        line += (isEmpty ? "" : " ") + word
        isEmpty = false
        continue
      }
      if !isEmpty {
        lines.append(line)
        line = indent
      }
      while DisplayWidth.of(word) > width - DisplayWidth.of(indent) {
        let part = DisplayWidth.cut(word, to: max(1, width - DisplayWidth.of(indent)), mark: "")
        if part.isEmpty { break }
        lines.append(indent + part)
        word = String(word.dropFirst(part.count))
      }
      line = indent + word
      isEmpty = false
    }
    if !isEmpty { lines.append(line) }
    return lines.map { $0.replacing("\u{A0}%", with: " %") }
  }

  private func toned(_ text: String, _ tone: Tone) -> String {
    guard style.usesColour, tone != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }

  private static let ascii: [Character: String] = [
    "·": "-", "×": "x", "–": "-", "—": "-", "−": "-", "…": "...", "✓": "+", "✗": "x", "├": "|",
    "┤": "|", "─": "-", "━": "=", "●": "o", "\u{202F}": " ", "\u{2009}": " ", "\u{A0}": " ",
    "’": "'", "‘": "'", "“": "\"", "”": "\"", "≥": ">=", "≤": "<=", "±": "+-",
  ]
}
