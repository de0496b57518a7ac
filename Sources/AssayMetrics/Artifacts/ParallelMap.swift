import AssayNumerics

/// Applies `body` to 0..<`count`, several at a time; the results come in order.
///
/// - Throws: The error of the earliest index that failed.
package func parallelMap<Result: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) throws(MetricError) -> Result
) throws(MetricError) -> [Result] {
  let outcomes: [Swift.Result<Result, MetricError>]
  do throws(NumericsError) {
    outcomes = try parallelChunks(count: count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> Swift.Result<Result, MetricError> in
      do throws(MetricError) {
        return .success(try body(range.lowerBound))
      } catch {
        return .failure(error)
      }
    }
  } catch {
    throw MetricError(error)
  }
  var results: [Result] = []
  results.reserveCapacity(count)
  for outcome in outcomes { results.append(try outcome.get()) }
  return results
}
