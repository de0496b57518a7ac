public import AssayDocument

/// Finds the patterns in a document that have a name.
///
/// Every pattern looks at scores and findings alone, so a saved document can be read again. Where
/// something is wrong and no pattern fits, that is said: `no-known-pattern`.
public enum Diagnoses {
  /// The patterns, the one to act on first in front.
  static let patterns: [any Pattern] = [
    WrongKind(), DriftedHoldout(), ContaminatedHoldout(), Copies(), WrongUnit(), LostEntities(),
    ModeCollapse(), RepeatedRows(), ShuffledColumns(), Noise(), FlattenedLevels(), SmearedPeaks(),
    LostMissing(), UnlearnedPairs(), OverSmoothing(), ClippedTails(), CoarserNumbers(),
    InventedValues(),
    CommonValues(), Artefact(), HigherOrder(), PartOfTheRows(),
    BrokenRepresentation(),
  ]

  /// The diagnoses of a document; none where nothing is wrong.
  ///
  /// - Complexity: O(patterns · scores).
  public static func of(_ document: EvaluationDocument) -> [Diagnosis] {
    let reading = Reading(document)
    let family = document.about["generator"].flatMap { GeneratorFamily(named: $0) }
    var signs: [(pattern: any Pattern, sign: Sign)] = []
    for pattern in patterns {
      if let sign = pattern.sign(in: reading) { signs.append((pattern, sign)) }
    }
    let replaced = signs.reduce(into: Set<String>()) { $0.formUnion($1.sign.replaces) }
    var found = signs.filter { !replaced.contains($0.pattern.id) }.map { entry in
      Diagnosis(
        id: entry.pattern.id, name: entry.pattern.name, sentence: entry.sign.sentence,
        subject: Subject(columns: Array(entry.sign.columns.prefix(Reading.namedColumns))),
        evidence: entry.sign.evidence,
        explains: reading.findings(explainedBy: entry.sign).map(\.id),
        remedy: entry.pattern.remedy,
        remedies: Dictionary(
          entry.pattern.remedies.map { ($0.key.rawValue, $0.value) },
          uniquingKeysWith: { first, _ in first }), generator: family?.rawValue)
    }
    let explained = Set(found.flatMap(\.explains))
    let open = reading.open.filter { !explained.contains($0.id) }
    if found.isEmpty, let worst = open.first {
      found.append(
        Diagnosis(
          id: "no-known-pattern", name: "No known pattern",
          sentence: "What was found has no name here: it fits none of the patterns that are known.",
          subject: Subject(columns: Array(worst.subject.columns.prefix(Reading.namedColumns))),
          evidence: ["findings": .integer(open.count)], explains: open.map(\.id),
          remedy: "start with the first finding, and look at its columns side by side",
          generator: family?.rawValue))
    }
    return found
  }

  /// The stable names of all patterns, with the names that readers see.
  public static var names: [(id: String, name: String)] { patterns.map { ($0.id, $0.name) } }
}
