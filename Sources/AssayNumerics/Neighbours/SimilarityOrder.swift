/// An order of the base rows in which rows next to each other are alike.
///
/// Rows are split in two again and again, each time in the dimension in which the rows at hand
/// differ most; the order of the pieces is the order of the rows. Which order it is only matters
/// for speed.
struct SimilarityOrder {
  private(set) var order: [Int32]
  private let base: [[Int16]]
  private let comparisons: [SearchSpace.Comparison]
  private let weights: [Int16]
  private var right: [Int32]

  init(space: SearchSpace) {
    base = space.base
    comparisons = space.comparisons
    weights = space.weights
    order = (0..<space.baseCount).map { Int32(truncatingIfNeeded: $0) }
    right = order
    guard !base.isEmpty else { return }
    var pending = [0..<space.baseCount]
    while let range = pending.popLast() {
      guard range.count > BaseBlocks.lanes / 2, let middle = split(range) else { continue }
      pending.append(range.lowerBound..<middle)
      pending.append(middle..<range.upperBound)
    }
  }

  /// Divides a range in the dimension with the largest mean difference; nil when all rows agree.
  private mutating func split(_ range: Range<Int>) -> Int? {
    var sample: [Int16] = []
    var best: (gain: Double, dimension: Int, threshold: Int16)?
    // A sample at even distances decides; 97 rows tell the dimensions apart well enough.
    let step = max(1, range.count / 97)
    for index in base.indices {
      sample.removeAll(keepingCapacity: true)
      for place in stride(from: range.lowerBound, to: range.upperBound, by: step) {
        sample.append(base[index][Int(order[place])])
      }
      sample.sort()
      guard let first = sample.first, let last = sample.last, first < last else { continue }
      let gain = meanDifference(sample, index)
      if gain > best?.gain ?? 0 { best = (gain, index, threshold(sample)) }
    }
    guard let best else { return nil }
    return divide(range, base[best.dimension], best.threshold)
  }

  /// The mean difference of two random rows of a sorted sample.
  private func meanDifference(_ sorted: [Int16], _ dimension: Int) -> Double {
    let count = Double(sorted.count)
    if comparisons[dimension] == .mismatch {
      var equal = 0.0
      var start = 0
      while start < sorted.count {
        var end = start + 1
        while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
        equal += Double(end - start) * Double(end - start)
        start = end
      }
      return Double(weights[dimension]) * (1 - equal / (count * count))
    }
    var sum = 0.0
    for (place, value) in sorted.enumerated() {
      sum += (2 * Double(place) + 1 - count) * Double(value)
    }
    return min(Double(weights[dimension]), 2 * sum / (count * count))
  }

  /// The value that divides a sorted sample most evenly: rows at or below it go left.
  private func threshold(_ sorted: [Int16]) -> Int16 {
    let middle = sorted.count / 2
    // The border between unequal neighbours that is nearest to the middle.
    for distance in 0..<sorted.count {
      for border in [middle - distance, middle + distance]
      where border > 0 && border < sorted.count && sorted[border - 1] < sorted[border] {
        return sorted[border - 1]
      }
    }
    return sorted[0]
  }

  /// Moves the rows at or below the threshold to the front, keeping the order on both sides.
  private mutating func divide(
    _ range: Range<Int>, _ values: [Int16], _ threshold: Int16
  ) -> Int? {
    var left = range.lowerBound
    var others = 0
    for place in range {
      let row = order[place]
      if values[Int(row)] <= threshold {
        order[left] = row
        left += 1
      } else {
        right[others] = row
        others += 1
      }
    }
    for place in 0..<others { order[left + place] = right[place] }
    return left > range.lowerBound && left < range.upperBound ? left : nil
  }
}
