/// A graph of nearby rows of two samples, and how often its edges cross from one to the other.
///
/// Given the graph, every way to label as many rows is as likely for equal laws; mean and variance
/// of the number of crossing edges over all of them are exact.
///
/// Source: Friedman & Rafsky (1979), doi:10.1214/aos/1176344722; Schilling (1986),
/// doi:10.1080/01621459.1986.10478337; Henze (1988), doi:10.1214/aos/1176350835.
public struct LabelledGraph: Sendable, Hashable {
  /// The rows that each edge joins; for neighbours from the row to its neighbour.
  public var edges: [SIMD2<Int32>]
  /// The number of rows of the first sample, which come first.
  public var firstCount: Int
  /// The number of rows of the second sample.
  public var secondCount: Int
  /// The number of edges that join rows of different samples.
  public var crossingEdges: Int
  /// What ``crossingEdges`` is on average over all labellings.
  public var expectedCrossings: Double
  /// Its variance over all labellings.
  public var variance: Double

  /// The share of edges that join rows of one sample.
  public var sameShare: Double { 1 - Double(crossingEdges) / Double(edges.count) }
  /// What ``sameShare`` is on average over all labellings.
  public var expectedSameShare: Double { 1 - expectedCrossings / Double(edges.count) }
  /// The number of crossings in deviations from its mean; far below 0 when the samples keep apart.
  public var z: Double {
    variance > 0 ? (Double(crossingEdges) - expectedCrossings) / variance.squareRoot() : 0
  }
  /// The p-value of so few crossings, by the normal approximation; 1 when they cannot vary.
  public var pValue: Double { variance > 0 ? normalDistribution(z) : 1 }

  /// Joins each row to its nearest other rows.
  ///
  /// - Parameters:
  ///   - neighbours: k, how many neighbours of each row; at least 1. Of equal distances the row
  ///     that comes first is taken.
  ///   - distances: The distances of the pooled rows.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when there are no more rows than neighbours.
  /// - Complexity: O(*N*²·log k) at most.
  public init(
    nearestNeighbours neighbours: Int, in distances: PooledDistances
  ) throws(NumericsError) {
    precondition(neighbours >= 1, "at least 1 neighbour is expected, not \(neighbours)")
    let rows = distances.count
    guard rows > neighbours else {
      throw NumericsError(
        .tooFewObservations, "\(neighbours) neighbours need more than \(rows) rows")
    }
    let table = distances.values
    var edges: [SIMD2<Int32>] = []
    edges.reserveCapacity(rows * neighbours)
    for row in 0..<rows {
      var nearest: [(distance: Double, row: Int)] = []
      for other in 0..<rows where other != row {
        let distance = table[row * rows + other]
        if nearest.count == neighbours, distance >= nearest[neighbours - 1].distance { continue }
        var place = nearest.count
        while place > 0, nearest[place - 1].distance > distance { place -= 1 }
        nearest.insert((distance, other), at: place)
        if nearest.count > neighbours { nearest.removeLast() }
      }
      for neighbour in nearest { edges.append(SIMD2(Int32(row), Int32(neighbour.row))) }
    }
    self.init(edges, distances.firstCount, distances.secondCount)
  }

