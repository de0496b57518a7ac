/// The p-value of a permutation test that drew its permutations at random.
///
/// ```
/// p = (1 + b)/(1 + B)
/// ```
///
/// b/B would be 0 for a finite number of draws, which no p-value may be.
///
/// - Parameters:
///   - exceedances: b: how many permuted statistics are at least the observed one.
///   - permutations: B: how many were drawn; at least 0.
/// - Returns: A p-value in 1/(1 + B)...1.
/// - Throws: ``NumericsError`` `.domain` for impossible counts.
/// Source: Phipson & Smyth (2010), doi:10.2202/1544-6115.1585.
public func permutationPValue(exceedances: Int, of permutations: Int) throws(NumericsError)
  -> Double
{
  guard exceedances >= 0, exceedances <= permutations else {
    throw NumericsError(
      .domain, "\(exceedances) exceedances in \(permutations) permutations are impossible")
  }
  return Double(1 + exceedances) / Double(1 + permutations)
}

/// The p-value of an exact test of a discrete statistic, with the tie at the observed value split.
///
/// ```
/// p = P(T > t) + u·P(T = t),   u uniform on 0...1
/// ```
///
/// Without the split the p-value of a coarse statistic is too large on average; with it, it is
/// exactly uniform. Use it to check a whole procedure, never for one verdict: it depends on chance.
///
/// - Parameters:
///   - beyond: P(T > t); in 0...1.
///   - equal: P(T = t); in 0...1, the sum of both at most 1 but for rounding.
///   - stream: The random numbers; one is drawn.
/// - Returns: A p-value in 0...1.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
public func randomisedPValue(
  beyond: Double, equal: Double, stream: inout RandomStream
) throws(NumericsError) -> Double {
  guard beyond >= 0, equal >= 0, beyond + equal <= 1 + 1e-9 else {
    throw NumericsError(.domain, "probabilities that add up to at most 1 are expected")
  }
  return min(1, beyond + stream.uniform() * equal)
}

/// A permutation test that stops as soon as it is clear that the p-value is not small.
public struct SequentialPermutationTest: Sendable, Hashable {
  /// The p-value; exact under the hypothesis for every choice of the limits.
  public var pValue: Double
  /// How many permuted statistics reached the observed one.
  public var exceedances: Int
  /// How many permutations were drawn.
  public var permutations: Int
  /// Whether the limit of exceedances ended the draws.
  public var stoppedEarly: Bool

  /// Draws permutations until `limit` of them reach the observed statistic.
  ///
  /// ```
  /// p = h/l              when the h-th exceedance comes at draw l
  /// p = (b + 1)/(B + 1)  when fewer than h come in B draws
  /// ```
  ///
  /// - Parameters:
  ///   - limit: h: how many exceedances are enough; at least 1. With 20 the relative error of a
  ///     large p is about 22 %, and a clean table costs a few dozen draws in place of a thousand.
  ///   - permutations: B: the most draws; at least 1.
  ///   - reached: Draws the next permutation and says whether its statistic is at least the
  ///     observed one.
  /// - Throws: What `reached` throws.
  /// Source: Besag & Clifford (1991), doi:10.1093/biomet/78.2.301.
  public init<Failure: Error>(
    limit: Int = 20, permutations: Int = 999, reached: () throws(Failure) -> Bool
  ) throws(Failure) {
    precondition(limit >= 1, "a limit of at least 1 is expected, not \(limit)")
    precondition(permutations >= 1, "at least 1 permutation is expected, not \(permutations)")
    var hits = 0
    for draw in 1...permutations {
      if try reached() { hits += 1 }
      if hits == limit {
        self.init(
          pValue: Double(limit) / Double(draw), exceedances: hits, permutations: draw,
          stoppedEarly: true)
        return
      }
    }
    self.init(
      pValue: Double(hits + 1) / Double(permutations + 1), exceedances: hits,
      permutations: permutations, stoppedEarly: false)
  }

  private init(pValue: Double, exceedances: Int, permutations: Int, stoppedEarly: Bool) {
    self.pValue = pValue
    self.exceedances = exceedances
    self.permutations = permutations
    self.stoppedEarly = stoppedEarly
  }
}
