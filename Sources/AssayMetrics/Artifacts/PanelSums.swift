import AssayNumerics
import AssayTable

/// The sums of the pairs of a panel over the rows of one role.
package struct PanelSums: Sendable {
  /// For each group of rows, six sums a pair of standardised values or ranks.
  package let grouped: [[Float]]
  /// Six sums a pair over all rows, of values about the column's mean or of twice the ranks.
  private let total: [Double]

  package init(_ products: PanelProducts, _ groups: RowPlaces, threads: Int) throws(MetricError) {
    let groups = try parallelMap(groups.count, threads: threads) { group in
      products.sums(groups.offsets[group]..<groups.offsets[group + 1])
    }
    grouped = groups.map(\.standardised)
    var total = [CompensatedSum](
      repeating: CompensatedSum(), count: products.panel.pairs.count * CorrelationSums.width)
    for group in groups {
      for position in total.indices { total[position].add(group.centred[position]) }
    }
    self.total = total.map(\.total)
  }

  /// The sums of a pair over all rows.
  package func sums(_ pair: Int) -> CorrelationSums {
    let start = pair * CorrelationSums.width
    return CorrelationSums(total.span.extracting(start..<start + CorrelationSums.width))
  }

  /// The sums of some pairs, group by group.
  package func grouped(_ pairs: Range<Int>) -> [Float] {
    let width = CorrelationSums.width
    return grouped.flatMap { $0[pairs.lowerBound * width..<pairs.upperBound * width] }
  }
}

/// Sums over groups of rows by matrix products.
///
/// With X the values of a group, 0 where missing, and A its marks of what is present, XXᵀ holds Σxy
/// of every pair and XAᵀ, X²Aᵀ and AAᵀ what else a correlation needs, over the rows in which both
/// have a value.
package struct PanelProducts: Sendable {
  package let panel: CorrelationPanel
  private let columns: [OrderedColumn]
  /// The columns with missing values.
  private let masked: [Int]
  /// The row of A that belongs to each column: the first, all ones, where nothing is missing.
  private let mask: [Int]

  /// Takes the columns of the panel, in its order.
  package init(_ panel: CorrelationPanel, _ columns: [OrderedColumn]) {
    self.panel = panel
    self.columns = columns
    let masked = columns.indices.filter { columns[$0].hasMissing }
    self.masked = masked
    mask = columns.indices.map { (masked.firstIndex(of: $0) ?? -1) + 1 }
  }

  /// The six sums of each pair over the rows at some places.
  package func sums(_ places: Range<Int>) -> (standardised: [Float], centred: [Double]) {
    let count = places.count
    let d = columns.count
    let marks = masked.count + 1
    // Standardised values, their squares, centred values, their squares, marks.
    var matrix = [Double](repeating: 1, count: (4 * d + marks) * count)
    var span = matrix.mutableSpan
    for column in 0..<d {
      columns[column].write(
        places, standardised: column * count, centred: (2 * d + column) * count, to: &span)
    }
    for place in [0, 2 * d * count] {
      for index in place..<place + d * count {
        span[d * count + index] = span[index] * span[index]
      }
    }
    for (index, column) in masked.enumerated() {
      let held = columns[column].values
      let values = held.span.extracting(places)
      let start = (4 * d + 1 + index) * count
      for offset in 0..<count where values[offset].isNaN { span[start + offset] = 0 }
    }
    let all = matrix
    // Where rows have weights, one factor of each product carries them.
    let other = weighted(all, places)
    let product = { (first: Range<Int>, second: Range<Int>) in
      LinearAlgebra.doublePrecisionProduct(
        all.span.extracting(first.lowerBound * count..<first.upperBound * count),
        byTransposed: other.span.extracting(second.lowerBound * count..<second.upperBound * count),
        rows: first.count, inner: count, columns: second.count)
    }
    let plain = product(0..<4 * d + marks, 4 * d..<4 * d + marks)
    let standardised = gather(plain, product(0..<d, 0..<d), from: 0)
    return (
      standardised.map { Float($0) },
      gather(plain, product(2 * d..<3 * d, 2 * d..<3 * d), from: 2 * d)
    )
  }

  private func weighted(_ matrix: [Double], _ places: Range<Int>) -> [Double] {
    guard let weights = columns.first?.weights, !weights.isEmpty else { return matrix }
    var out = matrix
    let count = places.count
    for start in stride(from: 0, to: matrix.count, by: max(1, count)) {
      for offset in 0..<count { out[start + offset] *= weights[places.lowerBound + offset] }
    }
    return out
  }

  private func gather(_ plain: [Double], _ mixed: [Double], from start: Int) -> [Double] {
    let d = columns.count
    let marks = masked.count + 1
    var sums: [Double] = []
    sums.reserveCapacity(panel.pairs.count * CorrelationSums.width)
    for pair in panel.pairs {
      let (x, y) = pair
      let (a, b) = (mask[x], mask[y])
      sums.append(plain[(4 * d + a) * marks + b])
      sums.append(plain[(start + x) * marks + b])
      sums.append(plain[(start + y) * marks + a])
      sums.append(plain[(start + d + x) * marks + b])
      sums.append(plain[(start + d + y) * marks + a])
      sums.append(mixed[x * d + y])
    }
    return sums
  }
}
