import Foundation

/// Scores rows by how few random cuts set them apart from the others.
///
/// ```
/// score = 2^(−mean depth / c(m)),   c(m) = 2·(H(m − 1) − (m − 1)/m)
/// ```
///
/// Each tree cuts a random subset of m rows at random places of random columns until rows are alone.
/// Rows that are few and different are alone early. About ½ for ordinary rows, near 1 for anomalies.
/// A missing value goes to the side of the smaller values.
///
/// It cuts one column at a time: a row whose values are common one by one and rare together is alone
/// late.
///
/// Source: Liu, Ting & Zhou (2008), Isolation forest, doi:10.1109/ICDM.2008.17.
public struct IsolationForest: Sendable {
  private struct Node: Sendable {
    /// The column that is cut; −1 in a leaf.
    var column: Int32
    /// Rows below the cut go left.
    var cut: Float
    /// The left child; the right one follows it.
    var left: Int32
    /// The depth of a leaf, with what further cuts of its rows would add.
    var depth: Float
  }

  private var nodes: [Node] = []
  private var roots: [Int32] = []
  private let columns: Int
  private let scale: Double

  /// Grows the trees.
  ///
  /// - Parameters:
  ///   - values: The rows, row-major; NaN is missing.
  ///   - columns: The number of columns; at least 1.
  ///   - trees: The number of trees; at least 1.
  ///   - sample: Rows of each tree, at most; at least 2.
  ///   - stream: The random numbers.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two rows.
  /// - Complexity: O(trees · sample · log sample).
  public init(
    _ values: Span<Float>, columns: Int, trees: Int = 100, sample: Int = 256,
    stream: inout RandomStream
  ) throws(NumericsError) {
    precondition(
      columns >= 1 && values.count % columns == 0, "whole rows of \(columns) numbers are expected")
    precondition(trees >= 1 && sample >= 2, "at least one tree and two rows are expected")
    let rows = values.count / columns
    guard rows >= 2 else {
      throw NumericsError(.tooFewObservations, "a forest needs at least two rows")
    }
    self.columns = columns
    let own = min(rows, sample)
    scale = Self.averageDepth(own)
    let limit = Int(log2(Double(own)).rounded(.up))
    for _ in 0..<trees {
      // The first rows of a partial shuffle.
      var order = Array(0..<rows)
      for place in 0..<own { order.swapAt(place, place + stream.below(rows - place)) }
      let chosen = Array(order.prefix(own))
      roots.append(Int32(nodes.count))
      nodes.append(Node(column: -1, cut: 0, left: 0, depth: 0))
      grow(Int(roots[roots.count - 1]), chosen, values, depth: 0, limit: limit, &stream)
    }
  }

  private mutating func grow(
    _ node: Int, _ rows: [Int], _ values: Span<Float>, depth: Int, limit: Int,
    _ stream: inout RandomStream
  ) {
    func leaf() {
      nodes[node].depth = Float(Double(depth) + Self.averageDepth(rows.count))
    }
    guard rows.count > 1, depth < limit else { return leaf() }
    // Columns in random order, until one has something to cut.
    var left = Array(0..<columns)
    while !left.isEmpty {
      let place = stream.below(left.count)
      let column = left[place]
      left.swapAt(place, left.count - 1)
      left.removeLast()
      var low = Float.infinity
      var high = -Float.infinity
      for row in rows {
        let value = values[row * columns + column]
        guard !value.isNaN else { continue }
        low = min(low, value)
        high = max(high, value)
      }
      guard low < high else { continue }
      var cut = low + (high - low) * Float(stream.uniform())
      // Rounding must not leave a side empty.
      if cut <= low { cut = low.nextUp }
      let below = rows.filter { !(values[$0 * columns + column] >= cut) }
      let above = rows.filter { values[$0 * columns + column] >= cut }
      guard !below.isEmpty, !above.isEmpty else { continue }
      let first = nodes.count
      nodes.append(Node(column: -1, cut: 0, left: 0, depth: 0))
      nodes.append(Node(column: -1, cut: 0, left: 0, depth: 0))
      nodes[node] = Node(column: Int32(column), cut: cut, left: Int32(first), depth: 0)
      grow(first, below, values, depth: depth + 1, limit: limit, &stream)
      grow(first + 1, above, values, depth: depth + 1, limit: limit, &stream)
      return
    }
    leaf()
  }

  /// The scores of rows.
  ///
  /// - Parameter values: The rows, row-major, with the columns of the training rows.
  /// - Returns: A number in 0...1 a row; larger is stranger.
  /// - Complexity: O(rows · trees · log sample).
  public func scores(_ values: Span<Float>) -> [Double] {
    precondition(values.count % columns == 0, "whole rows of \(columns) numbers are expected")
    return (0..<values.count / columns).map { row in
      var sum = 0.0
      for root in roots {
        var node = Int(root)
        while nodes[node].column >= 0 {
          let value = values[row * columns + Int(nodes[node].column)]
          node = Int(nodes[node].left) + (value >= nodes[node].cut ? 1 : 0)
        }
        sum += Double(nodes[node].depth)
      }
      return exp2(-sum / (Double(roots.count) * max(scale, 1e-9)))
    }
  }

  /// The mean depth at which a random tree of so many different rows ends.
  static func averageDepth(_ rows: Int) -> Double {
    guard rows > 1 else { return 0 }
    guard rows > 2 else { return 1 }
    let n = Double(rows)
    let harmonic = (1..<rows).reduce(0.0) { $0 + 1 / Double($1) }
    return 2 * (harmonic - (n - 1) / n)
  }
}
