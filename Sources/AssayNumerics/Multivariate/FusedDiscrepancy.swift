import Foundation

/// One test of equal laws over many kernels and bandwidths (MMD-FUSE).
///
/// ```
/// (1/λ)·ln mean over kernels of exp(λ·MMD²ₖ/√Nₖ),   λ = √(n(n − 1)),   Nₖ = mean of k² over pairs
/// ```
///
/// with n the smaller sample and MMD² the unbiased form. No split, no choice of bandwidth: each
/// kernel is brought to one scale by what it is over the pooled rows, which labels do not change.
///
/// Source: Biggs, Schrab & Gretton (2023), MMD-FUSE: learning and combining kernels for two-sample
/// testing without data splitting, arXiv:2306.08777.
public enum FusedDiscrepancy {
  /// Gaussian and Laplace kernels with bandwidths spread over the pooled distances.
  ///
  /// - Parameters:
  ///   - euclidean: The Euclidean distances of the pooled rows.
  ///   - manhattan: Their Manhattan distances.
  ///   - bandwidths: How many bandwidths of each kind; at least 1.
  /// - Returns: Kernels with equally spaced bandwidths from half the 5th to twice the 95th
  ///   percentile of the distances of different rows.
  /// - Throws: ``NumericsError`` `.undefined` when fewer than two rows differ.
  /// - Complexity: O(*N*²).
  public static func kernels(
    euclidean: PooledDistances, manhattan: PooledDistances, bandwidths: Int = 5
  ) throws(NumericsError) -> [Kernel] {
    precondition(bandwidths >= 1, "at least 1 bandwidth is expected, not \(bandwidths)")
    let wide = try spread(euclidean, bandwidths)
    let flat = try spread(manhattan, bandwidths)
    return wide.map { .gaussian(bandwidth: $0) } + flat.map { .laplace(bandwidth: $0) }
  }

  private static func spread(
    _ distances: PooledDistances, _ count: Int
  ) throws(NumericsError) -> [Double] {
    let sorted = distances.sortedPairs().filter { $0 > 0 }
    guard !sorted.isEmpty else {
      throw NumericsError(.undefined, "rows that are all equal leave the bandwidth undefined")
    }
    let low = try quantile(sorted: sorted.span, probability: 0.05) / 2
    let high = try quantile(sorted: sorted.span, probability: 0.95) * 2
    guard count > 1 else { return [(low + high) / 2] }
    return (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
  }

  /// Tests equality of both laws by relabelling.
  ///
  /// - Parameters:
  ///   - euclidean: The Euclidean distances of the pooled rows.
  ///   - manhattan: Their Manhattan distances, with samples of the same sizes.
  ///   - kernels: The kernels, at least one; by default ``kernels(euclidean:manhattan:bandwidths:)``.
  ///   - permutations: How many labellings to draw, B; at least 1.
  ///   - stream: The random numbers.
  /// - Returns: The fused statistic with its p-value.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two rows a sample, `.undefined` when
  ///   all rows are equal, `.domain` for a bandwidth that is not above 0.
  /// - Complexity: O(kernels · *N*²·B), at the speed of a matrix product.
  public static func test(
    euclidean: PooledDistances, manhattan: PooledDistances, kernels: [Kernel]? = nil,
    permutations: Int = 999, stream: inout RandomStream
  ) throws(NumericsError) -> RelabellingTest {
    precondition(permutations >= 1, "at least 1 permutation is expected, not \(permutations)")
    precondition(
      euclidean.firstCount == manhattan.firstCount
        && euclidean.secondCount == manhattan.secondCount,
      "two metrics on the same rows are expected")
    guard euclidean.firstCount > 1, euclidean.secondCount > 1 else {
      throw NumericsError(.tooFewObservations, "each sample must have at least two rows")
    }
    let chosen: [Kernel]
    if let kernels {
      chosen = kernels
    } else {
      chosen = try Self.kernels(euclidean: euclidean, manhattan: manhattan)
    }
    precondition(!chosen.isEmpty, "at least one kernel is expected")
    let rows = euclidean.count
    let labels = LabelSums.labels(
      first: euclidean.firstCount, rows: rows, permutations: permutations, stream: &stream)
    let n = Double(euclidean.firstCount)
    let m = Double(euclidean.secondCount)
    let smaller = min(n, m)
    let lambda = (smaller * (smaller - 1)).squareRoot()
    var exponents: [[Double]] = []
    for kernel in chosen {
      let table = try kernelTable(kernel.metric == .euclidean ? euclidean : manhattan, kernel)
      let squares = pairwiseSum(over: 0..<table.count) { table[$0] * table[$0] }
      let scale = (squares / (Double(rows) * Double(rows - 1))).squareRoot()
      guard scale > 0 else { continue }
      let sums = LabelSums(
        table: table.span, labels: labels.span, rows: rows, labellings: permutations + 1)
      exponents.append(
        (0...permutations).map { index in
          let inside =
            sums.first[index] / (n * (n - 1)) + sums.second[index] / (m * (m - 1))
          return lambda * (inside - 2 * sums.between[index] / (n * m)) / scale
        })
    }
    guard !exponents.isEmpty else {
      throw NumericsError(.undefined, "no kernel sees any two rows as alike")
    }
    return RelabellingTest(
      statistics: (0...permutations).map { index in
        // The largest exponent is taken out, lest the sum overflow.
        let largest = exponents.reduce(-Double.infinity) { max($0, $1[index]) }
        let sum = exponents.reduce(0) { $0 + exp($1[index] - largest) }
        return (largest + log(sum / Double(exponents.count))) / lambda
      })
  }
}
