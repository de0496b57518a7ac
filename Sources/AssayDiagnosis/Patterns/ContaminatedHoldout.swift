import AssayDocument

/// Synthetic rows that repeat holdout rows.
struct ContaminatedHoldout: Pattern {
  let id = "contaminated-holdout"
  let name = "The generator has seen the holdout"
  let remedy = "judge with real rows that no part of the generator has seen, tuning included"
  let remedies: [GeneratorFamily: String] = [:]

  func sign(in reading: Reading) -> Sign? {
    guard let finding = reading.findings("contaminated-holdout").first else { return nil }
    return Sign(
      sentence:
        "Synthetic rows repeat holdout rows: likeness to this holdout says nothing of rows that "
        + "were never seen.",
      evidence: finding.evidence, explains: [("contaminated-holdout", [])])
  }
}
