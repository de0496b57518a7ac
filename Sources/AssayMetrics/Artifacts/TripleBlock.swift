import AssayDocument
import AssayNumerics
import AssayTable

/// Counts the tables of a few triples of columns and calibrates them in one go.
package struct TripleBlock: Sendable {
  /// What was found for one real side.
  package struct Side: Sendable {
    package var triples: [TripleCalibration.Triple]
    /// Sums over the triples of the block, for each replicate and for each split.
    package var cellReplicates, cellSplits, squareReplicates, squareSplits: [Double]
  }

  private(set) var sides: [Against: Side] = [:]
  /// The sum of the total variation distances of each subsample of training from all of it.
  private(set) var subsamples: [Double] = []

  /// Rows of shuffled columns that are counted, at most: they are alike.
  private static let shuffledRows = 200_000

  package init(
    _ triples: [[Int]], columns: [Int], sources: [PairSource: CoarseCodes.Value],
    calibrator: Calibrator, subsamples draws: Draws
  ) {
    let sizes = sources[.role(.training)]?.sizes ?? []
    var ranges: [Range<Int>] = []
    var cells = 0
    for triple in triples {
      let count = triple.reduce(1) { $0 * sizes[$1] }
      ranges.append(cells..<cells + count)
      cells += count
    }
    func counted(_ source: PairSource) -> [Float] {
      guard let codes = sources[source] else { return [] }
      return Self.count(
        triples, codes, ranges, cells: cells,
        limit: source == .shuffled ? Self.shuffledRows : .max)
    }
    let counts = GroupedCounts(
      cells: cells, training: counted(.role(.training)), synthetic: counted(.role(.synthetic)),
      holdout: counted(.role(.holdout)))
    let shuffled = counted(.shuffled)
    let statistic = Self.statistic(ranges)
    let synthetic = Self.total(counts.synthetic, cells)
    for (against, found) in calibrator.calibrate(counts, statistic) {
      let real = Self.total(against == .training ? counts.training : counts.holdout, cells)
      var baseline = [Double](repeating: 0, count: statistic.subjects)
      var span = baseline.mutableSpan
      statistic.evaluate(real.span, shuffled.span, &span)
      sides[against] = Self.side(
        triples.map { $0.map { columns[$0] } }, found, baseline,
        distances: ranges.map { Self.distance(real, synthetic, $0) })
    }
    subsamples = Self.subsamples(counts.training, draws, ranges, cells: cells)
  }

  private static func side(
    _ triples: [[Int]], _ found: CalibratedBlock, _ baseline: [Double],
    distances: [MarginalDistance?]
  ) -> Side {
    let count = triples.count
    func calibrated(_ subject: Int, isUnbiased: Bool) -> PairCalibration.Calibrated {
      let floor = found.splitFloor(subject)
      return PairCalibration.Calibrated(
        value: found.values[subject], deviation: found.deviation(subject),
        floor: ScoreFloor(
          value: isUnbiased ? 0 : floor.mean,
          // The square shrinks with the sizes themselves.
          spread: floor.deviation * (isUnbiased ? found.splitScale : 1),
          method: FloorMethod.splits), baseline: baseline[subject])
    }
    func sums(_ matrix: [Double], from first: Int, scale: Double) -> [Double] {
      (0..<matrix.count / found.subjects).map { row in
        var sum = 0.0
        for subject in first..<first + count { sum += matrix[row * found.subjects + subject] }
        return sum * scale
      }
    }
    return Side(
      triples: triples.indices.map { index in
        TripleCalibration.Triple(
          columns: triples[index].sorted(), cells: calibrated(index, isUnbiased: false),
          squaredDistance: calibrated(count + index, isUnbiased: true),
          distance: distances[index])
      }, cellReplicates: sums(found.replicates, from: 0, scale: 1),
      cellSplits: sums(found.splits, from: 0, scale: 1),
      squareReplicates: sums(found.replicates, from: count, scale: 1),
      squareSplits: sums(found.splits, from: count, scale: found.splitScale))
  }

  /// The total variation of each table, then the unbiased squared distance of each.
  private static func statistic(_ ranges: [Range<Int>]) -> TwoSampleStatistic {
    let count = ranges.count
    return TwoSampleStatistic(subjects: 2 * count) { real, synthetic, out in
      for (index, range) in ranges.enumerated() {
        let distance = CellDistance(real.extracting(range), synthetic.extracting(range))
        out[index] = distance.variation
        out[count + index] = distance.normalised
      }
    }
  }

  private static func distance(
    _ real: [Float], _ synthetic: [Float], _ range: Range<Int>
  ) -> MarginalDistance? {
    let first = real[range].map { Double($0) }
    let second = synthetic[range].map { Double($0) }
    // It throws where a side has too few rows, which is what no distance stands for.
    return try? MarginalDistance(first.span, second.span)
  }

  private static func subsamples(
    _ counts: [Float], _ draws: Draws, _ ranges: [Range<Int>], cells: Int
  ) -> [Double] {
    guard draws.replicates > 0, draws.groups * cells == counts.count else { return [] }
    let drawn = LinearAlgebra.singlePrecisionProduct(
      draws.weights.span, counts.span, rows: draws.replicates, inner: draws.groups,
      columns: cells)
    let whole = total(counts, cells)
    let wholeSpan = whole.span
    let drawnSpan = drawn.span
    return (0..<draws.replicates).map { row in
      let own = drawnSpan.extracting(row * cells..<(row + 1) * cells)
      return ranges.reduce(0) { sum, range in
        sum + CellDistance(wholeSpan.extracting(range), own.extracting(range)).variation
      }
    }
  }

  private static func total(_ counts: [Float], _ cells: Int) -> [Float] {
    var total = [Double](repeating: 0, count: cells)
    var position = 0
    while position < counts.count {
      for cell in 0..<cells { total[cell] += Double(counts[position + cell]) }
      position += cells
    }
    return total.map { Float($0) }
  }

  /// Counts by group and cell.
  private static func count(
    _ triples: [[Int]], _ codes: CoarseCodes.Value, _ ranges: [Range<Int>], cells: Int,
    limit: Int
  ) -> [Float] {
    let ordered = codes.ordered
    let groups = ordered.offsets.count - 1
    var counts = [Float](repeating: 0, count: groups * cells)
    for (index, triple) in triples.enumerated() {
      let range = ranges[index]
      for group in 0..<groups {
        let start = ordered.offsets[group]
        let end = min(ordered.offsets[group + 1], limit)
        add(
          triple, codes, start..<end, at: group * cells + range.lowerBound, width: range.count,
          to: &counts)
      }
    }
    return counts
  }

  private static func add(
    _ triple: [Int], _ codes: CoarseCodes.Value, _ rows: Range<Int>, at start: Int, width: Int,
    to counts: inout [Float]
  ) {
    let ordered = codes.ordered
    let held = triple.map { ordered.codes[$0] }
    let (ofFirst, ofSecond, ofThird) = (held[0], held[1], held[2])
    let first = ofFirst.span.extracting(rows)
    let second = ofSecond.span.extracting(rows)
    let third = ofThird.span.extracting(rows)
    let (inner, last) = (codes.sizes[triple[1]], codes.sizes[triple[2]])
    guard ordered.weights.isEmpty else {
      for row in first.indices {
        let cell = (Int(first[row]) * inner + Int(second[row])) * last + Int(third[row])
        counts[start + cell] += ordered.weights[rows.lowerBound + row]
      }
      return
    }
    var table = [UInt32](repeating: 0, count: width)
    var out = table.mutableSpan
    for row in first.indices {
      // SAFETY: the three spans have as many rows, and a code is below the size of its column,
      // whose product is the width of the table.
      let (a, b) = unsafe (Int(first[unchecked: row]), Int(second[unchecked: row]))
      let cell = unsafe (a &* inner &+ b) &* last &+ Int(third[unchecked: row])
      unsafe out[unchecked: cell] &+= 1
    }
    for cell in 0..<width { counts[start + cell] = Float(table[cell]) }
  }
}
