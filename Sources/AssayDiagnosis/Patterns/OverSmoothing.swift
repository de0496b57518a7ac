import AssayDocument
import Foundation

/// Numbers that lie closer to their centre than real ones.
struct OverSmoothing: Pattern {
  let id = "over-smoothing"
  let name = "Over-smoothing: values shrink towards their centre"
  let remedy =
    "sample from the model's law instead of taking its mean, model quantiles, and check that noise "
    + "is not left out at generation"
  let remedies: [GeneratorFamily: String] = [
    .vae:
      "sample the decoder's noise, learn its variance, and lower the weight of the latent prior",
    .gan: "a transform by quantiles or modes for each number, and more epochs",
    .diffusion: "more steps of sampling, and no guidance that pulls towards the mean",
    .autoregressive: "draw values from leaves instead of their means",
    .copula: "use the empirical marginal law of each number",
    .llm: "raise the temperature",
  ]

  func sign(in reading: Reading) -> Sign? {
    var shrunk: [(column: String, ratio: Double)] = []
    var measured = 0
    for column in reading.numbers where !reading.broken.contains(column.name) {
      guard
        let spread = reading.score(
          "fidelity.moments", of: column.name, ("moment", "standardDeviation")),
        let real = spread.details["real"]?.doubleValue,
        let synthetic = spread.details["synthetic"]?.doubleValue
      else { continue }
      measured += 1
      let ratio = exp(synthetic - real)
      guard ratio < 0.9, (spread.test?.adjusted ?? spread.test?.pValue ?? 1) <= 0.001,
        ClippedTails.side(of: column, in: reading) == nil,
        let tails = reading.score("fidelity.tail-mass", of: column.name)?.details["tails"],
        Self.isThin(tails, "below") != false, Self.isThin(tails, "above") != false
      else { continue }
      shrunk.append((column.name, ratio))
    }
    guard !shrunk.isEmpty, shrunk.count >= 2 || measured <= 2, 3 * shrunk.count >= measured else {
      return nil
    }
    shrunk.sort { ($0.ratio, $0.column) < ($1.ratio, $1.column) }
    let columns = shrunk.map(\.column)
    return Sign(
      sentence:
        "\(shrunk.count) of \(Reading.count(measured, "column")) of numbers vary less than real ones, "
        + "at both ends: '\(columns[0])' has \(Reading.percent(shrunk[0].ratio)) of the real standard "
        + "deviation.",
      columns: columns,
      evidence: Dictionary(
        shrunk.map { ($0.column, DetailValue.finite($0.ratio)) }, uniquingKeysWith: { $1 }),
      explains: Sign.distributions.map { ($0, Set(columns)) })
  }

  /// Whether a tail holds clearly less than the real one; `nil` where it is not known.
  private static func isThin(_ tails: DetailValue, _ side: String) -> Bool? {
    var isKnown = false
    for share in side == "above" ? ["0.95", "0.99"] : ["0.05", "0.01"] {
      guard let tail = tails[side + share], let real = tail["real"]?.doubleValue,
        let synthetic = tail["synthetic"]?.doubleValue, let p = tail["p"]?.doubleValue
      else { continue }
      isKnown = true
      if synthetic < 0.85 * real, p <= 0.001 { return true }
    }
    return isKnown ? false : nil
  }
}
