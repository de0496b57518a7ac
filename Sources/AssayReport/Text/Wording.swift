import AssayDocument

/// The words that readers see, and those that they never see: one table.
package enum Wording {
  /// Words that no renderer prints of its own accord, in lower case.
  package static let forbidden = [
    "floor", "null", "ceiling", "baseline", "independent baseline", "inconclusive",
    "indeterminate", "anonymous", "anonymised", "anonymized", "safe", "compliant", "grade",
    "overall score", "privacy score", "undefined",
  ]

  /// The forbidden words that a text holds as whole words, in the table's order.
  package static func offences(in text: String) -> [String] {
    let words =
      " " + text.lowercased().map { $0.isLetter ? $0 : " " }.map(String.init).joined() + " "
    let single = words.split(separator: " ").joined(separator: " ")
    let padded = " " + single + " "
    return forbidden.filter { padded.contains(" " + $0 + " ") }
  }

  static let freshSample = "a fresh real sample of this size"

  /// What stands at 0 of a metric's scale, as it is named to readers.
  static func anchor(_ anchor: MetricDescriptor.Anchor) -> String? {
    switch anchor {
    case .shuffledColumns: "shuffled columns"
    case .uniformValues: "uniform values"
    case .copiedRows: "copied real rows"
    case .none: nil
    }
  }

  /// The anchor of a part of a dimension.
  static func anchor(facet: String) -> String {
    switch facet {
    case "marginal": "uniform values"
    case "representation": "an absent group"
    default: "shuffled columns"
    }
  }

  /// The name of a part of a dimension.
  static func facet(_ facet: String) -> String {
    switch facet {
    case "marginal": "Single columns"
    case "dependence": "Relations between columns"
    case "joint": "Whole rows"
    case "prediction": "Models of targets"
    case "representation": "Shares of groups"
    case "outcomes": "Outcomes of groups"
    case "groups": "Columns within groups"
    default: VisibleText.clipped(facet)
    }
  }

  /// The real side that a score compares with.
  static func against(_ against: Against) -> String {
    switch against {
    case .training: "real"
    case .holdout: "holdout"
    case .both: "real and holdout"
    case .none: "synthetic alone"
    }
  }

  /// The question that a dimension answers.
  static func question(_ dimension: Dimension) -> Question {
    switch dimension {
    case .diagnostics: .valid
    case .fidelity: .looksReal
    case .utility: .useful
    case .fairness: .fair
    case .privacy: .leaks
    }
  }

  /// What a dimension is called.
  static func title(_ dimension: Dimension) -> String {
    switch dimension {
    case .diagnostics: "Structure and values"
    case .fidelity: "Likeness to the real data"
    case .utility: "Use in place of the real data"
    case .fairness: "Groups"
    case .privacy: "Copies and closeness"
    }
  }

  /// The mark of an answer as it is shown, with or without Unicode.
  static func symbol(_ mark: Answer.Mark, ascii: Bool = false) -> String {
    switch mark {
    case .good: ascii ? "+" : "✓"
    case .bad: ascii ? "x" : "✗"
    case .undecided: "?"
    case .notJudged: ascii ? "-" : "–"
    }
  }

  /// Which way a metric improves.
  static func direction(_ direction: Direction) -> String {
    switch direction {
    case .higherIsBetter: "higher is better"
    case .lowerIsBetter: "lower is better"
    case .closerToFreshSample: "best where a fresh real sample is"
    }
  }

  /// A machine word such as `droppedLevel` or `size-matched-splits` with spaces.
  static func spaced(_ word: String) -> String {
    let characters = Array(word)
    var result = ""
    for (position, character) in characters.enumerated() {
      guard character.isUppercase else {
        result.append(character == "-" || character == "_" ? " " : character)
        continue
      }
      let before = position > 0 ? characters[position - 1] : " "
      let after = position + 1 < characters.count ? characters[position + 1] : " "
      if before.isLowercase { result += " " }
      result += before.isUppercase || after.isUppercase ? String(character) : character.lowercased()
    }
    return VisibleText.clipped(result)
  }

  /// A kind of generator.
  static func generator(_ kind: String) -> String {
    switch kind {
    case "autoregressive": "trees or columns in turn"
    case "copula": "copula, flow or Bayesian network"
    case "diffusion": "diffusion"
    case "gan": "GAN"
    case "llm": "language model"
    case "vae": "VAE"
    default: VisibleText.clipped(kind)
    }
  }

  /// A sentence in which no number stands on another line than its per cent sign.
  static func unbroken(_ sentence: String) -> String {
    sentence.replacing(" %", with: "\u{202F}%")
  }

  /// What a finding of the table as a whole is about.
  static func whole(_ finding: Finding) -> String { named(finding) ?? "the table" }

  /// The name of what was found, where it is of a kind that has one.
  static func named(_ finding: Finding) -> String? {
    wholes.first { finding.id.hasPrefix($0.kind + "-") }?.words
  }

  private static let wholes: [(kind: String, words: String)] = [
    ("copies", "copies"), ("near-copies", "near copies"),
    ("partial-copies", "copied combinations"), ("singling-out", "singling out"),
    ("linkability", "linking"), ("close-records", "closest records"),
    ("membership", "membership"), ("contaminated-holdout", "the holdout"),
    ("privacy-claim", "the claim of privacy"),
  ]

  /// The noun behind a count of rows.
  static func rows(_ count: Int) -> String { count == 1 ? "row" : "rows" }
}
