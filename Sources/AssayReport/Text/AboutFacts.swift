import AssayDocument

/// The owner's statements in the order and words in which readers see them.
enum AboutFacts {
  /// Statements that have a place of their own; what is absent is said to be.
  static let known: [(key: String, title: String)] = [
    ("purpose", "For"), ("recipients", "Recipients"), ("decision", "Decision"), ("owner", "Owner"),
    ("generator", "Generator"), ("generatorVersion", "Version of the generator"),
    ("dpClaim", "Differential privacy, as claimed"),
  ]

  /// What stands for a statement that was not made.
  static func absent(_ key: String) -> String {
    key == "decision" ? "none recorded" : "not stated"
  }

  /// Every known statement, then the others by name; the title stands at the head of a report.
  static func all(_ about: About) -> [(title: String, text: String)] {
    let others = about.statements.filter { statement in
      statement.key != "title" && !known.contains { $0.key == statement.key }
    }
    return known.map { ($0.title, about[$0.key] ?? absent($0.key)) }
      + others.sorted { $0.key < $1.key }.map {
        (VisibleText.clipped(Wording.spaced($0.key)), $0.value)
      }
  }
}
