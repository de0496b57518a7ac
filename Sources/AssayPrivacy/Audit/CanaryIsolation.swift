public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How far candidate records lie from all real rows, and which of them are alike.
public enum CanaryIsolation {
  /// Measures candidates.
  ///
  /// - Parameters:
  ///   - comparison: Real rows as training, candidates as synthetic.
  ///   - threads: The most threads to use.
  /// - Returns: The distance of each candidate to its closest real row, and a number that candidates
  ///   that are alike share.
  /// - Throws: ``/AssayMetrics/MetricError`` where no column can be compared.
  /// - Complexity: O(candidates · rows · columns).
  public static func distances(
    _ comparison: Comparison, threads: Int
  ) throws(MetricError) -> (distances: [Double], group: [Int]) {
    let frame = comparison.exchangeable
    let columns = AttackRows.columns(frame)
    guard !columns.isEmpty else {
      throw MetricError(code: "canary.columns", message: "the table has no column to plant into")
    }
    let space = try MixedSpace(frame, columns: columns, threads: threads)
    let candidates = try space.points(frame.synthetic, rows: nil)
    var groups: [RowKeys.Key: Int] = [:]
    let group = RowKeys(frame.synthetic, columns: columns).keys.map { key -> Int in
      let next = groups.count
      let place = groups[key] ?? next
      groups[key] = place
      return place
    }
    do throws(NumericsError) {
      let found = try nearest(queries: candidates, base: space.pooled[0], threads: threads)
      return (found.distances, group)
    } catch {
      throw MetricError(error)
    }
  }
}
