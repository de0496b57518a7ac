package import AssayTable

/// Where the rows of each group lie when groups follow each other, rows ascending in each.
package struct RowPlaces: Sendable {
  /// The place of each row.
  package let places: [Int32]
  /// Where each group starts, with the number of rows at the end.
  package let offsets: [Int]

  /// The number of groups.
  package var count: Int { offsets.count - 1 }

  package init(_ layout: ShardLayout) {
    offsets = layout.offsets
    var places = [Int32](repeating: 0, count: layout.order.count)
    for group in 0..<layout.count {
      for position in layout.offsets[group]..<layout.offsets[group + 1] {
        places[Int(layout.order[position])] = Int32(group)
      }
    }
    var next = layout.offsets
    for row in places.indices {
      let group = Int(places[row])
      places[row] = Int32(next[group])
      next[group] += 1
    }
    self.places = places
  }
}

/// The values of a column, or twice its ranks, group after group.
package struct OrderedColumn: Sendable {
  /// Values or twice the ranks; NaN where missing.
  package let values: [Double]
  /// Whether any is missing.
  package let hasMissing: Bool
  /// What is taken from the numbers of ``values``, and then what they are multiplied by, to
  /// standardise them.
  private let shift, scale: Double
  /// The mean of the column's own values.
  private let centre: Double
  /// What each row counts; empty where rows count alike.
  package let weights: [Double]
  /// The number of ranks, 0 where values are wanted.
  private let ranks: Double

  /// Takes the rows one after the other: they go to as many places as there are groups, each of
  /// them filled from front to back, which memory likes better than the opposite.
  ///
  /// - Complexity: O(rows).
  package init(_ column: CorrelationColumn, _ rows: RowPlaces, fit: NumericFit) {
    hasMissing = column.values.validity != nil
    let isWeighted = !column.weights.isEmpty
    let weighted =
      isWeighted && column.isRanked
      ? column.weightedRanks(RowSet(column.values.validity, nil, count: column.values.count)) : nil
    let present = weighted?.total ?? Double(column.values.presentCount)
    ranks = column.isRanked ? max(1, present) : 0
    centre = column.isRanked ? present + 1 : column.centre
    weights = isWeighted ? Self.ordered(column.weights, rows) : []
    shift = fit.mean
    scale = fit.standardDeviation > 0 ? 1 / fit.standardDeviation : 1
    var values = [Double](repeating: .nan, count: column.values.count)
    var out = values.mutableSpan
    let places = rows.places.span
    let held = RowSet(column.values.validity, nil, count: column.values.count)
    let numbers = column.values.values.span
    let (groups, starts) = (column.groups.span, column.starts.span)
    if !column.isRanked {
      held.forEach { out[Int(places[$0])] = numbers[$0] }
    } else if let weighted {
      held.forEach { out[Int(places[$0])] = 2 * weighted.ranks[Int(groups[$0])] + 1 }
    } else if starts.isEmpty {
      held.forEach { out[Int(places[$0])] = Double(2 * groups[$0] + 2) }
    } else {
      held.forEach { row in
        let group = Int(groups[row])
        out[Int(places[row])] = Double(starts[group] + starts[group + 1] + 1)
      }
    }
    self.values = values
  }

  private static func ordered(_ weights: [Double], _ rows: RowPlaces) -> [Double] {
    var ordered = [Double](repeating: 0, count: weights.count)
    for (row, place) in rows.places.enumerated() { ordered[Int(place)] = weights[row] }
    return ordered
  }

  /// Writes, for each place, the standardised value in single precision and the centred value; 0
  /// where missing.
  package func write(
    _ places: Range<Int>, standardised: Int, centred: Int, to out: inout MutableSpan<Double>
  ) {
    let values = values.span.extracting(places)
    let root = 12.0.squareRoot()
    for offset in 0..<values.count {
      let value = values[offset]
      let scaled =
        ranks > 0
        ? ((value / 2 - 0.5) / ranks - 0.5) * root : (value - shift) * scale
      out[standardised + offset] = value.isNaN ? 0 : Double(Float(scaled))
      out[centred + offset] = value.isNaN ? 0 : value - centre
    }
  }
}
