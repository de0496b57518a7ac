import AssayDocument

/// Writes text of the data into Markdown so that nothing in it is markup, a link or a mention.
enum Markdown {
  /// A sentence: punctuation that Markdown reads is written as references.
  static func text(_ text: String) -> String {
    encode(VisibleText.clipped(text, to: 400)) { _ in false }
  }

  /// A name or a level, set off as code.
  static func name(_ name: String) -> String {
    let shown = name.isEmpty ? "(empty)" : VisibleText.clipped(name)
    return "<code>" + encode(shown) { ":/@()\"'".contains($0) } + "</code>"
  }

  /// What a finding speaks of.
  static func subject(of finding: Finding) -> String {
    finding.subject.isTable ? Wording.whole(finding) : subject(finding.subject)
  }

  /// The columns that something speaks of.
  static func subject(_ subject: Subject) -> String {
    let rest = subject.columns.count > 4 ? " …" : ""
    let columns = subject.columns.prefix(4).map(name).joined(separator: " × ") + rest
    let segment = subject.segment.map { (columns.isEmpty ? "" : ", ") + name($0) } ?? ""
    let all = columns + segment
    if let target = subject.target {
      return all + (all.isEmpty ? "" : ", ") + "models of " + name(target)
    }
    return all.isEmpty ? "the table" : all
  }

  private static let markup = Set("\\`*{}[]#!|<>&~$^")

  private static func encode(_ text: String, also: (Character) -> Bool) -> String {
    let characters = Array(text)
    var result = ""
    for (position, character) in characters.enumerated() {
      let before = position > 0 ? characters[position - 1] : " "
      let after = position + 1 < characters.count ? characters[position + 1] : " "
      let isInside = (before.isLetter || before.isNumber) && (after.isLetter || after.isNumber)
      switch character {
      case "@": result += "&#64;&#8203;"
      case "_" where !isInside: result += "&#95;"
      case ":" where after == "/": result += "&#58;"
      case "."
      where position >= 3 && String(characters[position - 3..<position]).lowercased() == "www":
        result += "&#46;"
      case "/" where before == "/" || after == "/": result += "&#47;"
      case "+" where position == 0, "-" where position == 0: result += reference(character)
      case _ where markup.contains(character) || also(character): result += reference(character)
      default: result.append(character)
      }
    }
    return result
  }

  private static func reference(_ character: Character) -> String {
    character.unicodeScalars.map { "&#\($0.value);" }.joined()
  }
}
