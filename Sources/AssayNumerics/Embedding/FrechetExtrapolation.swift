/// The Fréchet distance of ever larger samples, from distances of parts of those at hand.
///
/// The bias of the distance falls as 1/N; a line through the distances of parts of several sizes meets
/// 1/N = 0 at the distance without bias. It may come out below 0.
///
/// Source: Chong & Forsyth (2020), Effectively unbiased FID and Inception Score and where to find
/// them, CVPR, arXiv:1911.07023.
public struct FrechetExtrapolation: Sendable, Hashable {
  /// The distance at 1/N = 0.
  public var value: Double
  /// The sizes of the parts.
  public var sizes: [Int]
  /// The distance of each.
  public var distances: [Double]

  /// Extrapolates.
  ///
  /// - Parameters:
  ///   - first: One sample.
  ///   - second: The other.
  ///   - steps: How many sizes, evenly from a fifth of the smaller sample to the whole; at least 2.
  ///   - stream: Draws the parts.
  ///   - threads: How many parts are in work at one time.
  /// - Throws: ``NumericsError`` `.tooFewObservations` where the smallest part has no more points than
  ///   coordinates.
  /// - Complexity: O(steps · (points · dimensions² + dimensions³)).
  public init(
    _ first: EuclideanPoints, _ second: EuclideanPoints, steps: Int = 8,
    stream: inout RandomStream, threads: Int = 1
  ) throws(NumericsError) {
    precondition(steps >= 2, "at least 2 sizes are expected, not \(steps)")
    let whole = min(first.count, second.count)
    let least = max(2, whole / 5)
    guard least > first.dimensions, least < whole else {
      throw NumericsError(
        .tooFewObservations, "a fifth of the rows must be more than the coordinates")
    }
    var parts: [(size: Int, first: [Int], second: [Int])] = []
    for step in 0..<steps {
      let size = least + (whole - least) * step / (steps - 1)
      var chosen = (0..<first.count).map { $0 }
      var other = (0..<second.count).map { $0 }
      stream.shuffle(&chosen)
      stream.shuffle(&other)
      parts.append((size, Array(chosen.prefix(size)), Array(other.prefix(size))))
    }
    let drawn = parts
    let found = try parallelChunks(count: steps, chunk: 1, threads: threads) {
      range throws(NumericsError) -> Double in
      let part = drawn[range.lowerBound]
      return try FrechetDistance(
        PointMoments(first.rows(part.first)), PointMoments(second.rows(part.second))
      ).value
    }
    sizes = drawn.map(\.size)
    distances = found
    let x = sizes.map { 1 / Double($0) }
    let (meanX, meanY) = (try mean(x.span), try mean(found.span))
    let sum = pairwiseSum(over: 0..<steps) { (x[$0] - meanX) * (x[$0] - meanX) }
    let product = pairwiseSum(over: 0..<steps) { (x[$0] - meanX) * (found[$0] - meanY) }
    value = meanY - product / sum * meanX
  }
}
