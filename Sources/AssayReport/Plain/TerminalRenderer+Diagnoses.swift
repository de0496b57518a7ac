import AssayDocument

extension TerminalRenderer {
  /// The most diagnoses that are told in full.
  static let diagnosisLimit = 2

  /// What the findings have in common, and what to try.
  func diagnoses(_ diagnoses: [Diagnosis], into lines: inout TerminalLines) {
    for diagnosis in diagnoses.prefix(Self.diagnosisLimit) {
      lines.hanging(
        [("Diagnosis: ", 11, .plain)], body: ["\(diagnosis.name). \(diagnosis.sentence)"])
      lines.hanging([("  try: ", 7, .plain)], body: [diagnosis.advice])
    }
    let rest = diagnoses.dropFirst(Self.diagnosisLimit).map(\.name)
    if !rest.isEmpty {
      lines.hanging([("  also: ", 8, .plain)], body: [rest.joined(separator: "; ")])
    }
  }
}
