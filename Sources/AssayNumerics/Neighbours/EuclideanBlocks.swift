import Foundation

/// Base points in single precision, so that one matrix product gives a key for every pair.
///
/// The key of a query q and a base row b is `|b|² − 2·q·b`: the squared distance less `|q|²`, which
/// does not change the order of base rows. All rows are moved by the base's mean and scaled by a
/// power of two first; `|b|²` is one more coordinate, so that the product needs nothing added.
struct EuclideanBlocks: Sendable {
  /// Rows of a block of the base, and queries of a tile: their keys stay in the second cache.
  static let lanes = 512
  static let tile = 256

  let points: EuclideanPoints
  /// Coordinates a row, the norm included.
  let width: Int
  private let values: [Float]
  /// |b|² of each row.
  let norms: [Float]
  private let centre: [Double]
  /// The power of two that coordinates are multiplied by, and its square.
  private let scale: Double
  let squaredScale: Double
  /// The largest length of a scaled row.
  private let reach: Double

  init(_ points: EuclideanPoints) {
    self.points = points
    let dimensions = points.dimensions
    width = dimensions + 1
    var centre = [Double](repeating: 0, count: dimensions)
    let count = Double(max(points.count, 1))
    for row in 0..<points.count {
      for column in 0..<dimensions {
        centre[column] += points.values[row * dimensions + column] / count
      }
    }
    var largest = 0.0
    for row in 0..<points.count {
      for column in 0..<dimensions {
        largest = max(largest, abs(points.values[row * dimensions + column] - centre[column]))
      }
    }
    self.centre = centre
    // A power of two, so that scaling rounds nothing.
    scale = largest > 0 ? scalbn(1, -Int(largest.exponent)) : 1
    squaredScale = scale * scale
    var values = [Float](repeating: 0, count: points.count * (dimensions + 1))
    var norms: [Float] = []
    norms.reserveCapacity(points.count)
    var reach = 0.0
    for row in 0..<points.count {
      var norm = 0.0
      for column in 0..<dimensions {
        let value = (points.values[row * dimensions + column] - centre[column]) * scale
        norm += value * value
        values[row * (dimensions + 1) + column] = Float(value)
      }
      values[row * (dimensions + 1) + dimensions] = Float(norm)
      norms.append(Float(norm))
      reach = max(reach, norm)
    }
    self.values = values
    self.norms = norms
    self.reach = reach.squareRoot()
  }

  /// Queries ready for products.
  struct Tile {
    /// −2·q, and 1 for the norm.
    var values: [Float]
    /// |q|².
    var norms: [Double]
    /// How far a key can be from its true value; infinite where keys mean nothing.
    var errors: [Double]
  }

  /// Makes a tile of some rows.
  func tile(_ queries: EuclideanPoints, _ rows: some Collection<Int>) -> Tile {
    let dimensions = points.dimensions
    var tile = Tile(values: [], norms: [], errors: [])
    tile.values.reserveCapacity(rows.count * width)
    // Each of `dimensions` + 1 products and sums rounds once, as do both factors, the norm and the
    // refined distance; a little more for second-order terms, and for numbers that underflow.
    let unit = Double(dimensions + 8) * 0x1p-24 * 1.01
    for row in rows {
      var norm = 0.0
      let start = tile.values.count
      for column in 0..<dimensions {
        let value = (queries.values[row * dimensions + column] - centre[column]) * scale
        norm += value * value
        tile.values.append(Float(-2 * value))
      }
      tile.values.append(1)
      // What double precision loses when |q|² is taken off a distance counts where q is far away.
      let error =
        unit * (2 * norm.squareRoot() * reach + reach * reach) + 0x1p-49 * norm
        + 1e-36 * Double(width)
      if norm < 1e30 {
        tile.norms.append(norm)
        tile.errors.append(error)
      } else {
        // So far away that single precision overflows: every base row has to be looked at.
        for place in start..<tile.values.count - 1 { tile.values[place] = 0 }
        tile.norms.append(0)
        tile.errors.append(.infinity)
      }
    }
    return tile
  }

  /// Calls `body` with the keys of a tile and each block in turn.
  ///
  /// - Parameters:
  ///   - tile: The queries.
  ///   - start: The base row that the first block begins with.
  ///   - hasNorms: Whether keys hold |b|²; `false` for −2·q·b alone.
  ///   - body: Is given the first base row of the block, the number of rows, and the keys: `count`
  ///     for each query.
  func forEachBlock(
    _ tile: Tile, from start: Int = 0, hasNorms: Bool = true,
    _ body: (_ first: Int, _ count: Int, _ keys: UnsafePointer<Float>) -> Void
  ) {
    let queries = tile.norms.count
    guard queries > 0 else { return }
    let width = self.width
    unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: queries * Self.lanes) { keys in
      guard let keys = keys.baseAddress else { return }
      // SAFETY: a tile holds queries × width numbers and the base points.count × width of them;
      // a block ends at the last row.
      unsafe tile.values.withUnsafeBufferPointer { a in
        unsafe values.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          var first = start
          while first < points.count {
            let count = min(Self.lanes, points.count - first)
            unsafe LinearAlgebra.multiply(
              a, byTransposed: b + first * width, rows: queries,
              inner: hasNorms ? width : width - 1, columns: count, stride: width, into: keys)
            unsafe body(first, count, keys)
            first += count
          }
        }
      }
    }
  }
}
