import Foundation

/// How classes of equal records grow with the number of records: Pitman's sampling formula, fitted to
/// the sizes of the classes of a sample.
///
/// The next record founds a class of its own with probability (θ + α·classes)/(θ + records), and else
/// joins one in proportion to its size less α. From a fit follows how many records of a population
/// would be alone in their class.
///
/// It takes the sample for a simple random one. With few classes or nearly all records alone the fit
/// lies at the edge and says little.
///
/// Source: Pitman (1995), Exchangeable and partially exchangeable random partitions,
/// doi:10.1007/BF01213386; for disclosure risk Hoshino (2001), Applying Pitman's sampling formula to
/// microdata disclosure risk assessment, Journal of Official Statistics 17, 499–520.
public struct PitmanModel: Sendable, Hashable {
  /// How fast classes of one record keep arising; 0...1.
  public let alpha: Double
  /// How many classes there are to begin with; above −α.
  public let theta: Double

  /// A model with given parameters.
  public init(alpha: Double, theta: Double) {
    precondition(alpha >= 0 && alpha < 1 && theta > -alpha, "0 ≤ α < 1 and θ > −α are expected")
    self.alpha = alpha
    self.theta = theta
  }

  /// The likeliest model for the sizes of classes.
  ///
  /// - Parameter sizes: The number of records in each class; at least one class.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without a class of two records or with a
  ///   single class: the model then has no likeliest form.
  /// - Complexity: O(classes + distinct sizes) with a factor of some thousands.
  public init(sizes: [Int]) throws(NumericsError) {
    var counts: [Int: Int] = [:]
    for size in sizes where size > 0 { counts[size, default: 0] += 1 }
    let classes = counts.values.reduce(0, +)
    let records = counts.reduce(0) { $0 + $1.key * $1.value }
    guard classes > 1, records > classes else {
      throw NumericsError(
        .tooFewObservations, "a model of classes needs two classes and one of two records")
    }
    let sorted = counts.sorted { $0.key < $1.key }.map { (size: $0.key, count: $0.value) }
    func value(_ alpha: Double, _ logShift: Double) throws(NumericsError) -> Double {
      try Self.logLikelihood(
        sorted, classes: classes, records: records, alpha: alpha, theta: exp(logShift) - alpha)
    }
    func best(_ alpha: Double) throws(NumericsError) -> (shift: Double, value: Double) {
      let shift = try Self.maximiser(-14, 25) { shift throws(NumericsError) in
        try value(alpha, shift)
      }
      return (shift, try value(alpha, shift))
    }
    let alpha = try Self.maximiser(1e-6, 1 - 1e-6) { alpha throws(NumericsError) in
      try best(alpha).value
    }
    self.alpha = alpha
    theta = exp(try best(alpha).shift) - alpha
  }

  /// The logarithm of the probability of class sizes, up to what does not depend on the parameters.
  ///
  /// - Parameters:
  ///   - sizes: Sizes and how many classes have them.
  ///   - alpha: α, strictly between 0 and 1.
  ///   - theta: θ, above −α.
  /// - Returns: A sum of logarithms, at its largest where the model is likeliest.
  /// - Throws: ``NumericsError`` `.domain` outside these ranges.
  public static func logLikelihood(
    sizes: [(size: Int, count: Int)], alpha: Double, theta: Double
  ) throws(NumericsError) -> Double {
    try logLikelihood(
      sizes, classes: sizes.reduce(0) { $0 + $1.count },
      records: sizes.reduce(0) { $0 + $1.size * $1.count }, alpha: alpha, theta: theta)
  }

  private static func logLikelihood(
    _ sizes: [(size: Int, count: Int)], classes: Int, records: Int, alpha: Double, theta: Double
  ) throws(NumericsError) -> Double {
    // Σ log(θ + iα), Σ log(θ + i) and Σ log(i − α), each by the gamma function.
    let u = Double(classes)
    var sum = try (u - 1) * log(alpha) + logGamma(theta / alpha + u) - logGamma(theta / alpha + 1)
    sum -= try logGamma(theta + Double(records)) - logGamma(theta + 1)
    let start = try logGamma(1 - alpha)
    for (size, count) in sizes {
      sum += Double(count) * (try logGamma(Double(size) - alpha) - start)
    }
    return sum
  }

  /// Where a function with one peak is largest, by the golden section.
  private static func maximiser(
    _ from: Double, _ to: Double, _ function: (Double) throws(NumericsError) -> Double
  ) throws(NumericsError) -> Double {
    let ratio = (Double(5).squareRoot() - 1) / 2
    var (low, high) = (from, to)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (f, g) = (try function(left), try function(right))
    for _ in 0..<60 where high - low > 1e-9 {
      if f < g {
        low = left
        (left, f) = (right, g)
        right = low + ratio * (high - low)
        g = try function(right)
      } else {
        high = right
        (right, g) = (left, f)
        left = high - ratio * (high - low)
        f = try function(left)
      }
    }
    return (low + high) / 2
  }

  /// How many of so many records are expected to be alone in their class.
  ///
  /// ```
  /// N · Γ(θ + α + N − 1) Γ(θ + 1) / (Γ(θ + N) Γ(θ + α))
  /// ```
  ///
  /// - Parameter records: N, at least 1.
  /// - Returns: A number in 0...N.
  /// - Throws: ``NumericsError`` `.domain` where the gamma function overflows.
  public func expectedUniques(among records: Double) throws(NumericsError) -> Double {
    guard records > 1 else { return max(0, records) }
    let logShare =
      try logGamma(theta + alpha + records - 1) - logGamma(theta + records) + logGamma(theta + 1)
      - logGamma(theta + alpha)
    return records * exp(min(0, logShare))
  }
}
