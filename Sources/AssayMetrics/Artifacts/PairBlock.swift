import AssayDocument
import AssayNumerics
import AssayTable

/// Counts the tables of a few pairs of columns and calibrates them in one go.
struct PairBlock {
  private let pairs: [(first: Int, second: Int)]
  private let columns: [Int]
  private let sources: [PairSource: OrderedCodes]
  private let shapes: [PairStatistics.Shape]
  private let cells: Int

  init(
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

  func calibrate(_ calibrator: Calibrator) -> [Against: PairCalibration.Block] {
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
    _ found: CalibratedBlock, real: [Float], synthetic: [Float], shuffled: [Float],
    heaviest: Float?
  ) -> PairCalibration.Block {
    var baseline = [Double](repeating: 0, count: 2 * pairs.count)
    var span = baseline.mutableSpan
    PairStatistics.pairs(shapes).evaluate(real.span, shuffled.span, &span)
    func calibrated(_ subject: Int) -> PairCalibration.Calibrated {
      let floor = found.splitFloor(subject)
      return PairCalibration.Calibrated(
        value: found.values[subject], deviation: found.deviation(subject),
        floor: ScoreFloor(value: floor.mean, spread: floor.deviation, method: FloorMethod.splits),
        baseline: baseline[subject])
    }
    let entries = pairs.indices.map { index in
      let shape = shapes[index]
      let range = shape.start..<(shape.start + shape.count)
      return PairCalibration.Pair(
        columns: [columns[pairs[index].first], columns[pairs[index].second]],
        real: PairStatistics.association(real.span.extracting(range), shape),
        synthetic: PairStatistics.association(synthetic.span.extracting(range), shape),
        shuffled: PairStatistics.association(shuffled.span.extracting(range), shape),
        association: calibrated(index), cells: calibrated(pairs.count + index),
        worst: worst(real: real, synthetic: synthetic, heaviest: heaviest, shape))
    }
    func sums(_ matrix: [Double], from first: Int) -> [Double] {
      let width = 2 * pairs.count
      return (0..<matrix.count / width).map { row in
        var sum = 0.0
        for subject in first..<first + pairs.count { sum += matrix[row * width + subject] }
        return sum
      }
    }
    return PairCalibration.Block(
      pairs: entries, associationReplicates: sums(found.replicates, from: 0),
      associationSplits: sums(found.splits, from: 0),
      cellReplicates: sums(found.replicates, from: pairs.count),
      cellSplits: sums(found.splits, from: pairs.count))
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
