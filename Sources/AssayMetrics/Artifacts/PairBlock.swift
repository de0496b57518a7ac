package import AssayDocument
import AssayNumerics
import AssayTable

/// Counts the tables of a few pairs of columns and calibrates them in one go.
package struct PairBlock {
  private let pairs: [(first: Int, second: Int)]
  private let columns: [Int]
  private let sources: [PairSource: OrderedCodes]
  private let shapes: [PairStatistics.Shape]
  private let cells: Int

  package init(
    pairs: [(first: Int, second: Int)], columns: [Int], sizes: [Int],
    sources: [PairSource: OrderedCodes]
  ) {
    self.pairs = pairs
    self.columns = columns
    self.sources = sources
    var shapes: [PairStatistics.Shape] = []
    var start = 0
    for pair in pairs {
      let shape = PairStatistics.Shape(
        start: start, rows: sizes[pair.first], columns: sizes[pair.second])
      shapes.append(shape)
      start += shape.count
    }
    self.shapes = shapes
    cells = start
  }

  package func calibrate(_ calibrator: Calibrator) -> [Against: PairCalibration.Block] {
    let counts = GroupedCounts(
      cells: cells, training: count(.role(.training)), synthetic: count(.role(.synthetic)),
      holdout: count(.role(.holdout)))
    let shuffled = count(.shuffled)
    let found = calibrator.calibrate(counts, PairStatistics.pairs(shapes))
    let synthetic = total(counts.synthetic)
    return found.reduce(into: [:]) { blocks, entry in
      let real = total(entry.key == .training ? counts.training : counts.holdout)
      blocks[entry.key] = block(
        entry.value, real: real, synthetic: synthetic, shuffled: total(shuffled),
        heaviest: sources[.role(entry.key == .training ? .training : .holdout)]?.weights.max())
    }
  }

  private func block(
    _ raw: CalibratedBlock, real: [Float], synthetic: [Float], shuffled: [Float],
    heaviest: Float?
  ) -> PairCalibration.Block {
    let found = rescaled(raw, real: real, synthetic: synthetic)
    let statistic = PairStatistics.pairs(shapes)
    var baseline = [Double](repeating: 0, count: statistic.subjects)
    var span = baseline.mutableSpan
    statistic.evaluate(real.span, shuffled.span, &span)
    let count = pairs.count
    func calibrated(_ quantity: PairStatistics.Quantity, _ index: Int)
      -> PairCalibration.Calibrated
    {
      let subject = quantity.rawValue * count + index
      var floor = found.splitFloor(subject)
      if quantity == .squaredDistance {
        // The square shrinks with the sizes themselves, and its mean is 0 without any splits.
        floor = (0, floor.deviation * found.splitScale)
      }
      var deviation = found.deviation(subject)
      if quantity == .association { deviation = max(deviation, found.splitTail(subject)) }
      return PairCalibration.Calibrated(
        value: found.values[subject], deviation: deviation,
        floor: ScoreFloor(value: floor.mean, spread: floor.deviation, method: FloorMethod.splits),
        baseline: baseline[subject])
    }
    let entries = pairs.indices.map { index in
      let shape = shapes[index]
      let own = real.span.extracting(shape.range)
      let other = synthetic.span.extracting(shape.range)
      return PairCalibration.Pair(
        columns: [columns[pairs[index].first], columns[pairs[index].second]],
        real: TableAssociation(own, shape), synthetic: TableAssociation(other, shape),
        shuffled: TableAssociation(shuffled.span.extracting(shape.range), shape),
        quantities: PairStatistics.Quantity.allCases.map { calibrated($0, index) },
        distance: Self.distance(own, other),
        worst: worst(real: real, synthetic: synthetic, heaviest: heaviest, shape))
    }
    func sums(_ matrix: [Double], scale: Double) -> [[Double]] {
      PairStatistics.Quantity.allCases.map { quantity in
        let first = quantity.rawValue * count
        let factor = quantity == .squaredDistance ? scale : 1
        return (0..<matrix.count / statistic.subjects).map { row in
          var sum = 0.0
          for subject in first..<first + count { sum += matrix[row * statistic.subjects + subject] }
          return sum * factor
        }
      }
    }
    return PairCalibration.Block(
      pairs: entries, replicates: sums(found.replicates, scale: 1),
      splits: sums(found.splits, scale: found.splitScale))
  }

  /// The same with splits of information brought to the sizes at hand by the law of information.
  private func rescaled(
    _ found: CalibratedBlock, real: [Float], synthetic: [Float]
  ) -> CalibratedBlock {
    var factors = [Double](repeating: 1, count: found.subjects)
    for (index, shape) in shapes.enumerated() {
      let other = synthetic.span.extracting(shape.range)
      let factor = InformationScaling(real.span.extracting(shape.range), shape).factor(
        scale: found.splitScale, synthetic: other.indices.reduce(0) { $0 + Double(other[$1]) })
      for quantity in [PairStatistics.Quantity.firstGivenSecond, .secondGivenFirst, .information] {
        factors[quantity.rawValue * shapes.count + index] = factor
      }
    }
    var result = found
    for place in result.splits.indices { result.splits[place] *= factors[place % factors.count] }
    return result
  }

  /// The unbiased distance of two tables; `nil` where a side has fewer than three rows.
  private static func distance(_ real: Span<Float>, _ synthetic: Span<Float>) -> MarginalDistance? {
    let first = real.indices.map { Double(real[$0]) }
    let second = synthetic.indices.map { Double(synthetic[$0]) }
    // It throws where a side has too few rows, which is what no distance stands for.
    return try? MarginalDistance(first.span, second.span)
  }

  /// Counts by group and cell; empty where the source is absent.
  private func count(_ source: PairSource) -> [Float] {
    guard let ordered = sources[source] else { return [] }
    let groups = ordered.offsets.count - 1
    let weights = ordered.weights
    var counts = [Float](repeating: 0, count: groups * cells)
    for (index, pair) in pairs.enumerated() {
      let first = ordered.codes[pair.first]
      let second = ordered.codes[pair.second]
      let shape = shapes[index]
      for group in 0..<groups {
        let start = group * cells + shape.start
        let range = ordered.offsets[group]..<ordered.offsets[group + 1]
        if weights.isEmpty {
          Self.count(first.span, second.span, range, shape, start, &counts)
        } else {
          for row in range {
            counts[start + Int(first[row]) * shape.columns + Int(second[row])] += weights[row]
          }
        }
      }
    }
    return counts
  }

  /// Counts rows that count alike, in four tables by turns: rows of one cell in a row would
  /// otherwise wait for each other.
  private static func count(
    _ first: Span<UInt8>, _ second: Span<UInt8>, _ range: Range<Int>,
    _ shape: PairStatistics.Shape, _ start: Int, _ counts: inout [Float]
  ) {
    let size = shape.count
    let width = shape.columns
    var tables = [UInt32](repeating: 0, count: 4 * size)
    var table = tables.mutableSpan
    let (first, second) = (first.extracting(range), second.extracting(range))
    var row = 0
    // SAFETY: rows are below the count of both spans, and a code is below the number of cells of
    // its column, which the shape was made from, so each place is inside its table.
    while row + 4 <= range.count {
      for turn in 0..<4 {
        let cell =
          unsafe Int(first[unchecked: row + turn]) &* width &+ Int(second[unchecked: row + turn])
        unsafe table[unchecked: turn &* size &+ cell] &+= 1
      }
      row += 4
    }
    while row < range.count {
      table[Int(first[row]) * width + Int(second[row])] += 1
      row += 1
    }
    for cell in 0..<size {
      counts[start + cell] = Float(
        tables[cell] + tables[size + cell] + tables[2 * size + cell] + tables[3 * size + cell])
    }
  }

  private func total(_ counts: [Float]) -> [Float] {
    var total = [Double](repeating: 0, count: cells)
    var position = 0
    while position < counts.count {
      for cell in 0..<cells { total[cell] += Double(counts[position + cell]) }
      position += cells
    }
    return total.map { Float($0) }
  }

  /// At least how many rows a count stands for; 0 only where the count is.
  private static func rows(_ count: Float, heaviest: Float?) -> Int {
    guard let heaviest, heaviest > 0 else { return Int(count) }
    return count > 0 ? max(1, Int(count / max(1, heaviest))) : 0
  }

  /// The five cells with the largest differences of shares; `heaviest` is the largest weight of a
  /// real row, by which counts of rows are bounded from below.
  private func worst(
    real: [Float], synthetic: [Float], heaviest: Float?, _ shape: PairStatistics.Shape
  ) -> [(first: Int, second: Int, real: Double, synthetic: Double, count: Int)] {
    var n = 0.0
    var m = 0.0
    for cell in shape.start..<(shape.start + shape.count) {
      n += Double(real[cell])
      m += Double(synthetic[cell])
    }
    guard n > 0, m > 0 else { return [] }
    let cells = (0..<shape.count).map { cell in
      let position = shape.start + cell
      return (
        first: cell / shape.columns, second: cell % shape.columns,
        real: Double(real[position]) / n, synthetic: Double(synthetic[position]) / m,
        count: Self.rows(real[position], heaviest: heaviest)
      )
    }
    return Array(
      cells.sorted {
        (abs($0.real - $0.synthetic), $1.first, $1.second)
          > (abs($1.real - $1.synthetic), $0.first, $0.second)
      }.prefix(5))
  }
}
