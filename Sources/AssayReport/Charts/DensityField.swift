import Foundation

/// A density over a square of cells: each cell's share, spread around the cell.
///
/// ```
/// f(x, y) = Σ over cells of share / sum of shares · φ((x − centre)/h) φ((y − centre)/h) / h²
/// ```
///
/// with φ the standard normal density and h one side of a cell, at the nodes of a grid that is finer
/// than the cells. It is made from the shares alone, so that lines through it tell no more than they do.
///
/// - Complexity: O(nodes · cells along an axis).
struct DensityField {
  /// Nodes along each side of a cell.
  static let fineness = 4
  /// The standard deviation of the kernel, in sides of a cell.
  static let width = 1.0

  /// Nodes along an axis, from edge to edge.
  let nodes: Int
  /// The density at each node, row by row from below; the sum is 1.
  let values: [Double]

  /// Spreads the shares of cells (row of cells × cells an axis + column); `nil` where none is above 0.
  init?(cells: [Int], shares: [Double], cellsPerAxis count: Int) {
    guard count > 0, cells.count == shares.count, shares.contains(where: { $0 > 0 }) else {
      return nil
    }
    let nodes = count * Self.fineness + 1
    let kernel = (0..<nodes).map { node in
      (0..<count).map { cell in
        let gap = Double(node) / Double(Self.fineness) - Double(cell) - 0.5
        return exp(-gap * gap / (2 * Self.width * Self.width))
      }
    }
    var grid = [Double](repeating: 0, count: count * count)
    for (cell, share) in zip(cells, shares) where grid.indices.contains(cell) && share > 0 {
      grid[cell] += share
    }
    // Along rows first, then along columns.
    var across = [Double](repeating: 0, count: count * nodes)
    for row in 0..<count {
      for node in 0..<nodes {
        var sum = 0.0
        for column in 0..<count { sum += kernel[node][column] * grid[row * count + column] }
        across[row * nodes + node] = sum
      }
    }
    var values = [Double](repeating: 0, count: nodes * nodes)
    for up in 0..<nodes {
      for row in 0..<count {
        let weight = kernel[up][row]
        for node in 0..<nodes {
          values[up * nodes + node] += weight * across[row * nodes + node]
        }
      }
    }
    let sum = values.reduce(0, +)
    guard sum > 0 else { return nil }
    self.nodes = nodes
    self.values = values.map { $0 / sum }
  }

  /// The highest density above which so much of the whole lies: the region of highest density.
  func level(holding share: Double) -> Double {
    var sum = 0.0
    for value in values.sorted(by: >) {
      sum += value
      if sum >= share { return value }
    }
    return 0
  }

  /// How much of the whole lies where another field is at or above a level.
  func share(where other: DensityField, reaches level: Double) -> Double {
    zip(values, other.values).reduce(0) { $1.1 >= level ? $0 + $1.0 : $0 }
  }
}
