/// Kendall's τ_b of weighted pairs, with what each pair does to it.
///
/// ```
/// τ_b = Σ w·w′·sign((x − x′)(y − y′)) / √((W² − Σ W_x²)(W² − Σ W_y²))
/// ```
///
/// with W_x the weights of equal x. Weights that are whole numbers give what repeated pairs give.
/// The influence of a pair is how fast τ_b changes with its weight, times W: the mean of the
/// influences is 0, and their variance over the number of pairs is the variance of τ_b. Sums over
/// groups of pairs therefore replace recomputing τ_b for each replicate.
///
/// Source: Kendall (1945), doi:10.1093/biomet/33.3.239; influence functions after Hampel (1974),
/// doi:10.1080/01621459.1974.10482962.
public struct KendallInfluence: Sendable, Hashable {
  /// τ_b, in −1...1.
  public var tau: Double
  /// The influence of each pair, in the order of `byFirst`.
  public var influence: [Double]

  /// Correlates pairs.
  ///
  /// - Parameters:
  ///   - first: The position of each row's first value among its distinct values; at least 0.
  ///   - second: Likewise of the second value.
  ///   - byFirst: The rows to count, in ascending order of the first value.
  ///   - levels: More than the largest position of a second value.
  ///   - weights: What each row counts, above 0; empty where rows count alike.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two pairs, `.undefined` when either
  ///   side is constant.
  /// - Complexity: O(*n* log *n*).
  public init(
    first: Span<Int32>, second: Span<Int32>, byFirst: Span<Int32>, levels: Int,
    weights: Span<Double>
  ) throws(NumericsError) {
    let count = byFirst.count
    guard count >= 2 else {
      throw NumericsError(.tooFewObservations, "a correlation needs at least two pairs")
    }
    var ofLevel = [Double](repeating: 0, count: levels)
    var total = 0.0
    for place in 0..<count {
      let row = Int(byFirst[place])
      let weight = weights.isEmpty ? 1 : weights[row]
      ofLevel[Int(second[row])] += weight
      total += weight
    }
    var below = [0.0]
    below.reserveCapacity(levels + 1)
    for weight in ofLevel { below.append(below[below.count - 1] + weight) }
    var tree = WeightTree(count: levels)
    var scores = [Double](repeating: 0, count: count)
    var ofFirst = [Double](repeating: 0, count: count)
    var tiedFirst = 0.0
    var visited = 0.0
    var start = 0
    while start < count {
      let value = first[Int(byFirst[start])]
      var end = start + 1
      while end < count, first[Int(byFirst[end])] == value { end += 1 }
      var group = 0.0
      for place in start..<end {
        let row = Int(byFirst[place])
        let level = Int(second[row])
        let less = tree.sum(below: level)
        let upTo = less + tree.weights[level]
        // Rows of lower first value: in order where their second value is lower too.
        scores[place] = less - (visited - upTo)
        group += weights.isEmpty ? 1 : weights[row]
      }
      for place in start..<end {
        let row = Int(byFirst[place])
        tree.add(weights.isEmpty ? 1 : weights[row], at: Int(second[row]))
      }
      visited += group
      for place in start..<end {
        let level = Int(second[Int(byFirst[place])])
        let less = tree.sum(below: level)
        let upTo = less + tree.weights[level]
        let greaterLeft = total - below[level + 1] - (visited - upTo)
        scores[place] += greaterLeft - (below[level] - less)
        ofFirst[place] = group
      }
      tiedFirst += group * group
      start = end
    }
    let tiedSecond = ofLevel.reduce(0) { $0 + $1 * $1 }
    let varying = total * total - tiedFirst
    let other = total * total - tiedSecond
    guard varying > 0, other > 0 else {
      throw NumericsError(.undefined, "the correlation with a constant is undefined")
    }
    var sum = CompensatedSum()
    for place in 0..<count {
      sum.add(weights.isEmpty ? scores[place] : weights[Int(byFirst[place])] * scores[place])
    }
    let scale = varying.squareRoot() * other.squareRoot()
    let found = max(-1, min(1, sum.total / scale))
    for place in 0..<count {
      let level = Int(second[Int(byFirst[place])])
      let ownFirst = (total * (total - ofFirst[place]) - varying) / varying
      let ownSecond = (total * (total - ofLevel[level]) - other) / other
      scores[place] =
        2 * (total * scores[place] - sum.total) / scale - found * (ownFirst + ownSecond)
    }
    tau = found
    influence = scores
  }
}

/// Weights of positions with sums over all lower ones in O(log n).
private struct WeightTree {
  /// The weight of each position.
  private(set) var weights: [Double]
  private var nodes: [Double]

  init(count: Int) {
    weights = [Double](repeating: 0, count: count)
    nodes = [Double](repeating: 0, count: count + 1)
  }

  mutating func add(_ weight: Double, at position: Int) {
    weights[position] += weight
    var index = position + 1
    while index < nodes.count {
      nodes[index] += weight
      index += index & -index
    }
  }

  func sum(below position: Int) -> Double {
    var total = 0.0
    var index = position
    while index > 0 {
      total += nodes[index]
      index &= index - 1
    }
    return total
  }
}
