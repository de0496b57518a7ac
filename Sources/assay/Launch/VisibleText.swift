/// Makes text from data, file names and arguments harmless to a terminal.
enum VisibleText {
  /// The text on one line, every control character and mark of direction written as an escape.
  static func line(_ text: String) -> String { escaped(text, keepingLineEnds: false) }

  /// The text with its line ends kept and everything else as in ``line(_:)``.
  static func lines(_ text: String) -> String { escaped(text, keepingLineEnds: true) }

  /// One line of at most `length` characters.
  static func clipped(_ text: String, to length: Int) -> String {
    let shown = line(text)
    return shown.count <= length ? shown : shown.prefix(max(1, length - 1)) + "…"
  }

  private static func escaped(_ text: String, keepingLineEnds: Bool) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if keepingLineEnds && scalar == "\n" || !isHidden(scalar) {
        out.append(scalar)
      } else {
        out.append(contentsOf: escape(scalar).unicodeScalars)
      }
    }
    return String(out)
  }

  /// Whether a scalar is written as an escape.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0D: "\\r"
    case 0x1B: "\\e"
    default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }
}
