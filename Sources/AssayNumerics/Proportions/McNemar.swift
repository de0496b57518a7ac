/// McNemar's exact p-value that two methods succeed equally often on the same rows.
///
/// Rows on which both succeed or both fail say nothing; of the others each half is expected on
/// either side.
///
/// - Parameters:
///   - firstOnly: The number of rows on which the first alone succeeds; at least 0.
///   - secondOnly: The number of rows on which the second alone succeeds; at least 0.
/// - Returns: The two-sided p-value, in 0...1; 1 when there are no such rows.
/// - Throws: ``NumericsError`` `.domain` for a negative count.
/// Source: McNemar (1947), doi:10.1007/BF02295996.
public func mcNemarPValue(firstOnly: Int, secondOnly: Int) throws(NumericsError) -> Double {
  guard firstOnly >= 0, secondOnly >= 0 else {
    throw NumericsError(.domain, "counts of at least 0 are expected")
  }
  let trials = firstOnly + secondOnly
  guard trials > 0 else { return 1 }
  let tail = try binomialUpperTail(
    atLeast: max(firstOnly, secondOnly), trials: trials, probability: 0.5)
  return min(1, 2 * tail)
}
