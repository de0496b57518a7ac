/// Adjusts p-values so that the chance of any false alarm in the family stays at the level.
///
/// ```
/// p̃₍ᵢ₎ = max over j ≤ i of min(1, (K − j + 1)·p₍ⱼ₎)
/// ```
///
/// Valid under any dependence, and never weaker than Bonferroni's K·p.
///
/// - Parameter pValues: The p-values of the family, *K* of them; in 0...1.
/// - Returns: The adjusted p-values, in the order given; none for none.
/// - Throws: ``NumericsError`` `.domain` for a value outside 0...1.
/// - Complexity: O(*K* log *K*).
/// Source: Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
/// Journal of Statistics 6, 65–70.
public func holmAdjustedPValues(_ pValues: Span<Double>) throws(NumericsError) -> [Double] {
  let order = try orderOfPValues(pValues)
  var adjusted = [Double](repeating: 0, count: pValues.count)
  var running = 0.0
  for (rank, position) in order.enumerated() {
    let place = Int(position)
    running = max(running, min(1, Double(pValues.count - rank) * pValues[place]))
    adjusted[place] = running
  }
  return adjusted
}

/// Adjusts p-values so that the expected share of false alarms among all alarms stays at the level.
///
/// ```
/// p̃₍ᵢ₎ = min over j ≥ i of min(1, K·p₍ⱼ₎/j)
/// ```
///
/// Valid for independent and for positively dependent p-values; for exploratory tables, not for
/// gates. Under other dependence use ``benjaminiYekutieliAdjustedPValues(_:)``.
///
/// - Parameter pValues: The p-values of the family, *K* of them; in 0...1.
/// - Returns: The adjusted p-values (q-values), in the order given; none for none.
/// - Throws: ``NumericsError`` `.domain` for a value outside 0...1.
/// - Complexity: O(*K* log *K*).
/// Source: Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
public func benjaminiHochbergAdjustedPValues(
  _ pValues: Span<Double>
) throws(NumericsError) -> [Double] {
  try stepUp(pValues, penalty: 1)
}

/// Adjusts p-values for the false discovery rate under any dependence.
///
/// ```
/// p̃₍ᵢ₎ = min over j ≥ i of min(1, (1 + ½ + … + 1/K)·K·p₍ⱼ₎/j)
/// ```
///
/// - Parameter pValues: The p-values of the family, *K* of them; in 0...1.
/// - Returns: The adjusted p-values, in the order given; none for none.
/// - Throws: ``NumericsError`` `.domain` for a value outside 0...1.
/// - Complexity: O(*K* log *K*).
/// Source: Benjamini & Yekutieli (2001), doi:10.1214/aos/1013699998.
public func benjaminiYekutieliAdjustedPValues(
  _ pValues: Span<Double>
) throws(NumericsError) -> [Double] {
  try stepUp(pValues, penalty: pairwiseSum(over: 0..<pValues.count) { 1 / Double($0 + 1) })
}

private func stepUp(_ pValues: Span<Double>, penalty: Double) throws(NumericsError) -> [Double] {
  let order = try orderOfPValues(pValues)
  let count = Double(pValues.count)
  var adjusted = [Double](repeating: 0, count: pValues.count)
  var running = 1.0
  for rank in stride(from: order.count, to: 0, by: -1) {
    let place = Int(order[rank - 1])
    running = min(running, penalty * count / Double(rank) * pValues[place])
    adjusted[place] = running
  }
  return adjusted
}

/// The order that makes p-values ascend, once they are known to be probabilities.
func orderOfPValues(_ pValues: Span<Double>) throws(NumericsError) -> [Int32] {
  for index in 0..<pValues.count {
    let value = pValues[index]
    guard value >= 0, value <= 1 else {
      throw NumericsError(.domain, "p-values in 0...1 are expected, not \(value)")
    }
  }
  return sortPermutation(pValues)
}
