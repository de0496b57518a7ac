extension KolmogorovSmirnov {
  /// How a p-value was reached.
  public enum PValueMethod: Sendable, Hashable {
    /// The share of all ways to label the pooled values that give a D at least as large.
    case exact
    /// Kolmogorov's limiting distribution.
    case asymptotic
  }

  /// The p-value of D, exact when that is affordable and asymptotic otherwise.
  ///
  /// Exact means conditional on the pooled values, ties included: of all ways to call *n* of the
  /// *n* + *m* pooled values the first sample, the share whose D is at least the one observed.
  /// The probability of the tail is summed directly, so that a tiny p keeps its relative accuracy.
  ///
  /// - Parameters:
  ///   - first: The first sample in ascending order, as compared by this value.
  ///   - second: The second sample in ascending order.
  ///   - costLimit: The most steps to spend on the exact value; about 10⁹ steps take a second.
  /// - Returns: The p-value in 0...1, and how it was reached.
  /// - Complexity: O(*n*·*m*·D) without ties, somewhat more with ties; O(*n*) space.
  /// Source: Schröer & Trenkler (1995), doi:10.1016/0167-9473(94)00040-P; Viehmann (2021),
  /// arXiv:2102.08037.
  public func pValue(
    sorted first: Span<Double>, _ second: Span<Double>, costLimit: Double = 5e8
  ) -> (pValue: Double, method: PValueMethod) {
    precondition(
      first.count == firstCount && second.count == secondCount,
      "the samples that were compared are expected")
    if scaledStatistic == 0 { return (1, .exact) }
    let paths = LatticePaths(n: firstCount, m: secondCount, boundary: scaledStatistic)
    let ends = tieEnds(first, second)
    guard let value = paths.touchingProbability(tieEnds: ends, costLimit: costLimit) else {
      return (asymptoticPValue, .asymptotic)
    }
    return (min(1, value), .exact)
  }

  /// The exact probabilities of a D at least as large, and of a larger one; `nil` where they would
  /// cost more than `costLimit` steps.
  ///
  /// D takes few values, so that its p-value is not uniform where both samples have one law. A
  /// p-value drawn between the two probabilities is.
  package func exactTails(
    sorted first: Span<Double>, _ second: Span<Double>, costLimit: Double = 5e8
  ) -> (atLeast: Double, beyond: Double)? {
    var next = self
    var divisor = (firstCount, secondCount)
    while divisor.1 != 0 { divisor = (divisor.1, divisor.0 % divisor.1) }
    next.scaledStatistic += divisor.0
    let own = pValue(sorted: first, second, costLimit: costLimit)
    guard own.method == .exact else { return nil }
    guard next.scaledStatistic <= firstCount * secondCount else { return (own.pValue, 0) }
    let beyond = next.pValue(sorted: first, second, costLimit: costLimit)
    guard beyond.method == .exact else { return nil }
    return (own.pValue, beyond.pValue)
  }

  /// The numbers of pooled values after which a run of equal values ends, ascending.
  private func tieEnds(_ first: Span<Double>, _ second: Span<Double>) -> [Int] {
    var ends: [Int] = []
    var i = 0
    var j = 0
    while i < first.count || j < second.count {
      let x: Double
      if i == first.count {
        x = second[j]
      } else if j == second.count {
        x = first[i]
      } else {
        x = min(first[i], second[j])
      }
      while i < first.count, first[i] == x { i += 1 }
      while j < second.count, second[j] == x { j += 1 }
      ends.append(i + j)
    }
    return ends
  }
}
