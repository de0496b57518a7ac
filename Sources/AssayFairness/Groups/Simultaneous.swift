import AssayNumerics
package import AssayMetrics

/// Intervals of several quantities that hold together.
package enum Simultaneous {
  /// The name that documents give the construction.
  package static let method = "max-t"

  /// How many deviations each quantity may be off so that all are within it at once.
  ///
  /// ```
  /// the quantile, at the level, of max_j |x*_j − x̄*_j| / sd*_j over replicates *
  /// ```
  ///
  /// The replicates of all quantities are those of the same draws, so that whatever dependence
  /// there is between them is used. Never less than the normal quantile of a single one.
  ///
  /// - Parameters:
  /// - replicates: A replicate a row, a quantity a column.
  /// - columns: The quantities that must hold together.
  /// - width: The number of columns.
  /// - level: The level at which all hold. Source: Westfall & Young (1993), Resampling-based
  ///   multiple testing.
  package static func reach(
    _ replicates: [Double], columns: [Int], of width: Int, level: Double
  ) throws(MetricError) -> Double {
    let single: Double
    do throws(NumericsError) {
      single = try normalQuantile(1 - (1 - level) / 2)
    } catch {
      throw MetricError(error)
    }
    let rows = width > 0 ? replicates.count / width : 0
    guard columns.count > 1, rows > 2 else { return single }
    var largest = [Double](repeating: 0, count: rows)
    for column in columns {
      let (mean, deviation) = CalibratedBlock.moments(replicates, subject: column, of: width)
      guard deviation > 0 else { continue }
      for row in 0..<rows {
        let distance = abs(replicates[row * width + column] - mean) / deviation
        if distance > largest[row] { largest[row] = distance }
      }
    }
    do throws(NumericsError) {
      let sorted = sortedCopy(largest.span)
      return max(single, try quantile(sorted: sorted.span, probability: level))
    } catch {
      throw MetricError(error)
    }
  }
}
