/// The two-sample Kolmogorov–Smirnov statistic: the largest gap between two distribution functions.
///
/// ```
/// D⁺ = sup (F − G)    D⁻ = sup (G − F)    D = max(D⁺, D⁻)
/// ```
///
/// F and G are the empirical distribution functions of the first and the second sample. Tied
/// values are stepped over together. D says how far apart the distributions are in the middle; it
/// hardly sees the tails, and at 10⁵ rows its p-value rejects differences of no consequence, so
/// judge D against a margin, not p against a level.
public struct KolmogorovSmirnov: Sendable, Hashable {
  /// D, in 0...1; 0 for samples with the same distribution function.
  public var statistic: Double
  /// D⁺, the largest excess of the first distribution function over the second; at least 0.
  public var positive: Double
  /// D⁻, the largest excess of the second distribution function over the first; at least 0.
  public var negative: Double
  /// The least value at which the supremum is reached: where the distributions differ most.
  public var location: Double
  /// The size of the first sample.
  public var firstCount: Int
  /// The size of the second sample.
  public var secondCount: Int

  /// D times n·m, which is an integer.
  ///
  /// Whether a path touches the boundary |i·m − j·n| is thus decided without rounding.
  var scaledStatistic: Int

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - first: The first sample, ascending, free of NaN; *n* values.
  ///   - second: The second sample, ascending, free of NaN; *m* values.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either sample is empty.
  /// - Complexity: O(*n* + *m*) time, O(1) space.
  public init(sorted first: Span<Double>, _ second: Span<Double>) throws(NumericsError) {
    guard first.count > 0, second.count > 0 else {
      throw NumericsError(.tooFewObservations, "both samples must have at least one value")
    }
    let n = first.count
    let m = second.count
    var i = 0
    var j = 0
    var above: (gap: Int, at: Double) = (0, first[0])
    var below: (gap: Int, at: Double) = (0, first[0])
    var overflow = false
    // Beyond the end of either sample the gap only shrinks.
    while i < n, j < m {
      let x = min(first[i], second[j])
      while i < n, first[i] == x { i += 1 }
      while j < m, second[j] == x { j += 1 }
      let left = i.multipliedReportingOverflow(by: m)
      let right = j.multipliedReportingOverflow(by: n)
      overflow = overflow || left.overflow || right.overflow
      let gap = left.partialValue &- right.partialValue
      if gap > above.gap { above = (gap, x) }
      if -gap > below.gap { below = (-gap, x) }
    }
    // 3·10⁹ values on each side: no memory holds them, but a wrong number must not come out.
    guard !overflow else {
      throw NumericsError(.domain, "\(n) and \(m) values are too many to compare exactly")
    }
    let scale = Double(n) * Double(m)
    positive = Double(above.gap) / scale
    negative = Double(below.gap) / scale
    statistic = max(positive, negative)
    scaledStatistic = max(above.gap, below.gap)
    if above.gap == below.gap {
      location = min(above.at, below.at)
    } else {
      location = above.gap > below.gap ? above.at : below.at
    }
    firstCount = n
    secondCount = m
  }

  /// The p-value from the limiting distribution, with Stephens' correction for finite samples.
  ///
  /// ```
  /// Q((√e + 0.12 + 0.11/√e)·D),   e = n·m/(n + m)
  /// ```
  ///
  /// - Returns: A probability; close to the exact one for continuous data with e above 20,
  ///   too large when there are many ties.
  public var asymptoticPValue: Double {
    let root =
      (Double(firstCount) * Double(secondCount) / Double(firstCount + secondCount)).squareRoot()
    return kolmogorovSurvival((root + 0.12 + 0.11 / root) * statistic)
  }
}

/// The largest gap between two distribution functions given as weights on the same ordered cells.
///
/// - Parameters:
///   - first: The weights of the first sample on cells in ascending order; at least 0.
///   - second: The weights of the second sample on the same cells.
/// - Returns: D in 0...1, the one-sided D⁺ and D⁻, and the first cell at whose end D is reached.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side has no weight.
/// - Complexity: O(cells).
@inlinable
public func kolmogorovSmirnov<Weight: BinaryFloatingPoint>(
  cells first: Span<Weight>, _ second: Span<Weight>
) throws(NumericsError) -> (statistic: Double, positive: Double, negative: Double, cell: Int) {
  let (n, m) = try positiveTotals(first, second)
  var f = 0.0
  var g = 0.0
  var positive = 0.0
  var negative = 0.0
  var cell = 0
  for index in 0..<first.count {
    f += Double(first[index])
    g += Double(second[index])
    let gap = f / n - g / m
    if Swift.max(gap, -gap) > Swift.max(positive, negative) { cell = index }
    positive = Swift.max(positive, gap)
    negative = Swift.max(negative, -gap)
  }
  return (Swift.max(positive, negative), positive, negative, cell)
}

/// The totals of two equally long weight vectors, both of which must be above 0.
@inlinable
func positiveTotals<Weight: BinaryFloatingPoint>(
  _ first: Span<Weight>, _ second: Span<Weight>
) throws(NumericsError) -> (Double, Double) {
  precondition(
    first.count == second.count,
    "weights on the same cells are expected, not \(first.count) and \(second.count)")
  let n = pairwiseSum(over: 0..<first.count) { Double(first[$0]) }
  let m = pairwiseSum(over: 0..<second.count) { Double(second[$0]) }
  guard n > 0, m > 0 else {
    throw NumericsError(.tooFewObservations, "both sides must have some weight")
  }
  return (n, m)
}
