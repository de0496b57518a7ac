/// The dimensions of a search in the form that the kernels read.
///
/// Every distance is first bounded in whole quanta of 16 bits, which fit eight to a vector
/// register: positions are rounded to a quantum, codes keep their lowest 15 bits. What passes is
/// computed in double precision.
struct SearchSpace: Sendable {
  /// How a dimension is compared in quanta.
  enum Comparison: Sendable {
    /// |q − b|; no row of either side is missing.
    case difference
    /// The weight where codes differ.
    case mismatch
    /// min(|q − b|, weight); a missing position lies at twice the weight, far from all others.
    case capped
  }

  /// The comparison of each dimension of weight above 0, those of one kind together.
  var comparisons: [Comparison]
  /// The weight of each dimension in quanta, rounded down.
  var weights: [Int16]
  /// The number of dimensions of the first two kinds; the rest are capped.
  var differences: Int
  var mismatches: Int
  /// The base in quanta, row-major.
  var base: [Int16]
  /// The queries in quanta, row-major.
  var queries: [Int16]
  var baseCount: Int
  /// The size of a quantum, as a distance.
  var quantum: Double

  private var exactBase: ExactRows
  private var exactQueries: ExactRows

  init(queries: MixedPoints, base: MixedPoints) {
    let total = base.dimensions.reduce(0) { $0 + $1.weight }
    // Twice the sum of all weights must stay within 16 bits.
    let quantum = total > 0 ? total / 16_000 : 1
    self.quantum = quantum
    baseCount = base.count
    var columns: [(comparison: Comparison, weight: Int16, query: [Int16], base: [Int16])] = []
    for (query, base) in zip(queries.dimensions, base.dimensions) where base.weight > 0 {
      let weight = base.weight / quantum
      let lanes = Int16(weight)
      switch (query.values, base.values) {
      case (.numeric(let u), .numeric(let v)):
        let missing = u.contains(where: \.isNaN) || v.contains(where: \.isNaN)
        let rounded = { (x: Double) in x.isNaN ? 2 * lanes : Int16((x * weight).rounded(.down)) }
        columns.append(
          (missing ? .capped : .difference, lanes, u.map(rounded), v.map(rounded)))
      case (.nominal(let a), .nominal(let b)):
        let code = { (x: Int32) in x < 0 ? -1 : Int16(truncatingIfNeeded: x & 0x7fff) }
        columns.append((.mismatch, lanes, a.map(code), b.map(code)))
      default:
        preconditionFailure("a numeric dimension cannot be compared with a nominal one")
      }
    }
    columns =
      columns.filter { $0.comparison == .difference }
      + columns.filter { $0.comparison == .mismatch } + columns.filter { $0.comparison == .capped }
    comparisons = columns.map(\.comparison)
    weights = columns.map(\.weight)
    differences = columns.count { $0.comparison == .difference }
    mismatches = columns.count { $0.comparison == .mismatch }
    self.base = Self.rowMajor(columns.map(\.base), base.count)
    self.queries = Self.rowMajor(columns.map(\.query), queries.count)
    exactBase = ExactRows(base)
    exactQueries = ExactRows(queries)
  }

  private static func rowMajor(_ columns: [[Int16]], _ count: Int) -> [Int16] {
    var result = [Int16](repeating: 0, count: count * columns.count)
    for (index, column) in columns.enumerated() {
      for row in 0..<count { result[row * columns.count + index] = column[row] }
    }
    return result
  }

  /// The largest sum of quanta that a distance may have.
  ///
  /// Rounding both sides down moves a difference by less than one quantum; a weight, rounded
  /// down, and codes cut short only make a sum smaller. So sum < distance/quantum + dimensions.
  func limit(_ distance: Double) -> Int16 {
    let quanta = distance / quantum * (1 + 1e-9) + Double(comparisons.count) + 1
    return quanta < 32_000 ? Int16(quanta) : .max
  }

  /// The distance in double precision, with the weights of the base.
  @inline(__always)
  func distance(query: Int, base: Int) -> Double {
    exactBase.distance(base, exactQueries, query)
  }
}

/// Points row by row, in double precision: numeric dimensions first, as the distance adds them.
private struct ExactRows: Sendable {
  private var positions: [Double] = []
  private var codes: [Int32] = []
  private var positionWeights: [Double] = []
  private var codeWeights: [Double] = []

  init(_ points: MixedPoints) {
    var numeric: [[Double]] = []
    var nominal: [[Int32]] = []
    for dimension in points.dimensions {
      switch dimension.values {
      case .numeric(let values):
        numeric.append(values)
        positionWeights.append(dimension.weight)
      case .nominal(let values):
        nominal.append(values)
        codeWeights.append(dimension.weight)
      }
    }
    positions.reserveCapacity(points.count * numeric.count)
    codes.reserveCapacity(points.count * nominal.count)
    for row in 0..<points.count {
      for column in numeric { positions.append(column[row]) }
      for column in nominal { codes.append(column[row]) }
    }
  }

  @inline(__always)
  func distance(_ row: Int, _ other: ExactRows, _ otherRow: Int) -> Double {
    var sum = 0.0
    let numeric = positionWeights.count
    let nominal = codeWeights.count
    for index in 0..<numeric {
      sum +=
        positionWeights[index]
        * positionDifference(
          positions[row * numeric + index], other.positions[otherRow * numeric + index])
    }
    for index in 0..<nominal {
      let match = codesMatch(codes[row * nominal + index], other.codes[otherRow * nominal + index])
      sum += match ? 0 : codeWeights[index]
    }
    return sum
  }
}
