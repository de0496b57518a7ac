/// How many terminal cells a text takes.
package enum DisplayWidth {
  /// The number of cells: two for wide East Asian characters and emoji, none for marks that combine.
  package static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// The text with spaces after it up to `width` cells.
  package static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - of(text)))
  }

  /// The text with spaces before it up to `width` cells.
  static func padLeft(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - of(text))) + text
  }

  /// The text cut to `width` cells, with `mark` at the end where something is left out.
  package static func cut(_ text: String, to width: Int, mark: String = "…") -> String {
    if of(text) <= width { return text }
    var result = ""
    var used = of(mark)
    for character in text {
      let next = of(character)
      if used + next > width { break }
      result.append(character)
      used += next
    }
    return result + mark
  }

  private static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.properties.generalCategory == .nonspacingMark { return 0 }
    if first.properties.isEmojiPresentation { return 2 }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
