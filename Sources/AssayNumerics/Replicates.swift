/// The counts of every bootstrap replicate from the counts of the groups that are resampled.
///
/// ```
/// replicate b, cell k:   Σ over groups g of multiplicity(b, g) · count(g, k)
/// ```
///
/// Rows (or entities) are dealt into groups once; a replicate draws groups with replacement, and
/// its counts in every cell of every column follow by one matrix product.
///
/// - Parameters:
///   - multiplicities: How often each replicate holds each group, replicates × groups, row-major.
///   - shardCounts: How much of each group is in each cell, groups × cells, row-major.
///   - replicates: The number of replicates, B.
///   - groups: The number of groups, G.
///   - cells: The number of cells, K.
/// - Returns: Counts, replicates × cells, row-major; exact while they stay below 2²⁴ and the
///   inputs are integers.
/// - Complexity: O(B·G·K), at the speed of a matrix product.
public func replicateCounts(
  multiplicities: Span<Float>, shardCounts: Span<Float>, replicates: Int, groups: Int, cells: Int
) -> [Float] {
  LinearAlgebra.singlePrecisionProduct(
    multiplicities, shardCounts, rows: replicates, inner: groups, columns: cells)
}

/// The multiplicities of bootstrap replicates, one stream a replicate.
///
/// - Parameters:
///   - replicates: The number of replicates, B.
///   - groups: The number of groups, G; each replicate draws as many.
///   - seed: The seed of the evaluation.
///   - role: What is resampled, such as `training`: every measurement of that role gets the same
///     replicates.
/// - Returns: Multiplicities, replicates × groups, row-major; each row adds up to `groups`.
/// - Complexity: O(B·G).
public func bootstrapMultiplicities(
  replicates: Int, groups: Int, seed: UInt64, role: String
) -> [Float] {
  var result: [Float] = []
  result.reserveCapacity(replicates * groups)
  for replicate in 0..<replicates {
    var stream = RandomStream(seed: seed, name: "bootstrap", role, String(replicate))
    for count in stream.multinomial(count: groups, categories: groups) {
      result.append(Float(count))
    }
  }
  return result
}
