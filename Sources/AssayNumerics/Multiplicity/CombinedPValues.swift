import Foundation

/// Simes' p-value of the hypothesis that every member of a family is true.
///
/// ```
/// p = min over i of K·p₍ᵢ₎/i
/// ```
///
/// - Parameter pValues: The p-values of the family, *K* of them; in 0...1.
/// - Returns: A p-value in 0...1; valid for independent and positively dependent members.
/// - Throws: ``NumericsError`` `.tooFewObservations` for an empty family, `.domain` for a value
///   outside 0...1.
/// - Complexity: O(*K* log *K*).
/// Source: Simes (1986), doi:10.1093/biomet/73.3.751.
public func simesPValue(_ pValues: Span<Double>) throws(NumericsError) -> Double {
  guard pValues.count > 0 else { throw emptyFamily }
  let order = try orderOfPValues(pValues)
  var least = 1.0
  for (index, place) in order.enumerated() {
    least = min(least, Double(pValues.count) * pValues[Int(place)] / Double(index + 1))
  }
  return least
}

/// The Cauchy combination of p-values: one p-value for a family of any dependence.
///
/// ```
/// T = mean of tan((½ − pᵢ)·π)        p = ½ − arctan(T)/π
/// ```
///
/// For small p it is accurate whatever the dependence. A member at exactly 1 counts as
/// 1 − 10⁻¹⁶, lest it outweigh all others.
///
/// - Parameter pValues: The p-values of the family, *K* of them; in 0...1.
/// - Returns: A p-value in 0...1; 0 when a member is 0.
/// - Throws: ``NumericsError`` `.tooFewObservations` for an empty family, `.domain` for a value
///   outside 0...1.
/// - Complexity: O(*K* log *K*).
/// Source: Liu & Xie (2020), doi:10.1080/01621459.2018.1554485.
public func cauchyCombinedPValue(_ pValues: Span<Double>) throws(NumericsError) -> Double {
  guard pValues.count > 0 else { throw emptyFamily }
  let order = try orderOfPValues(pValues)
  guard pValues[Int(order[0])] > 0 else { return 0 }
  let statistic =
    pairwiseSum(over: 0..<order.count) { index in
      let p = min(pValues[Int(order[index])], 1 - 1e-16)
      // 1/tan(π·p) keeps the digits of a tiny p, which ½ − p would lose.
      return p < 0.25 ? 1 / tan(Double.pi * p) : tan((0.5 - p) * Double.pi)
    } / Double(order.count)
  // arctan(1/T)/π keeps the digits of a tiny result.
  return statistic > 1
    ? atan(1 / statistic) / Double.pi : min(1, max(0, 0.5 - atan(statistic) / Double.pi))
}

private let emptyFamily = NumericsError(
  .tooFewObservations, "a combined p-value needs at least one p-value")
