import Foundation
import Testing

@testable import AssayNumerics

@Suite struct `Nearest neighbours by Euclidean distance` {
  /// Points that ask for something: ties, copies, a cloud far from 0, coordinates of very unlike size.
  enum Shape: String, CaseIterable, Sendable {
    case smooth, grid, shifted, uneven, huge, constant

    func points(_ count: Int, _ dimensions: Int, _ stream: inout RandomStream) -> [Double] {
      (0..<count * dimensions).map { place in
        switch self {
        case .smooth: stream.normal()
        case .grid: Double(stream.below(3))
        case .shifted: 1e6 + stream.normal()
        case .uneven: stream.normal() * (place % dimensions == 0 ? 1e8 : 1e-6)
        case .huge: stream.normal() * 1e100
        case .constant: 7
        }
      }
    }
  }

  /// All pairs in double precision, in the order of distance and index.
  private func slowTwin(
    _ queries: EuclideanPoints, _ base: EuclideanPoints, _ k: Int, excludingSelf: Bool, ties: Bool
  ) -> EuclideanNeighbours {
    var result = EuclideanNeighbours(
      neighbours: k, offsets: [0], indices: [], squaredDistances: [])
    for query in 0..<queries.count {
      let pairs = (0..<base.count).filter { !excludingSelf || $0 != query }
        .map { (base.squaredDistance($0, to: queries, query), $0) }
        .sorted { $0 < $1 }
      let reach = pairs.count >= k ? pairs[k - 1].0 : .infinity
      let kept = ties ? Array(pairs.prefix { $0.0 <= reach }) : Array(pairs.prefix(k))
      result.indices += kept.map { Int32($0.1) }
      result.squaredDistances += kept.map(\.0)
      result.offsets.append(result.indices.count)
    }
    return result
  }

  @Test(arguments: Shape.allCases, [1, 5])
  func `the search finds what comparing all pairs finds`(_ shape: Shape, _ dimensions: Int) throws {
    // Slow twin. More base rows than a block holds in one case; queries with exact copies.
    for (count, k) in [(1, 1), (7, 3), (40, 5), (shape == .smooth ? 1100 : 90, 4)] {
      var stream = RandomStream(seed: 81, name: shape.rawValue, String(count))
      let base = try EuclideanPoints(
        shape.points(count, dimensions, &stream), dimensions: dimensions)
      let fresh = shape.points(30, dimensions, &stream)
      let copies = base.values.prefix(5 * dimensions)
      let queries = try EuclideanPoints(fresh + copies, dimensions: dimensions)
      for ties in [false, true] {
        let found = try nearest(
          queries: queries, base: base, neighbours: k, reportingTies: ties)
        let twin = slowTwin(queries, base, k, excludingSelf: false, ties: ties)
        #expect((found == twin) as Bool, "\(shape) \(count) \(ties)")
        #expect(
          try nearest(queries: queries, base: base, neighbours: k, reportingTies: ties, threads: 2)
            == found)
      }
      guard count < 1000 else { continue }
      let own = try nearest(queries: base, base: base, neighbours: k, excludingSelf: true)
      #expect(
        (own == slowTwin(base, base, k, excludingSelf: true, ties: false)) as Bool,
        "\(shape) \(count)")
    }
  }

  @Test(arguments: [Shape.smooth, .grid, .constant], [1, 2, 3])
  func `rows among themselves are compared once a pair and found as well`(
    _ shape: Shape, _ threads: Int
  ) throws {
    // Slow twin; more rows than two tiles, the last one short, so that every pair of tiles occurs.
    var stream = RandomStream(seed: 84, name: shape.rawValue)
    let points = try EuclideanPoints(shape.points(587, 3, &stream), dimensions: 3)
    for ties in [false, true] where !ties || shape != .constant {
      let found = try nearest(
        queries: points, base: points, neighbours: 4, excludingSelf: true, reportingTies: ties,
        threads: threads)
      let twin = slowTwin(points, points, 4, excludingSelf: true, ties: ties)
      #expect((found == twin) as Bool, "\(ties)")
    }
  }

  @Test func `a copy is at distance 0 exactly, far from the origin too`() throws {
    // Planted truth: each query is a copy of one row of a cloud that is far away.
    var stream = RandomStream(seed: 82, name: "copies")
    let base = try EuclideanPoints(
      (0..<200 * 20).map { _ in 1e5 + stream.normal() }, dimensions: 20)
    let chosen = (0..<50).map { _ in stream.below(200) }
    let found = try nearest(queries: base.rows(chosen), base: base, neighbours: 1)
    #expect(found.squaredDistances.allSatisfy { $0 == 0 })
    #expect(found.indices.map { Int($0) } == chosen)
  }

  @Test func `a query that is far outside is served as well`() throws {
    let base = try EuclideanPoints([0, 1, 2, 3].map(Double.init), dimensions: 1)
    let found = try nearest(
      queries: try EuclideanPoints([1e140, -1e20], dimensions: 1), base: base, neighbours: 2)
    // Differences of 1 vanish beside 1e20: all rows are at one distance, and the first come first.
    #expect(found.indices == [0, 1, 0, 1])
    #expect(found.squaredRadii(rank: 1)[1] == 1e40)
  }

  @Test func `coordinates that are not numbers are refused`() {
    for value in [Double.nan, .infinity, 1e160] {
      #expect(throws: NumericsError.self) { _ = try EuclideanPoints([value], dimensions: 1) }
    }
  }

  @Test(arguments: Shape.allCases, [false, true])
  func `balls hold what comparing all pairs finds`(_ shape: Shape, _ isClosed: Bool) throws {
    // Slow twin; the radii are distances that occur, so that points lie on surfaces.
    var stream = RandomStream(seed: 83, name: shape.rawValue)
    let dimensions = 3
    let centres = try EuclideanPoints(
      shape.points(70, dimensions, &stream), dimensions: dimensions)
    let points = try EuclideanPoints(
      shape.points(90, dimensions, &stream) + centres.values.prefix(30), dimensions: dimensions)
    var radii = (0..<70).map { centres.squaredDistance($0, to: points, $0 + 5) }
    radii[3] = 0
    radii[4] = .infinity
    let reaches = (0..<100).map { points.squaredDistance($0, to: centres, $0 % 70) * 0.5 }
    let counts = try BallCounts(
      centres: centres, squaredRadii: radii, points: points, pointSquaredRadii: reaches,
      isClosed: isClosed, threads: 2)
    var inBall = [Int32](repeating: 0, count: 70)
    var holding = [Int32](repeating: 0, count: 100)
    var reached = [Bool](repeating: false, count: 70)
    for centre in 0..<70 {
      for point in 0..<100 {
        let distance = centres.squaredDistance(centre, to: points, point)
        if distance < radii[centre] || isClosed && distance == radii[centre] {
          inBall[centre] += 1
          holding[point] += 1
        }
        if distance < reaches[point] || isClosed && distance == reaches[point] {
          reached[centre] = true
        }
      }
    }
    #expect(counts.inBall == inBall)
    #expect(counts.holding == holding)
    #expect(counts.isReached == reached)
    let own = try BallCounts(
      centres: centres, squaredRadii: radii, points: centres, isClosed: isClosed,
      excludingSelf: true)
    let others = (0..<70).map { centre in
      Int32(
        (0..<70).count { point in
          let distance = centres.squaredDistance(centre, to: centres, point)
          return point != centre
            && (distance < radii[centre] || isClosed && distance == radii[centre])
        })
    }
    #expect(own.inBall == others)
  }
}
