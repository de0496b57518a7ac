import AssayNumerics
import AssayTable

/// A correlation of the rows in which both columns have a value.
package struct ExactCorrelation: Sendable {
  /// The coefficient; `nil` where a side does not vary or has fewer than four rows.
  package var value: Double?
  /// Rows with both values.
  package var count: Int

  /// Takes a coefficient that is known.
  package init(value: Double?, count: Int) {
    self.value = value
    self.count = count
  }

  /// Correlates from the rows, in two passes.
  package init(_ first: CorrelationColumn, _ second: CorrelationColumn) {
    let x = first.paired(with: second.values)
    let y = second.paired(with: first.values)
    count = x.count
    guard count >= 4 else { return }
    // It throws where a side does not vary, which is what no value stands for.
    guard let found = try? pearsonCorrelation(x.span, y.span), found.isFinite else { return }
    value = found
  }

  /// Correlates rows that count by their weights, from the rows; the count is of as many rows that
  /// count alike as they are worth.
  package init(weighted first: CorrelationColumn, _ second: CorrelationColumn) {
    let both = RowSet(first.values.validity, second.values.validity, count: first.values.count)
    let weights = both.gather { first.weights[$0] }
    let total = pairwiseSum(weights.span)
    let squares = pairwiseSum(over: 0..<weights.count) { weights[$0] * weights[$0] }
    count = squares > 0 ? Int(total * total / squares) : 0
    guard count >= 4 else { return }
    let (x, y) = (first.weighted(both), second.weighted(both))
    // It throws where a side does not vary, which is what no value stands for.
    guard let found = try? pearsonCorrelation(x.span, y.span, weights: weights.span),
      found.isFinite
    else { return }
    value = found
  }

  /// Correlates from sums where they are sure to give what the rows give, to 10⁻¹².
  ///
  /// - Returns: `nil` where rounding could show: far values that are missing in the pair, sides
  ///   that hardly vary, and coefficients next to ±1, which must be 1 for equal columns.
  package init?(_ sums: CorrelationSums, first: CorrelationColumn, second: CorrelationColumn) {
    count = Int(sums.count)
    guard count >= 4 else { return }
    let vx = sums.xx - sums.x * sums.x / sums.count
    let vy = sums.yy - sums.y * sums.y / sums.count
    guard sums.xx.isFinite, sums.yy.isFinite, vx > sums.xx / 64, vy > sums.yy / 64,
      vx > Self.rounding(first.centre + sums.x / sums.count, sums.count),
      vy > Self.rounding(second.centre + sums.y / sums.count, sums.count)
    else { return nil }
    guard let sure = Self.sure(sums.xy - sums.x * sums.y / sums.count, vx, vy) else { return nil }
    value = sure
  }

  /// Correlates the ranks of a pair with missing values in one pass over the rows.
  ///
  /// Mid-ranks of *n* rows have the mean (n + 1)/2 and the sum of squares about it
  /// `(n³ − n − Σ(t³ − t)) / 12`, *t* the numbers of equal values, so that only the products are
  /// added up.
  ///
  /// - Returns: `nil` where a side does not vary or the coefficient is next to ±1.
  package init?(ranksOf first: CorrelationColumn, _ second: CorrelationColumn) {
    let both = RowSet(first.values.validity, second.values.validity, count: first.values.count)
    count = both.count
    guard count >= 4 else { return }
    let x = ReducedRanks(first, with: second.values)
    let y = ReducedRanks(second, with: first.values)
    let products = RankProducts(both, first.groups, second.groups)
    let n = Double(count)
    let all = n * (n * n - 1)
    let xy =
      switch (x, y) {
      case (.places(let x), .places(let y)): products.sum(x, y)
      case (.places(let x), .table(let y)): products.sum(x, y)
      case (.table(let x), .places(let y)): products.sum(x, y)
      case (.table(let x), .table(let y)): products.sum(x, y)
      }
    guard let sure = Self.sure(xy, (all - x.ties) / 3, (all - y.ties) / 3) else { return nil }
    value = sure
  }

  private static func sure(_ xy: Double, _ xx: Double, _ yy: Double) -> Double? {
    let product = xx * yy
    guard xx > 0, yy > 0, product.isNormal else { return nil }
    let found = xy / product.squareRoot()
    return abs(found) < 0.999 ? found : nil
  }

  /// More than a sum of squares that rounding alone can produce from a constant.
  private static func rounding(_ mean: Double, _ count: Double) -> Double {
    let step = mean * 0x1p-50
    return count * step * step
  }
}