  /// Joins all rows by the tree of least length.
  ///
  /// - Parameters:
  ///   - first: The first sample, *n* × `dimensions`, row-major; finite.
  ///   - second: The second sample, *m* × `dimensions`, row-major; finite.
  ///   - dimensions: The number of columns, d; at least 1.
  /// - Returns: The graph and the length of the tree. Of equally long edges the one to the row
  ///   that comes first is taken.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when a sample is empty, `.domain` when a
  ///   distance is not finite.
  /// - Complexity: O(*N*²·d) time, O(*N*) space: Prim's algorithm keeps no table of distances.
  public static func spanningTree(
    _ first: Span<Double>, _ second: Span<Double>, dimensions: Int
  ) throws(NumericsError) -> (graph: LabelledGraph, length: Double) {
    let pooled = try pooledRows(first, second, dimensions)
    let rows = pooled.count / dimensions
    let points = pooled.span
    var nearest = [Double](repeating: .infinity, count: rows)
    var from = [Int](repeating: 0, count: rows)
    var isJoined = [Bool](repeating: false, count: rows)
    var edges: [SIMD2<Int32>] = []
    var length = CompensatedSum()
    var row = 0
    for _ in 1..<max(1, rows) {
      isJoined[row] = true
      let base = row * dimensions
      var next = -1
      for other in 0..<rows where !isJoined[other] {
        let start = other * dimensions
        var square = 0.0
        for column in 0..<dimensions {
          let difference = points[base + column] - points[start + column]
          square += difference * difference
        }
        if square < nearest[other] {
          nearest[other] = square
          from[other] = row
        }
        if next < 0 || nearest[other] < nearest[next] { next = other }
      }
      guard next >= 0, nearest[next] < .infinity else {
        throw NumericsError(.domain, "rows of finite numbers are expected")
      }
      edges.append(SIMD2(Int32(from[next]), Int32(next)))
      length.add(nearest[next].squareRoot())
      row = next
    }
    let graph = LabelledGraph(edges, first.count / dimensions, second.count / dimensions)
    return (graph, length.total)
  }

  /// The p-value of so few crossings over labellings drawn at random: (1 + b)/(1 + B).
  ///
  /// - Parameters:
  ///   - permutations: How many labellings to draw, B; at least 1.
  ///   - stream: The random numbers.
  /// - Returns: A p-value in 1/(1 + B)...1.
  /// - Complexity: O(B·edges).
  public func permutationPValue(permutations: Int = 999, stream: inout RandomStream) -> Double {
    precondition(permutations >= 1, "at least 1 permutation is expected, not \(permutations)")
    let rows = firstCount + secondCount
    var reached = 0
    var isFirst = [Bool](repeating: false, count: rows)
    for _ in 0..<permutations {
      var left = firstCount
      for row in 0..<rows {
        isFirst[row] = stream.below(rows - row) < left
        if isFirst[row] { left -= 1 }
      }
      var crossings = 0
      for edge in edges where isFirst[Int(edge[0])] != isFirst[Int(edge[1])] { crossings += 1 }
      if crossings <= crossingEdges { reached += 1 }
    }
    return Double(1 + reached) / Double(1 + permutations)
  }

  private init(_ edges: [SIMD2<Int32>], _ firstCount: Int, _ secondCount: Int) {
    self.edges = edges
    self.firstCount = firstCount
    self.secondCount = secondCount
    crossingEdges = edges.reduce(0) { count, edge in
      (edge[0] < firstCount) != (edge[1] < firstCount) ? count + 1 : count
    }
    var degrees = [Int](repeating: 0, count: firstCount + secondCount)
    for edge in edges {
      degrees[Int(edge[0])] += 1
      degrees[Int(edge[1])] += 1
    }
    // Edges of which the reverse is an edge too.
    let all = Set(edges)
    let mutual = edges.reduce(0) { all.contains(SIMD2($1[1], $1[0])) ? $0 + 1 : $0 }
    let n = Double(firstCount)
    let m = Double(secondCount)
    let total = n + m
    let count = Double(edges.count)
    // How likely 2, 3 and 4 different rows are all in one sample, or in two pairs of one each.
    let two = (n * (n - 1) + m * (m - 1)) / (total * (total - 1))
    let three =
      total > 2
      ? (n * (n - 1) * (n - 2) + m * (m - 1) * (m - 2)) / (total * (total - 1) * (total - 2)) : 0
    let four =
      total > 3
      ? (n * (n - 1) * (n - 2) * (n - 3) + m * (m - 1) * (m - 2) * (m - 3)
        + 2 * n * (n - 1) * m * (m - 1)) / (total * (total - 1) * (total - 2) * (total - 3)) : 0
    let equal = count + Double(mutual)
    let touching = Double(degrees.reduce(0) { $0 + $1 * ($1 - 1) }) - 2 * Double(mutual)
    let apart = count * count - equal - touching
    let mean = count * two
    expectedCrossings = count - mean
    variance = max(0, equal * two + touching * three + apart * four - mean * mean)
  }
}
