import AssayDocument

/// Looks real? Where fidelity lies between shuffled columns and a fresh real sample.
extension FirstLook {
  var looksReal: (answer: Answer, requirement: Verdict.Requirement) {
    let dimension = dimensions.first { $0.id == .fidelity }
    let answer: Answer
    var status = Verdict.Status.undecided
    let drift = HoldoutDrift(scores)
    if !drift.columns.isEmpty {
      answer = Answer(
        question: .looksReal, mark: .undecided, word: "undecided",
        sentence: "the holdout itself differs from the training rows (\(drift.words))")
    } else if let score = dimension?.score, let interval = dimension?.interval {
      let clipped = min(1, max(0, score))
      let numbers =
        "\(hundredths(clipped)) (\(hundredths(min(1, max(0, interval.lower))))–"
        + "\(hundredths(min(1, max(0, interval.upper)))))"
        + (dimension?.effectiveRows.map { " = \(EffectiveSize.words($0))" } ?? "")
      let place = (dimension?.worst).map {
        "; weakest: \(Self.facetName($0.facet))"
          + ($0.columns.isEmpty ? "" : " (\($0.columns.joined(separator: " × ")))")
      }
      if interval.lower >= Self.fidelityMargin {
        status = .passed
        answer = Answer(
          question: .looksReal, mark: .good, word: "yes", sentence: numbers + (place ?? ""))
      } else if interval.upper < Self.fidelityMargin {
        status = .failed
        answer = Answer(
          question: .looksReal, mark: .bad, word: "no", sentence: numbers + (place ?? ""))
      } else {
        answer = Answer(
          question: .looksReal, mark: .undecided, word: "undecided",
          sentence: numbers + ": more rows would decide" + (place ?? ""))
      }
    } else {
      answer = Answer(
        question: .looksReal, mark: .undecided, word: "undecided",
        sentence: dimension?.reason ?? "fidelity was not measured")
    }
    return (
      answer,
      Verdict.Requirement(
        id: "looks-real", status: status, severity: "advice", subject: .table,
        compared: "fidelity, from shuffled columns (0) to a fresh real sample (1)",
        bound: dimension?.interval?.lower, margin: Self.fidelityMargin, why: answer.sentence)
    )
  }

  /// The word for a part of fidelity.
  static func facetName(_ facet: String) -> String {
    switch facet {
    case "marginal": "single columns"
    case "dependence": "relations between columns"
    case "joint": "rows as a whole"
    case "prediction": "models of targets"
    default: facet
    }
  }
}
