import AssayDocument

/// A holdout that is another population.
struct DriftedHoldout: Pattern {
  let id = "drifted-holdout"
  let name = "The holdout is another population"
  let remedy = "set holdout rows aside at random before training ('assay split REAL')"
  let remedies: [GeneratorFamily: String] = [:]

  func sign(in reading: Reading) -> Sign? {
    guard let finding = reading.findings("shifted-holdout").first else { return nil }
    return Sign(
      sentence:
        "Training and holdout differ from each other: what the generator is blamed for against the "
        + "holdout may be what time or selection did.",
      columns: finding.subject.columns, evidence: finding.evidence,
      explains: [("shifted-holdout", [])])
  }
}
