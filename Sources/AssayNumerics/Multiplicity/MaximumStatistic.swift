/// Family-wise p-values of statistics that share their data, from one joint permutation.
///
/// The statistics must be on one scale, such as z, and large when the hypothesis is wrong. Each
/// permutation recomputes all of them on the same relabelled data, so that whatever dependence
/// there is between them is in the reference distribution, and no power is lost to it.
public struct MaximumStatisticTest: Sendable, Hashable {
  /// The p-value of the hypothesis that every member of the family is true.
  public var globalPValue: Double
  /// Each statistic against the maximum over all: (1 + #{max ≥ tⱼ})/(1 + B).
  public var singleStep: [Double]
  /// Each statistic against the maximum over itself and all smaller ones, made monotone.
  ///
  /// Never above ``singleStep``, and as valid where the hypotheses are subset-pivotal.
  public var stepDown: [Double]
  /// The number of permutations, B.
  public var permutations: Int

  /// Compares statistics with those of permuted data.
  ///
  /// - Parameters:
  ///   - observed: The statistics, *K* of them; not NaN.
  ///   - permuted: The statistics of each permutation, *B* × *K*, row-major; not NaN.
  /// - Throws: ``NumericsError`` `.tooFewObservations` for an empty family, `.domain` for NaN.
  /// - Complexity: O(*B*·*K* + *K* log *K*).
  /// - Note: Statistics that are equal but for rounding (1e-12 relative) count as reached.
  /// Source: Westfall & Young (1993), Resampling-based multiple testing, algorithm 4.1; Ge, Dudoit
  /// & Speed (2003), doi:10.1007/BF02595811.
  public init(observed: Span<Double>, permuted: Span<Double>) throws(NumericsError) {
    let count = observed.count
    guard count > 0 else {
      throw NumericsError(.tooFewObservations, "a family needs at least one statistic")
    }
    precondition(
      permuted.count % count == 0,
      "whole permutations of \(count) statistics are expected, not \(permuted.count) numbers")
    for index in 0..<count where observed[index].isNaN {
      throw NumericsError(.domain, "statistic \(index) is NaN")
    }
    let rounds = permuted.count / count
    let ascending = sortPermutation(observed)
    var single = [Int](repeating: 0, count: count)
    var down = [Int](repeating: 0, count: count)
    let bounds = ascending.map { place in
      let value = observed[Int(place)]
      return value - 1e-12 * max(1, abs(value))
    }
    var running = [Double](repeating: 0, count: count)
    for round in 0..<rounds {
      let base = round * count
      var largest = -Double.infinity
      for (rank, place) in ascending.enumerated() {
        let value = permuted[base + Int(place)]
        guard !value.isNaN else {
          throw NumericsError(.domain, "statistic \(place) of permutation \(round) is NaN")
        }
        largest = max(largest, value)
        running[rank] = largest
      }
      for rank in 0..<count {
        if running[rank] >= bounds[rank] { down[rank] += 1 }
        if largest >= bounds[rank] { single[rank] += 1 }
      }
    }
    let share = { (hits: Int) in Double(1 + hits) / Double(1 + rounds) }
    singleStep = [Double](repeating: 0, count: count)
    stepDown = singleStep
    var least = 0.0
    // From the largest statistic down, no member is adjusted to less than a larger one.
    for rank in stride(from: count - 1, through: 0, by: -1) {
      let place = Int(ascending[rank])
      least = max(least, share(down[rank]))
      stepDown[place] = least
      singleStep[place] = share(single[rank])
    }
    globalPValue = share(single[count - 1])
    permutations = rounds
  }
}
