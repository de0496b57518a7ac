import AssayMetrics
import AssayNumerics

/// Attacks that learn what synthetic rows look like.
extension Attack {
  static let learnedAttacks: [Attack] = [
    Attack(
      id: "classifier", title: "Classifier, synthetic against real",
      threat: .withReference,
      scores: { evidence throws(MetricError) in
        try numerics { () throws(NumericsError) in
          try classifier(evidence.numbers, trees: evidence.trees)
        }
      }),
    Attack(
      id: "discriminator", title: "Discriminator, shuffled columns",
      threat: .syntheticOnly,
      scores: { evidence throws(MetricError) in
        try numerics { () throws(NumericsError) in
          try discriminator(evidence.numbers, trees: evidence.trees, seed: evidence.seed)
        }
      }),
  ]

  /// Rows of each kind that a learner is trained on, at most.
  private static let rows = 5_000

  /// The probability of 'synthetic' by boosted trees that did not see the target: targets are scored
  /// in two halves, which their contents decide, each by trees grown on the other half of the pool.
  static func classifier(_ numbers: AttackNumbers, trees: Int) throws(NumericsError) -> [Double] {
    let width = numbers.width
    var scores = [Double](repeating: 0, count: numbers.targets)
    for half in [UInt64(0), 1] {
      let own = (0..<numbers.targets).filter { numbers.draws[$0] & 1 == half }
      let seen = numbers.draws.indices.filter { numbers.draws[$0] & 1 != half }
        .sorted { (numbers.draws[$0], $0) < (numbers.draws[$1], $1) }.prefix(rows)
      let synthetic = (0..<numbers.synthetic.count / width).prefix(max(1, seen.count))
      guard !own.isEmpty, !seen.isEmpty, !synthetic.isEmpty else { continue }
      let values =
        AttackNumbers.rows(numbers.pool, seen, width: width)
        + AttackNumbers.rows(numbers.synthetic, synthetic, width: width)
      let labels =
        [Float](repeating: 0, count: seen.count) + [Float](repeating: 1, count: synthetic.count)
      let model = try BoostedTrees(
        values.span, labels: labels.span, columns: width,
        parameters: .init(rounds: trees, depth: 5, learningRate: 0.15))
      let asked = AttackNumbers.rows(numbers.pool, own, width: width)
      let found = try model.predictions(asked.span)
      for (place, target) in own.enumerated() { scores[target] = found[place] }
    }
    return scores
  }

  /// The probability of 'synthetic' by trees that tell synthetic rows from the same rows with shuffled
  /// columns: what a generative adversarial network's discriminator would say (LOGAN, Hayes et al.,
  /// 2019), from the synthetic rows alone.
  static func discriminator(
    _ numbers: AttackNumbers, trees: Int, seed: UInt64
  ) throws(NumericsError) -> [Double] {
    let width = numbers.width
    let count = min(rows, numbers.synthetic.count / width)
    let own = Array(numbers.synthetic.prefix(count * width))
    var shuffled = own
    for column in 0..<width {
      var values = (0..<count).map { own[$0 * width + column] }
      var stream = RandomStream(seed: seed, name: "attacks", "discriminator", String(column))
      stream.shuffle(&values)
      for row in 0..<count { shuffled[row * width + column] = values[row] }
    }
    let labels = [Float](repeating: 1, count: count) + [Float](repeating: 0, count: count)
    let values = own + shuffled
    let model = try BoostedTrees(
      values.span, labels: labels.span, columns: width,
      parameters: .init(rounds: trees, depth: 5, learningRate: 0.15))
    let asked = Array(numbers.pool.prefix(numbers.targets * width))
    return try model.predictions(asked.span)
  }

  private static func numerics(
    _ body: () throws(NumericsError) -> [Double]
  ) throws(MetricError) -> [Double] {
    do throws(NumericsError) {
      return try body()
    } catch {
      throw MetricError(error)
    }
  }
}
