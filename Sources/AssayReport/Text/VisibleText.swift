/// Makes text from the data harmless to show: nothing in it moves a cursor, hides, or turns the
/// direction of the text around it.
package enum VisibleText {
  /// The longest name that is shown in full; the rest is in its title.
  static let clip = 48
  /// The longest text that is carried at all.
  static let limit = 1_000

  /// Whether a scalar is written as an escape: control characters, direction marks, characters
  /// without width, separators of lines, scalars that are no characters.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    case 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
    // Scalars that are no characters: neither HTML nor XML admits them.
    case 0xFDD0...0xFDEF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  /// The text with every hidden character written out, such as `\n` or `\u{202E}`.
  static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    if !text.unicodeScalars.contains(where: isHidden) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        result += escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text on one line, every hidden character written out.
  package static func line(_ text: String) -> String { escaped(text) }

  /// The text with its line ends kept and everything else as in ``line(_:)``.
  package static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }
      .joined(separator: "\n")
  }

  /// The text on one line of at most `width` cells.
  package static func cut(_ text: String, to width: Int) -> String {
    DisplayWidth.cut(escaped(text), to: width)
  }

  /// A name that fits: escaped, and cut to `length` scalars with an ellipsis where it is longer.
  static func clipped(_ text: String, to length: Int = clip) -> String {
    let scalars = text.unicodeScalars
    if text.utf8.count <= length { return escaped(text) }
    guard
      let cut = scalars.index(scalars.startIndex, offsetBy: length, limitedBy: scalars.endIndex),
      cut != scalars.endIndex
    else { return escaped(text) }
    return escaped(String(scalars[..<cut])) + "…"
  }

  /// Whether ``clipped(_:to:)`` leaves something out.
  static func isLong(_ text: String, over length: Int = clip) -> Bool {
    text.utf8.count > length && text.unicodeScalars.count > length
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
