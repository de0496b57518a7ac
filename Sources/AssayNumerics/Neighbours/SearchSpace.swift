/// The dimensions of a search in the form that the kernels read, single and double precision.
struct SearchSpace: Sendable {
  /// How a dimension is compared in single precision.
  enum Comparison: Int, Sendable {
    /// |q − b| of positions times their weight; no row of either side is missing.
    case difference
    /// The weight where codes differ.
    case mismatch
    /// min(|q − b|, weight); a missing position is put at 3 · weight, far from all others.
    case capped
  }

  struct Dimension: Sendable {
    var comparison: Comparison
    var weight: Float
    var queries: [Float]
    var base: [Float]
  }

  /// Dimensions of weight above 0, those of one comparison together.
  var dimensions: [Dimension]
  /// The number of dimensions of each comparison, in their order.
  var differences: Int
  var mismatches: Int
  /// The number of base rows.
  var baseCount: Int
  /// How far a distance in single precision may be from the true one.
  var slack: Double
  private var queryPoints: MixedPoints
  private var basePoints: MixedPoints

  init(queries: MixedPoints, base: MixedPoints) {
    var dimensions: [Dimension] = []
    var total = 0.0
    for (query, base) in zip(queries.dimensions, base.dimensions) where base.weight > 0 {
      total += base.weight
      dimensions.append(Self.dimension(query.values, base.values, base.weight))
    }
    // A stable order, so that results do not depend on the sort.
    dimensions =
      dimensions.filter { $0.comparison == .difference }
      + dimensions.filter { $0.comparison == .mismatch }
      + dimensions.filter { $0.comparison == .capped }
    self.dimensions = dimensions
    differences = dimensions.count { $0.comparison == .difference }
    mismatches = dimensions.count { $0.comparison == .mismatch }
    baseCount = base.count
    queryPoints = queries
    basePoints = base
    // Each term is rounded when its two sides are converted and when they are subtracted, each
    // sum once more: at most (d + 3)·2⁻²⁵ of the total weight. Twice that for good measure.
    slack = total * Double(dimensions.count + 4) * 0x1p-24
  }

  private static func dimension(
    _ query: MixedDimension.Values, _ base: MixedDimension.Values, _ weight: Double
  ) -> Dimension {
    switch (query, base) {
    case (.numeric(let u), .numeric(let v)):
      let missing = u.contains(where: \.isNaN) || v.contains(where: \.isNaN)
      let scaled = { (x: Double) in Float(x.isNaN ? 3 * weight : x * weight) }
      return Dimension(
        comparison: missing ? .capped : .difference, weight: Float(weight),
        queries: u.map(scaled), base: v.map(scaled))
    case (.nominal(let a), .nominal(let b)):
      let code = { (x: Int32) in Float(max(-1, x)) }
      return Dimension(
        comparison: .mismatch, weight: Float(weight), queries: a.map(code), base: b.map(code))
    default:
      preconditionFailure("a numeric dimension cannot be compared with a nominal one")
    }
  }

  /// The distance in double precision, with the weights of the base.
  func distance(query: Int, base: Int) -> Double {
    basePoints.distance(base, to: queryPoints, query)
  }
}
