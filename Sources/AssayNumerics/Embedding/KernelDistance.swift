/// The kernel distance of two samples of embedded points ('KID'): the unbiased squared maximum mean
/// discrepancy under the kernel `(x·y/d + 1)³`.
///
/// It is 0 on average for equal laws whatever the size of the samples, and so may be below 0. The
/// kernel sees moments up to the third.
///
/// Source: Bińkowski, Sutherland, Arbel & Gretton (2018), Demystifying MMD GANs, ICLR,
/// arXiv:1801.01401.
public struct KernelDistance: Sendable, Hashable {
  /// The distance.
  public var value: Double
  /// Its standard deviation away from equal laws, from the influence of each point.
  public var deviation: Double
  /// Its standard deviation for two samples of one law.
  public var freshDeviation: Double

  /// Rows of a tile.
  private static let tile = 64

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - first: One sample.
  ///   - second: The other.
  ///   - threads: How many tiles are in work at one time.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two points a sample, `.domain` where
  ///   the kernel is not finite.
  /// - Complexity: O((n + m)² · dimensions); memory for a tile.
  public init(
    _ first: EuclideanPoints, _ second: EuclideanPoints, threads: Int = 1
  ) throws(NumericsError) {
    precondition(first.dimensions == second.dimensions, "points of one space are expected")
    guard first.count > 1, second.count > 1 else {
      throw NumericsError(.tooFewObservations, "each sample must have at least two rows")
    }
    let (n, m, d) = (first.count, second.count, first.dimensions)
    let pooled = first.values + second.values
    let parts = try parallelChunks(count: n + m, chunk: 4 * Self.tile, threads: threads) {
      range throws(NumericsError) -> [Line] in
      Self.lines(range, pooled, split: n, dimensions: d)
    }
    let lines = parts.flatMap { $0 }
    guard lines.allSatisfy({ $0.first.isFinite && $0.second.isFinite && $0.squares.isFinite })
    else { throw NumericsError(.domain, "the kernel of these rows is not finite") }
    let (a, b) = (Double(n), Double(m))
    func total(_ range: Range<Int>, _ term: (Line) -> Double) -> Double {
      pairwiseSum(over: range) { term(lines[$0]) }
    }
    let within = total(0..<n, \.first) / (a * (a - 1))
    let other = total(n..<n + m, \.second) / (b * (b - 1))
    let between = total(0..<n, \.second) / (a * b)
    value = within + other - 2 * between
    let left = lines[0..<n].map { 2 * ($0.first / (a - 1) - $0.second / b) }
    let right = lines[n...].map { 2 * ($0.second / (b - 1) - $0.first / a) }
    deviation = (try variance(left.span) / a + variance(right.span) / b).squareRoot()
    // Of the centred kernel: E k² − 2·E k̄² + (E k)² over pairs of different rows.
    let all = a + b
    let means = lines.map { ($0.first + $0.second) / (all - 1) }
    let mean = try AssayNumerics.mean(means.span)
    let squares = total(0..<n + m, \.squares) / (all * (all - 1))
    let rowSquares = pairwiseSum(over: 0..<n + m) { means[$0] * means[$0] } / all
    let centred = max(0, squares - 2 * rowSquares + mean * mean)
    freshDeviation =
      (centred * (2 / (a * (a - 1)) + 2 / (b * (b - 1)) + 4 / (a * b))).squareRoot()
  }

  /// What the kernel of one point and all others adds up to.
  private struct Line: Sendable {
    /// Over the other points of the first sample.
    var first = 0.0
    /// Over those of the second.
    var second = 0.0
    /// The squares over all.
    var squares = 0.0
  }

  private static func lines(
    _ range: Range<Int>, _ pooled: [Double], split: Int, dimensions: Int
  ) -> [Line] {
    let count = pooled.count / dimensions
    var lines: [Line] = []
    var lower = range.lowerBound
    while lower < range.upperBound {
      let upper = min(lower + tile, range.upperBound)
      let products = LinearAlgebra.doublePrecisionProduct(
        pooled.span.extracting(lower * dimensions..<upper * dimensions),
        byTransposed: pooled.span, rows: upper - lower, inner: dimensions, columns: count)
      let span = products.span
      for row in lower..<upper {
        let start = (row - lower) * count
        func sum(_ from: Int, _ to: Int) -> (kernel: Double, squares: Double) {
          var (kernel, squares) = (0.0, 0.0)
          for other in from..<to where other != row {
            let base = span[start + other] / Double(dimensions) + 1
            let value = base * base * base
            kernel += value
            squares += value * value
          }
          return (kernel, squares)
        }
        let (first, second) = (sum(0, split), sum(split, count))
        lines.append(
          Line(
            first: first.kernel, second: second.kernel, squares: first.squares + second.squares))
      }
      lower = upper
    }
    return lines
  }
}
