import AssayMetrics
import AssayNumerics
import AssayTable

/// The exact nearest row of the real table for every row of the synthetic one.
extension Run {
  /// Ranks of numbers and points in time, codes of levels; blank cells are at the low end.
  ///
  /// - Parameter limited: Whether only as many rows are searched for as the standard plan takes.
  /// - Returns: The time, the numbers of columns and rows, and the first hundred distances' sum.
  /// - Throws: What reading, aligning and searching throw.
  func neighbours(limited: Bool) throws -> Outcome {
    let comparison = try comparison()
    let plan = EvaluationPlan(rows: comparison.real.training.rowCount)
    let count = min(comparison.synthetic.rowCount, limited ? plan.neighbourSample ?? .max : .max)
    let training = comparison.real.training
    var base: [MixedDimension] = []
    var queries: [MixedDimension] = []
    for position in comparison.schema.featureIndices {
      switch (training.columns[position], comparison.synthetic.columns[position]) {
      case (.numeric(let first), .numeric(let second)):
        let sorted = sortedCopy(first.presentValues.span)
        let scale = try RankScale(sorted: sorted.span)
        base.append(Self.dimension(first, scale, first.count))
        queries.append(Self.dimension(second, scale, count))
      case (.nominal(let first), .nominal(let second)):
        base.append(.nominal(codes: first))
        queries.append(.nominal(codes: Array(second.prefix(count))))
      default:
        continue
      }
    }
    let all = MixedPoints(base)
    let rows = MixedPoints(queries)
    return try timed {
      let found = try nearest(queries: rows, base: all, threads: threads)
      return [
        Double(base.count), Double(count), found.distances.prefix(100).reduce(0, +),
      ]
    }
  }

  private static func dimension(
    _ values: NumericValues, _ scale: RankScale, _ count: Int
  ) -> MixedDimension {
    .numeric(positions: (0..<count).map { values[$0].map(scale.position(of:)) ?? 0 })
  }
}
