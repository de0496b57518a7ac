/// A family of statistics that add up over labelled units, tested together by giving out the labels
/// anew.
///
/// ```
/// zⱼ = Σ_{i labelled} (vⱼᵢ − v̄ⱼ) / sdⱼ      sdⱼ² = n m/(N(N − 1)) · Σ (vⱼᵢ − v̄ⱼ)²
/// ```
///
/// Given the units and their numbers v, which do not depend on the labels, every choice of n of the
/// N units is equally likely to be the labelled one. All statistics are recomputed on the same
/// labellings, so whatever dependence there is between them is in the distribution of their maximum.
/// The test is exact in finite samples.
public struct JointLabelPermutation: Sendable, Hashable {
  /// Each statistic in units of its standard deviation over labellings; 0 where it cannot vary.
  public var z: [Double]
  /// The standard deviation of each sum over labellings.
  public var deviations: [Double]
  /// The family-wise p-values.
  public var test: MaximumStatisticTest
  /// The largest statistic of each labelling drawn, ascending.
  public var maxima: [Double]

  /// The p-value of the hypothesis that no label says anything: that of the permutation, and where no
  /// labelling drawn reaches the observed maximum, a `SequentialPValue` of more, or what
  /// `labelSumBound(weights:chosen:atLeast:)` proves of all statistics together if that is smaller
  /// still.
  public private(set) var globalPValue: Double

  /// The mean and the standard deviation of the largest statistic over the labellings drawn.
  public var maximum: (mean: Double, deviation: Double) {
    guard maxima.count > 1 else { return (0, 1) }
    let mean = pairwiseSum(maxima.span) / Double(maxima.count)
    let squares = pairwiseSum(over: 0..<maxima.count) {
      (maxima[$0] - mean) * (maxima[$0] - mean)
    }
    return (mean, (squares / Double(maxima.count - 1)).squareRoot())
  }

  /// The value that the largest statistic exceeds with a probability of at most `level`.
  ///
  /// Where too few labellings were drawn to tell, Bonferroni over the normal tails, and no less than any
  /// labelling drawn.
  ///
  /// - Throws: ``NumericsError`` `.domain` for a level outside 0...1.
  public func criticalValue(level: Double) throws(NumericsError) -> Double {
    let bonferroni = try normalQuantile(1 - min(0.5, level / Double(max(1, z.count))))
    let allowed = Int((level * Double(maxima.count + 1)).rounded(.down)) - 1
    guard allowed >= 0, allowed < maxima.count else {
      return max(bonferroni, maxima.last ?? 0)
    }
    return maxima[maxima.count - 1 - allowed]
  }

