/// A rate with half the width of its interval: Wilson's centre, as Anonymeter publishes it.
public struct AttackRate: Sendable, Hashable {
  /// The centre of Wilson's interval; not the share of successes.
  public var value: Double
  /// Half the width.
  public var halfWidth: Double

  /// Makes a rate from its parts.
  public init(value: Double, halfWidth: Double) {
    self.value = value
    self.halfWidth = halfWidth
  }

  /// The rate of an attack.
  ///
  /// - Parameters:
  ///   - successes: The number of successes, in 0...trials.
  ///   - trials: The number of attacks; at least 1.
  ///   - level: The coverage, strictly between 0 and 1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without an attack, `.domain` otherwise.
  /// Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
  public init(successes: Int, trials: Int, level: Double = 0.95) throws(NumericsError) {
    try checkCounts(successes, trials)
    let z = try normalQuantile((1 + level) / 2)
    let n = Double(trials)
    let p = Double(successes) / n
    let scale = 1 + z * z / n
    value = (p + z * z / (2 * n)) / scale
    halfWidth = z / scale * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  }

  /// What an attack adds to a control, as a share of what the control leaves.
  ///
  /// ```
  /// (a − c) / (1 − c)
  /// ```
  ///
  /// The half-width is that of the delta method for two independent rates. Negative where the control
  /// does better. It takes no account of pairing and of sizes: for display beside published figures.
  ///
  /// Source: Giomi, Boenisch, Wehmeyer & Tasnádi (2023), A unified framework for quantifying privacy
  /// risk in synthetic data, doi:10.48550/arXiv.2211.10459.
  public func residual(over control: AttackRate) -> AttackRate {
    let left = 1 - control.value
    guard left > 0 else { return AttackRate(value: 0, halfWidth: 1) }
    let own = halfWidth / left
    let others = (value - 1) / (left * left) * control.halfWidth
    return AttackRate(
      value: (value - control.value) / left,
      halfWidth: (own * own + others * others).squareRoot())
  }
}

/// Whether a guess of a number counts: |guess − secret| ≤ tolerance · |secret|.
///
/// The error is relative to the secret, without its sign: relative to the guess, every negative guess
/// would count. Near 0 the scale of the column decides instead.
///
/// - Parameters:
///   - guess: The guess; `nil` for a guess that the value is missing.
///   - secret: The value; `nil` where it is missing.
///   - tolerance: The share of the secret that is let pass; at least 0.
///   - scale: What stands for |secret| where the secret is 0, such as the interquartile range.
/// - Returns: Whether both are missing or close to each other.
public func isCorrectGuess(
  _ guess: Double?, of secret: Double?, tolerance: Double, scale: Double
) -> Bool {
  guard let guess, let secret else { return guess == nil && secret == nil }
  let reach = tolerance * (secret == 0 ? scale : abs(secret))
  return abs(guess - secret) <= reach
}
