/// An order of the base rows in which rows next to each other are alike.
///
/// Rows are split in two again and again, each time in the dimension in which the rows at hand
/// differ most; the order of the pieces is the order of the rows. Which order it is only matters
/// for speed.
struct SimilarityOrder {
  private(set) var order: [Int32]
  /// How the rows were split; the first is all of them.
  private(set) var pieces: [Piece]

  /// Rows that follow each other in the order, and how they are split.
  struct Piece: Sendable {
    var range: Range<Int>
    /// The dimension and the value at or below which a row is in the first part.
    var dimension = 0
    var threshold: Int16 = 0
    /// Where the first of both parts is; nil for a piece that is whole.
    var parts: Int?
  }

  private let space: SearchSpace
  private let dimensions: Int
  /// A sample of the rows at hand, row-major.
  private var sample: [Int16] = []
  private var others: [Int32]

  init(space: SearchSpace) {
    self.space = space
    dimensions = space.weights.count
    order = (0..<space.baseCount).map { Int32(truncatingIfNeeded: $0) }
    others = order
    pieces = [Piece(range: 0..<space.baseCount)]
    guard dimensions > 0 else { return }
    var pending = [0]
    while let place = pending.popLast() {
      let range = pieces[place].range
      guard range.count > BaseBlocks.lanes / 2, let (dimension, threshold) = split(range) else {
        continue
      }
      let middle = divide(range, dimension, threshold)
      pieces[place].dimension = dimension
      pieces[place].threshold = threshold
      pieces[place].parts = pieces.count
      pending += [pieces.count, pieces.count + 1]
      pieces.append(Piece(range: range.lowerBound..<middle))
      pieces.append(Piece(range: middle..<range.upperBound))
    }
  }

  /// The dimension with the largest mean difference and where to divide it; nil when no row differs.
  private mutating func split(_ range: Range<Int>) -> (dimension: Int, threshold: Int16)? {
    takeSample(range)
    var best: (difference: Int, dimension: Int)?
    for index in 0..<dimensions {
      let difference = totalDifference(index)
      if difference > best?.difference ?? 0 { best = (difference, index) }
    }
    guard let best, let threshold = threshold(best.dimension) else { return nil }
    return (best.dimension, threshold)
  }

  /// Copies rows at even distances; about a hundred tell the dimensions apart well enough.
  private mutating func takeSample(_ range: Range<Int>) {
    sample.removeAll(keepingCapacity: true)
    for place in stride(from: range.lowerBound, to: range.upperBound, by: max(1, range.count / 97))
    {
      let start = Int(order[place]) * dimensions
      for index in start..<start + dimensions { sample.append(space.base[index]) }
    }
  }

  /// The sum of the differences between neighbours in the sample and between its halves.
  private func totalDifference(_ dimension: Int) -> Int {
    let count = sample.count / dimensions
    let weight = Int(space.weights[dimension])
    let isCode = space.comparisons[dimension] == .mismatch
    var sum = 0
    for row in 0..<count {
      let value = sample[row * dimensions + dimension]
      for step in 0..<2 {
        let other = (row + (step == 0 ? 1 : count / 2)) % count
        let difference = abs(Int(value) - Int(sample[other * dimensions + dimension]))
        sum += isCode ? (difference == 0 ? 0 : weight) : min(difference, weight)
      }
    }
    return sum
  }

  /// The value that divides the sample most evenly: rows at or below it go left.
  private func threshold(_ dimension: Int) -> Int16? {
    let sorted = stride(from: dimension, to: sample.count, by: dimensions).map { sample[$0] }
      .sorted()
    let middle = sorted.count / 2
    // The border between unequal neighbours that is nearest to the middle.
    for distance in 0..<sorted.count {
      for border in [middle - distance, middle + distance]
      where border > 0 && border < sorted.count && sorted[border - 1] < sorted[border] {
        return sorted[border - 1]
      }
    }
    return nil
  }

  /// Moves the rows at or below the threshold to the front, keeping the order on both sides.
  private mutating func divide(_ range: Range<Int>, _ dimension: Int, _ threshold: Int16) -> Int {
    var left = range.lowerBound
    var right = 0
    for place in range {
      let row = order[place]
      if space.base[Int(row) * dimensions + dimension] <= threshold {
        order[left] = row
        left += 1
      } else {
        others[right] = row
        right += 1
      }
    }
    for place in 0..<right { order[left + place] = others[place] }
    return left
  }
}