  /// Tests.
  ///
  /// - Parameters:
  ///   - values: vⱼᵢ, statistic by statistic: *K* × *N*, row-major; finite.
  ///   - isLabelled: Which units carry the label, *N* of them.
  ///   - permutations: How many labellings to draw, B.
  ///   - seed: The seed of the labellings.
  ///   - path: The name of their stream.
  ///   - threads: The most threads to use; the result does not depend on it.
  /// - Throws: ``NumericsError`` `.tooFewObservations` where all or no units are labelled or there is
  ///   no statistic.
  /// - Complexity: O(B · K · N), as matrix products.
  /// Source: Westfall & Young (1993), Resampling-based multiple testing; Phipson & Smyth (2010),
  /// doi:10.2202/1544-6115.1585.
  public init(
    values: [Double], isLabelled: [Bool], permutations: Int, seed: UInt64, path: [String],
    threads: Int
  ) throws(NumericsError) {
    let units = isLabelled.count
    let labelled = isLabelled.count { $0 }
    guard labelled > 0, labelled < units else {
      throw NumericsError(
        .tooFewObservations, "both labels must occur: \(labelled) of \(units) units carry it")
    }
    precondition(values.count % units == 0, "whole statistics of \(units) numbers are expected")
    let count = values.count / units
    var scaled = values
    var deviations: [Double] = []
    let factor = Double(labelled) * Double(units - labelled) / Double(units) / Double(units - 1)
    for statistic in 0..<count {
      let range = statistic * units..<(statistic + 1) * units
      let mean = pairwiseSum(values.span.extracting(range)) / Double(units)
      let squares = pairwiseSum(over: range) { (values[$0] - mean) * (values[$0] - mean) }
      // Numbers that differ by rounding alone do not vary.
      let size = range.reduce(0) { max($0, abs(values[$1])) }
      let deviation = (factor * squares).squareRoot()
      let varies = deviation > 1e-11 * size
      deviations.append(varies ? deviation : 0)
      for place in range { scaled[place] = varies ? (values[place] - mean) / deviation : 0 }
    }
    self.deviations = deviations
    let matrix = scaled
    let observed = (0..<count).map { statistic in
      pairwiseSum(over: 0..<units) { isLabelled[$0] ? matrix[statistic * units + $0] : 0 }
    }
    z = observed
    let draws = Draws(
      matrix: matrix, units: units, labelled: labelled, seed: seed, path: path, threads: threads)
    let drawn = try draws.statistics(of: 0..<permutations)
    test = try MaximumStatisticTest(observed: observed.span, permuted: drawn.span)
    maxima = (0..<permutations).map { labelling in
      drawn[labelling * count..<(labelling + 1) * count].reduce(-.infinity, max)
    }.sorted()
    globalPValue = test.globalPValue
    guard test.globalPValue * Double(1 + permutations) <= 1.000_001, let largest = observed.max()
    else { return }
    let slack = 1e-10 * max(1, abs(largest))
    var bound = 0.0
    for statistic in 0..<count where deviations[statistic] > 0 {
      bound += labelSumBound(
        weights: matrix.span.extracting(statistic * units..<(statistic + 1) * units),
        chosen: labelled, atLeast: largest - slack)
    }
    guard bound * Double(SequentialPValue.most) >= 1 else {
      globalPValue = max(1e-300, bound)
      return
    }
    var sharp = SequentialPValue(drawn: permutations)
    while sharp.isOpen {
      let next = sharp.drawn..<min(sharp.drawn + Self.block, SequentialPValue.most - 1)
      for isReached in try draws.reach(largest - slack, of: next) where sharp.isOpen {
        sharp.add(isReached)
      }
    }
    globalPValue = sharp.pValue
  }

  /// Labellings, numbered from 0, each with a stream that its chunk names.
  private struct Draws: Sendable {
    var matrix: [Double]
    var units: Int
    var labelled: Int
    var seed: UInt64
    var path: [String]
    var threads: Int

    private var count: Int { matrix.count / units }

    /// The statistics of some labellings, one labelling after the other.
    func statistics(of range: Range<Int>) throws(NumericsError) -> [Double] {
      try parallelChunks(
        count: range.count, chunk: JointLabelPermutation.chunk, threads: threads
      ) { part throws(NumericsError) -> [Double] in
        products(part.lowerBound + range.lowerBound..<part.upperBound + range.lowerBound)
      }.flatMap { $0 }
    }

    /// Whether each of some labellings has a statistic of at least `limit`.
    func reach(_ limit: Double, of range: Range<Int>) throws(NumericsError) -> [Bool] {
      try parallelChunks(
        count: range.count, chunk: JointLabelPermutation.chunk, threads: threads
      ) { part throws(NumericsError) -> [Bool] in
        let drawn = products(
          part.lowerBound + range.lowerBound..<part.upperBound + range.lowerBound)
        return (0..<part.count).map { labelling in
          drawn[labelling * count..<(labelling + 1) * count].contains { $0 >= limit }
        }
      }.flatMap { $0 }
    }

    private func products(_ range: Range<Int>) -> [Double] {
      var stream = RandomStream(seed: seed, path: path + [String(range.lowerBound)])
      var labels = [Double](repeating: 0, count: range.count * units)
      for labelling in 0..<range.count {
        var left = labelled
        for unit in 0..<units where left > 0 && stream.below(units - unit) < left {
          labels[labelling * units + unit] = 1
          left -= 1
        }
      }
      return LinearAlgebra.doublePrecisionProduct(
        labels.span, byTransposed: matrix.span, rows: range.count, inner: units, columns: count)
    }
  }

  /// Labellings that one matrix product takes.
  private static let chunk = 64

  /// Labellings that are drawn before it is asked whether more are needed.
  private static let block = 4_096
}
