import AssayDocument

/// Missing values that were filled, or invented.
struct LostMissing: Pattern {
  let id = "missing-values"
  let name = "Missing values were not learned"
  let remedy =
    "give the generator a column that says whether a value is missing, and blank cells by it after "
    + "generation; look for an imputation before training"
  let remedies: [GeneratorFamily: String] = [
    .autoregressive: "model the mask before the value: missing is a level of its own",
    .copula: "model the mask as a column of its own: a copula of numbers has no place for blanks",
  ]

  func sign(in reading: Reading) -> Sign? {
    var lost: [String] = []
    var invented: [String] = []
    for score in reading.scores("diagnostics.missing-rate", columns: 1) {
      guard let real = score.details["real"]?.doubleValue,
        let synthetic = score.details["synthetic"]?.doubleValue, let lower = score.bounds?.lower,
        lower > 0.02, (score.test?.adjusted ?? 1) <= 0.001
      else { continue }
      if synthetic < real {
        lost += score.subject.columns
      } else {
        invented += score.subject.columns
      }
    }
    guard let first = lost.first ?? invented.first else { return nil }
    let score = reading.score("diagnostics.missing-rate", of: first)
    let synthetic = score?.details["synthetic"]?.doubleValue ?? 0
    let real = score?.details["real"]?.doubleValue ?? 0
    var sentence =
      "'\(first)' is missing in \(Reading.percent(synthetic)) of the rows, in real ones in "
      + "\(Reading.percent(real))"
    if lost.count > 1 { sentence += "; \(Reading.count(lost.count, "column")) lost blank cells" }
    if !invented.isEmpty, invented != [first] {
      sentence += "; \(Reading.count(invented.count, "column")) gained some"
    }
    let columns = lost + invented
    return Sign(
      sentence: sentence + ".", columns: columns,
      evidence: ["lost": .integer(lost.count), "invented": .integer(invented.count)],
      explains: (["diagnostics.missing-rate"] + Sign.distributions).map { ($0, Set(columns)) })
  }
}
