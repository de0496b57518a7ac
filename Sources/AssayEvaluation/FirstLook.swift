public import AssayDocument

/// The policy that answers when none is given: it advises, it does not gate.
struct FirstLook {
  /// Three quarters of the way from shuffled columns to a fresh real sample.
  static let fidelityMargin = 0.75
  /// Two in a hundred rows more than chance explains.
  static let copyMargin = 0.02
  /// The chance of a false alarm of each copy test.
  static let copyLevel = 0.001

  let dimensions: [DimensionScore]
  let scores: [Score]
  let findings: [Finding]
  let hasHoldout: Bool
  var power: [PowerRecord] = []

  func verdict() -> Verdict {
    let valid = self.valid
    let real = looksReal
    let leaks = self.leaks
    let canonical =
      "first-look/1 fidelity>=\(Self.fidelityMargin) leaks<=0 copies<=\(Self.copyMargin) "
      + "level=\(Self.copyLevel) \(Self.fairCanonical)"
    return Verdict(
      policy: Verdict.PolicyReference(
        name: "first-look", version: "1", hash: PlanFreezing.sha256(canonical)),
      advisory: true, status: .evaluated,
      answers: [valid.answer, real.answer, useful, fair, leaks.answer],
      requirements: [valid.requirement, real.requirement, leaks.requirement])
  }

  // How numbers are said.

  func percent(_ share: Double) -> String {
    let value = share * 100
    if value > 0, value < 0.1 { return "under 0.1 %" }
    let text = value < 10 ? tenths(value) : String(Int(value.rounded()))
    return "\(text) %"
  }

  func tenths(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }

  func hundredths(_ value: Double) -> String {
    let scaled = Int((abs(value) * 100).rounded())
    let sign = value < 0 && scaled > 0 ? "−" : ""
    let rest = scaled % 100
    return "\(sign)\(scaled / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

/// The verdict of the first look on a document that was saved.
public enum FirstLookVerdict {
  /// The verdict: advice, whatever it finds.
  public static func of(_ document: EvaluationDocument) -> Verdict {
    FirstLook(
      dimensions: document.dimensions, scores: document.scores, findings: document.findings,
      hasHoldout: document.inputs.holdout != nil, power: document.power
    ).verdict()
  }
}
