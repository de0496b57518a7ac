/// Tells from a column's name whether it is likely what a model predicts.
package enum TargetNames {
  /// What is known of a column.
  package struct Column: Sendable {
    package var name: String
    package var kind: ColumnKind
    /// The number of different values; counted no further than matters, to 21.
    package var distinct: Int

    package init(name: String, kind: ColumnKind, distinct: Int) {
      self.name = name
      self.kind = kind
      self.distinct = distinct
    }
  }

  /// Words that say target wherever they stand in a name.
  private static let strong: Set<String> = [
    "target", "label", "outcome", "income", "churn", "churned", "defaulted", "readmitted", "fraud",
    "mortality",
  ]
  /// Words that say target as a whole name, or in the name of a column of two values.
  private static let weak: Set<String> = [
    "class", "y", "default", "death", "dead", "died", "survived", "survival", "diagnosis",
    "response", "approved", "status", "relapse", "stroke", "diabetes", "placed",
  ]

  /// The word of a name that says target, where the values allow it.
  package static func word(_ column: Column) -> String? {
    let words = words(of: column.name)
    guard column.kind.isComparable, column.kind != .datetime, column.distinct > 1,
      !column.kind.isNominal || column.distinct <= 20
    else { return nil }
    if let word = words.first(where: strong.contains) { return word }
    guard column.distinct == 2 && words.count < 3 || words.count == 1, column.distinct <= 20
    else { return nil }
    return words.first(where: weak.contains)
  }

  /// Likely targets, the likeliest first; where no name speaks, the last column if it has few levels.
  package static func suggestions(_ columns: [Column]) -> [String] {
    let named = columns.filter { word($0) != nil }.map(\.name)
    if !named.isEmpty { return named }
    guard let last = columns.last, last.kind.isComparable, last.kind != .datetime,
      (2...20).contains(last.distinct)
    else { return [] }
    return [last.name]
  }

  /// A name as a shell takes it for one word.
  package static func quoted(_ name: String) -> String {
    let plain = name.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0))
    }
    return plain && !name.isEmpty ? name : "'\(name.replacing("'", with: "'\\''"))'"
  }

  /// `maritalStatus` as marital, status; `sample.yr` as sample, yr.
  package static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in name {
      if character.isUppercase && wasLower || !(character.isLetter || character.isNumber) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if character.isLetter || character.isNumber { word += character.lowercased() }
      wasLower = character.isLowercase
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
