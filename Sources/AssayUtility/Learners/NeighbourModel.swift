import AssayNumerics

/// The mean label of the nearest training rows in Euclidean distance; two levels lie as far apart as
/// numbers one standard deviation apart.
struct NeighbourModel: TrainedModel {
  private let features: DenseFeatures
  private let task: TargetProblem.Task
  private let points: [Float]
  private let norms: [Float]
  private let labels: [Float]
  private let neighbours: Int

  init(_ rows: LabelledRows, task: TargetProblem.Task) {
    features = DenseFeatures(rows.columns)
    self.task = task
    points = Self.points(features, rows)
    norms = Self.norms(points, width: features.width)
    labels = rows.labels
    neighbours = min(25, rows.count)
  }

  private static func points(_ features: DenseFeatures, _ rows: LabelledRows) -> [Float] {
    features.values(rows, indicator: 0.5.squareRoot()).map { Float($0) }
  }

  private static func norms(_ points: [Float], width: Int) -> [Float] {
    (0..<(width > 0 ? points.count / width : 0)).map { row in
      var sum: Float = 0
      for column in 0..<width { sum += points[row * width + column] * points[row * width + column] }
      return sum
    }
  }

  func predictions(_ rows: LabelledRows) throws(NumericsError) -> [Double] {
    let width = features.width
    let queries = Self.points(features, rows)
    // The other factor of the product is column-major.
    var turned = [Float](repeating: 0, count: points.count)
    for row in 0..<labels.count {
      for column in 0..<width { turned[column * labels.count + row] = points[row * width + column] }
    }
    let base = turned
    var out: [Double] = []
    for start in stride(from: 0, to: rows.count, by: 256) {
      let end = min(rows.count, start + 256)
      let block = Array(queries[start * width..<end * width])
      let products = LinearAlgebra.singlePrecisionProduct(
        block.span, base.span, rows: end - start, inner: width, columns: labels.count)
      for row in 0..<(end - start) {
        let nearest = nearest(products[row * labels.count..<(row + 1) * labels.count])
        out += mean(nearest)
      }
    }
    return out
  }

  /// The nearest rows; of rows as far away the earlier ones.
  private func nearest(_ products: ArraySlice<Float>) -> [Int32] {
    // The norm of the query is the same for all.
    var best: [(distance: Float, row: Int32)] = []
    best.reserveCapacity(neighbours + 1)
    var last = Float.infinity
    for (row, product) in products.enumerated() {
      let distance = norms[row] - 2 * product
      guard best.count < neighbours || distance < last else { continue }
      var place = best.count
      while place > 0, best[place - 1].distance > distance { place -= 1 }
      best.insert((distance, Int32(row)), at: place)
      if best.count > neighbours { best.removeLast() }
      last = best.count == neighbours ? best[best.count - 1].distance : .infinity
    }
    return best.map(\.row)
  }

  private func mean(_ rows: [Int32]) -> [Double] {
    let count = Double(rows.count)
    switch task {
    case .binary, .regression:
      return [rows.reduce(0) { $0 + Double(labels[Int($1)]) } / count]
    case .multiclass(let classes):
      // One row more of every class in all keeps probabilities off zero.
      var counts = [Double](repeating: 1 / Double(classes), count: classes)
      for row in rows { counts[Int(labels[Int(row)])] += 1 }
      return counts.map { $0 / (count + 1) }
    }
  }
}
