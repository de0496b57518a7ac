import AssayDocument

/// All relations weaker by one factor: a share of the values comes from other rows.
struct Noise: Pattern {
  let id = "mixed-values"
  let name = "A share of the values was drawn at random"
  let remedy =
    "look for noise, swapping or imputation that is applied to each column on its own, after or "
    + "before generation"
  let remedies: [GeneratorFamily: String] = [
    .autoregressive:
      "look at the smoothing: values drawn apart from the leaf weaken every relation",
    .copula: "look at the noise of the privacy budget: it weakens every relation alike",
    .llm: "lower the temperature",
    .diffusion: "more steps of denoising: what is left of the noise weakens every relation alike",
  ]

  func sign(in reading: Reading) -> Sign? {
    let pairs = reading.scores("fidelity.cramers-v", columns: 2).compactMap {
      score -> (real: Double, synthetic: Double)? in
      guard let real = score.details["real"]?.doubleValue,
        let synthetic = score.details["synthetic"]?.doubleValue, real >= 0.2
      else { return nil }
      return (real, synthetic)
    }
    guard pairs.count >= 6, let marginal = reading.facet("marginal")?.score, marginal >= 0.75,
      let dependence = reading.facet("dependence"), let position = dependence.score,
      (dependence.interval?.upper ?? 1) < 0.97
    else { return nil }
    let ratios = pairs.map { $0.synthetic / $0.real }.sorted()
    func quantile(_ share: Double) -> Double { ratios[Int(share * Double(ratios.count - 1))] }
    let middle = quantile(0.5)
    guard middle > 0.2, middle < 0.92, quantile(0.9) < 0.97,
      quantile(0.8) - quantile(0.2) < 0.3 * middle
    else { return nil }
    let strength = Association(reading)
    return Sign(
      sentence:
        "Every relation is weaker by about the same factor (half of them lie between "
        + "\(Reading.hundredths(quantile(0.25))) and \(Reading.hundredths(quantile(0.75))) of the "
        + "real strength) while single columns are right: this is how tables look in which a share "
        + "of the values comes from other rows.",
      columns: strength?.columns ?? [],
      evidence: [
        "factor": .finite(middle), "pairs": .integer(pairs.count), "dependence": .finite(position),
        "marginal": .finite(marginal),
      ],
      explains: [("relation", []), ("told-apart", []), ("segment", [])],
      replaces: ["unlearned-pairs", "higher-order", "part-of-the-rows"])
  }
}
