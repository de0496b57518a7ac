import AssayNumerics
import AssayTable

/// The sums of the pairs of a panel over the rows of one role.
struct PanelSums: Sendable {
  /// For each group of rows, six sums a pair of standardised values or ranks.
  let grouped: [[Float]]
  /// Six sums a pair over all rows, of values about the column's mean or of twice the ranks.
  private let total: [Double]

  init(_ products: PanelProducts, _ layout: AscendingGroups, threads: Int) throws(MetricError) {
    let groups = try parallelMap(layout.count, threads: threads) { group in
      products.sums(layout, group)
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
  func sums(_ pair: Int) -> CorrelationSums {
    let start = pair * CorrelationSums.width
    return CorrelationSums(total.span.extracting(start..<start + CorrelationSums.width))
  }

  /// The sums of some pairs, group by group.
  func grouped(_ pairs: Range<Int>) -> [Float] {
    let width = CorrelationSums.width
    return grouped.flatMap { $0[pairs.lowerBound * width..<pairs.upperBound * width] }
  }
}

/// Sums over groups of rows by matrix products.
///
/// With X the values of a group, 0 where missing, and A its marks of what is present, XXᵀ holds Σxy
/// of every pair and XAᵀ, X²Aᵀ and AAᵀ what else a correlation needs, over the rows in which both
/// have a value.
struct PanelProducts: Sendable {
  let panel: CorrelationPanel
  private let columns: [CorrelationColumn]
  private let fits: [NumericFit]
  /// The columns with missing values.
  private let masked: [Int]
  /// The row of A that belongs to each column: the first, all ones, where nothing is missing.
  private let mask: [Int]

  /// - Parameters:
  ///   - columns: The columns of the panel.
  ///   - fits: Their training means and deviations.
  init(_ panel: CorrelationPanel, _ columns: [CorrelationColumn], fits: [NumericFit]) {
    self.panel = panel
    self.columns = columns
    self.fits = fits
    let masked = columns.indices.filter { columns[$0].values.validity != nil }
    self.masked = masked
    mask = columns.indices.map { (masked.firstIndex(of: $0) ?? -1) + 1 }
  }

  /// The six sums of each pair over some rows.
  func sums(
    _ groups: AscendingGroups, _ group: Int
  ) -> (standardised: [Float], centred: [Double]) {
    let rows = groups.rows.span.extracting(groups.offsets[group]..<groups.offsets[group + 1])
    let count = rows.count
    let d = columns.count
    let marks = masked.count + 1
    // Standardised values, their squares, centred values, their squares, marks.
    var matrix = [Double](repeating: 1, count: (4 * d + marks) * count)
    var span = matrix.mutableSpan
    for column in 0..<d {
      columns[column].write(
        rows, fit: fits[column], standardised: column * count, centred: (2 * d + column) * count,
        to: &span)
    }
    for place in [0, 2 * d * count] {
      for index in place..<place + d * count {
        span[d * count + index] = span[index] * span[index]
      }
    }
    for (index, column) in masked.enumerated() {
      let start = (4 * d + 1 + index) * count
      columns[column].forEachMissing(rows) { span[start + $0] = 0 }
    }
    let all = matrix
    let product = { (first: Range<Int>, second: Range<Int>) in
      LinearAlgebra.doublePrecisionProduct(
        all.span.extracting(first.lowerBound * count..<first.upperBound * count),
        byTransposed: all.span.extracting(second.lowerBound * count..<second.upperBound * count),
        rows: first.count, inner: count, columns: second.count)
    }
    let plain = product(0..<4 * d + marks, 4 * d..<4 * d + marks)
    let standardised = gather(plain, product(0..<d, 0..<d), from: 0)
    return (
      standardised.map { Float($0) },
      gather(plain, product(2 * d..<3 * d, 2 * d..<3 * d), from: 2 * d)
    )
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

extension CorrelationColumn {
  /// Writes, for each row, its standardised value in single precision and its centred value; 0 where
  /// missing.
  fileprivate func write(
    _ rows: Span<Int32>, fit: NumericFit, standardised: Int, centred: Int,
    to out: inout MutableSpan<Double>
  ) {
    if isRanked {
      let count = Double(max(1, values.presentCount))
      let middle = Double(values.presentCount + 1)
      let root = 12.0.squareRoot()
      let (groups, starts) = (groups.span, starts.span)
      for offset in 0..<rows.count {
        let group = groups[Int(rows[offset])]
        let twice = Double(
          starts.isEmpty ? 2 * group + 2 : starts[Int(group)] + starts[Int(group) + 1] + 1)
        out[standardised + offset] = Double(Float(((twice / 2 - 0.5) / count - 0.5) * root))
        out[centred + offset] = twice - middle
      }
    } else {
      let scale = fit.standardDeviation > 0 ? 1 / fit.standardDeviation : 1
      let (mean, centre) = (fit.mean, centre)
      let numbers = values.values.span
      for offset in 0..<rows.count {
        let value = numbers[Int(rows[offset])]
        out[standardised + offset] = Double(Float((value - mean) * scale))
        out[centred + offset] = value - centre
      }
    }
    forEachMissing(rows) {
      out[standardised + $0] = 0
      out[centred + $0] = 0
    }
  }

  /// Calls `body` with the place in `rows` of each row that is missing.
  @inline(__always)
  fileprivate func forEachMissing(_ rows: Span<Int32>, _ body: (Int) -> Void) {
    guard let words = values.validity?.words else { return }
    let bits = words.span
    for offset in 0..<rows.count {
      let row = Int(rows[offset])
      if bits[row >> 6] >> UInt64(row & 63) & 1 == 0 { body(offset) }
    }
  }
}
