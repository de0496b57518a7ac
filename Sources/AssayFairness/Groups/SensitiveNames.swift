package import AssayTable

/// Says how sensitive columns are named, with columns whose names speak for it.
package enum SensitiveNames {
  /// Words of names that say sensitive.
  private static let words: Set<String> = [
    "sex", "gender", "race", "ethnicity", "ethnic", "religion", "disability", "nationality",
    "citizenship", "orientation", "pregnant", "caste", "rac1p", "hisp",
  ]

  /// Columns whose names say that they group people, in schema order.
  package static func suggestions(_ schema: TableSchema) -> [String] {
    schema.columns.filter { column in
      column.kind.isComparable
        && TargetNames.words(of: column.name).contains(where: words.contains)
    }.map(\.name)
  }

  /// The sentence that stands where no column is declared.
  package static func advice(_ schema: TableSchema) -> String {
    let names = suggestions(schema)
    guard !names.isEmpty else { return "no sensitive column given; try --sensitive COLUMN" }
    return "no sensitive column given; try "
      + names.prefix(3).map { "--sensitive \(TargetNames.quoted($0))" }.joined(separator: " ")
  }
}
