import AssayReport

/// What is said where a report would show cells that few real rows have.
enum RareCells {
  /// Refuses to write where there are such columns.
  static func refuse(_ columns: [String]) throws(PublicationError) {
    guard !columns.isEmpty else { return }
    throw PublicationError(columns: columns)
  }
}

/// A report would show what it must not, which is a mistake of this program.
struct PublicationError: Error, Equatable, CustomStringConvertible {
  /// The columns whose cells would be shown.
  var columns: [String]

  var description: String {
    let names = columns.map { "'\(VisibleText.line($0))'" }.joined(separator: ", ")
    let way = columns.map { "-x '\(VisibleText.line($0))'" }.joined(separator: " ")
    return
      "the report would show cells of \(names) that too few real rows have; nothing was written. "
      + "Until it is mended, leave out what is concerned: \(way)"
  }
}
