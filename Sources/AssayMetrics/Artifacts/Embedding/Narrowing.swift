import AssayNumerics

/// A random projection of points with very many coordinates to fewer.
///
/// Distances between n points are kept up to about √(8·ln n/target) of themselves.
///
/// Source: Johnson & Lindenstrauss (1984), Extensions of Lipschitz mappings into a Hilbert space.
struct Narrowing {
  private let dimensions: Int
  /// The coordinates that are left.
  let target: Int
  private let matrix: [Double]

  init(dimensions: Int, seed: UInt64) {
    self.dimensions = dimensions
    target = min(dimensions, EmbeddedSamples.widest)
    guard dimensions > target else {
      matrix = []
      return
    }
    var stream = RandomStream(seed: seed, name: "narrowing")
    let scale = 1 / Double(target).squareRoot()
    matrix = (0..<dimensions * target).map { _ in stream.normal() * scale }
  }

  /// The projected points of rows, made a block at a time.
  func narrowed(_ rows: [Int], _ points: ([Int]) -> [Double]) -> [Double] {
    guard !matrix.isEmpty else { return points(rows) }
    var out: [Double] = []
    out.reserveCapacity(rows.count * target)
    var lower = 0
    while lower < rows.count {
      let upper = min(rows.count, lower + 256)
      out += narrowed(points(Array(rows[lower..<upper])))
      lower = upper
    }
    return out
  }

  /// The projected points.
  func narrowed(_ points: [Double]) -> [Double] {
    guard !matrix.isEmpty else { return points }
    return LinearAlgebra.doublePrecisionProduct(
      points.span, matrix.span, rows: points.count / dimensions, inner: dimensions,
      columns: target)
  }
}
