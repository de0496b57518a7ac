/// Texts of a document with other names for its columns and tables.
///
/// A name counts where it stands as a whole word, in any letter case, the longest first and in one pass,
/// so that nothing is replaced twice. A name that is made of ordinary words (`rows`) cannot be told from
/// the sentence around it unless it is quoted. Replacing it everywhere would give it away as surely as
/// leaving it, so that such a sentence is withheld.
struct WordsForOutsiders {
  /// What stands in place of a sentence that cannot be shown.
  static let withheld = "(left out: a word of this sentence is also the name of a column)"

  /// How a text is taken.
  enum Manner: Hashable, Sendable {
    /// A sentence of the program: names replaced, numbers rounded, withheld where it is not clear.
    case sentence
    /// The name of a column.
    case name
    /// A part of the rows, such as `rows = yes and age under 28`: names replaced, cells left.
    case segment
    /// A level or a range, or words of the owner: names replaced that are no ordinary words.
    case label
  }

  private struct Entry {
    var characters: [Character]
    var outside: String
    var isOrdinary: Bool
  }

  private let names: [String: String]
  private let spellings: [String: String]
  private let entries: [Character: [Entry]]
  private let numbers: NumbersInText

  /// - Parameters:
  ///   - names: Columns with their names outside.
  ///   - tables: Tables with their names outside.
  ///   - ordinary: The words that sentences are made of.
  ///   - numbers: How numbers in sentences are rounded.
  init(
    names: [String: String], tables: [String: String], ordinary: OrdinaryWords,
    numbers: NumbersInText
  ) {
    self.names = names
    self.numbers = numbers
    var spellings: [String: String] = [:]
    var found: [Entry] = []
    for (name, outside) in names.sorted(by: { $0.key < $1.key }) {
      let spelling = Self.spelling(name)
      if !spelling.isEmpty { spellings[spelling] = outside }
      // A name without letter or digit is replaced where it stands alone or quoted.
      guard !spelling.isEmpty else { continue }
      // As a shell takes it, too: commands to try are part of some sentences.
      for form in Set([name, name.replacing("'", with: "'\\''")]).sorted() {
        found.append(
          Entry(
            characters: Array(form), outside: outside, isOrdinary: ordinary.hold(name)))
      }
    }
    for (name, outside) in tables.sorted(by: { $0.key < $1.key })
    where names[name] == nil && name != outside && !ordinary.hold(name) {
      found.append(Entry(characters: Array(name), outside: outside, isOrdinary: false))
    }
    self.spellings = spellings
    entries = Dictionary(grouping: found) { Self.folded($0.characters[0]) }
      .mapValues { $0.sorted { $0.characters.count > $1.characters.count } }
  }

  /// Whether a text is the name of a column.
  func isName(_ text: String) -> Bool { names[text] != nil }

  /// Whether a text is the name of a column and no ordinary word.
  func isPlainName(_ text: String) -> Bool {
    guard let first = text.first, names[text] != nil else { return false }
    return entries[Self.folded(first)]?.contains {
      !$0.isOrdinary && $0.characters == Array(text)
    } ?? false
  }

  /// The text for readers outside.
  func shown(_ text: String, as manner: Manner) -> String {
    if manner == .name, let outside = names[text] { return outside }
    let characters = Array(text)
    var out = ""
    var plain = ""
    var place = 0
    func flush() {
      out += manner == .sentence ? numbers.rounded(plain) : plain
      plain = ""
    }
    while place < characters.count {
      if let (outside, end) = quoted(characters, place) {
        plain.append(characters[place])
        flush()
        out += outside
        place = end
        continue
      }
      let isStart = place == 0 || !Self.isWord(characters[place - 1])
      guard let entry = entry(characters, place, isStart: isStart) else {
        plain.append(characters[place])
        place += 1
        continue
      }
      if entry.isOrdinary, manner == .sentence { return Self.withheld }
      if entry.isOrdinary, manner == .label {
        plain.append(characters[place])
        place += 1
        continue
      }
      flush()
      out += entry.outside
      place += entry.characters.count
    }
    flush()
    return out
  }

  /// The longest name that begins at a place and is a whole word there.
  private func entry(_ text: [Character], _ place: Int, isStart: Bool) -> Entry? {
    entries[Self.folded(text[place])]?.first { entry in
      let end = place + entry.characters.count
      guard end <= text.count, let first = entry.characters.first, let last = entry.characters.last,
        isStart || !Self.isWord(first),
        end == text.count || !Self.isWord(last) || !Self.isWord(text[end])
      else { return false }
      return zip(entry.characters, text[place...]).allSatisfy {
        $0 == $1 || Self.folded($0) == Self.folded($1)
      }
    }
  }

  /// What is quoted at a place, where it is a name or another spelling of one; the end is that of the
  /// name, before the closing mark.
  private func quoted(_ text: [Character], _ place: Int) -> (outside: String, end: Int)? {
    let marks: [Character: Character] = ["'": "'", "\"": "\"", "‘": "’", "“": "”", "`": "`"]
    guard let closing = marks[text[place]] else { return nil }
    var found: (String, Int)?
    for end in text.indices.dropFirst(place + 1).prefix(400) where text[end] == closing {
      let inner = String(text[(place + 1)..<end])
      if let outside = names[inner] ?? spellings[Self.spelling(inner)] {
        found = (outside, end)
        break
      }
    }
    return found
  }

  /// A name without letter case, blanks and punctuation.
  private static func spelling(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static func folded(_ character: Character) -> Character {
    character.lowercased().first ?? character
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
