import Foundation
import Testing

@testable import AssayNumerics

@Suite struct `Nearest neighbours of mixed rows` {
  /// Small mixed points with ties, missing values and duplicates.
  static func points(
    _ count: Int, _ shape: Shape, _ stream: inout RandomStream
  ) -> MixedPoints {
    var dimensions: [MixedDimension] = []
    for index in 0..<shape.numeric {
      let grid = index % 2 == 0 ? 5 : 1000
      let positions = (0..<count).map { _ in Double(stream.below(grid)) / Double(grid - 1) }
      let missing =
        shape.missing && index % 2 == 0 ? (0..<count).map { _ in stream.below(6) == 0 } : []
      let weight = shape.weighted ? 0.25 + Double(index) : 1
      dimensions.append(.numeric(positions: positions, isMissing: missing, weight: weight))
    }
    for index in 0..<shape.nominal {
      let levels = [2, 3, 90][index % 3]
      let codes = (0..<count).map { _ in
        shape.missing && stream.below(7) == 0 ? -1 : Int32(stream.below(levels))
      }
      let weight = shape.weighted ? 0.7 + Double(index) / 3 : 1
      dimensions.insert(.nominal(codes: codes, weight: weight), at: index % 2 == 0 ? 0 : 1)
    }
    return MixedPoints(dimensions)
  }

  struct Shape: Sendable, CustomTestStringConvertible {
    var numeric: Int
    var nominal: Int
    var missing: Bool
    var weighted: Bool
    var testDescription: String {
      "\(numeric) numeric, \(nominal) nominal, missing \(missing), weighted \(weighted)"
    }
  }

  static let shapes = [
    Shape(numeric: 1, nominal: 0, missing: false, weighted: false),
    Shape(numeric: 0, nominal: 3, missing: true, weighted: true),
    Shape(numeric: 3, nominal: 2, missing: true, weighted: false),
    Shape(numeric: 6, nominal: 7, missing: true, weighted: true),
    Shape(numeric: 9, nominal: 4, missing: false, weighted: true),
    Shape(numeric: 2, nominal: 9, missing: false, weighted: false),
  ]

  /// All pairs, in double precision.
  private func slowTwin(
    _ queries: MixedPoints, _ base: MixedPoints, excludingSelf: Bool
  ) -> NearestNeighbours {
    var result = NearestNeighbours(distances: [], secondDistances: [], offsets: [0], indices: [])
    for query in 0..<queries.count {
      let pairs = (0..<base.count).filter { !excludingSelf || $0 != query }
        .map { ($0, base.distance($0, to: queries, query)) }
      let sorted = pairs.map(\.1).sorted()
      let least = sorted.first ?? .infinity
      result.distances.append(least)
      result.secondDistances.append(sorted.count > 1 ? sorted[1] : .infinity)
      result.indices += pairs.filter { $0.1 <= least * (1 + 1e-12) }.map { Int32($0.0) }
      result.offsets.append(result.indices.count)
    }
    return result
  }

  @Test(arguments: shapes, [1, 2, 64, 65, 210])
  func `the search finds what comparing all pairs finds`(_ shape: Shape, _ count: Int) throws {
    var stream = RandomStream(seed: 71, name: "neighbours", String(count))
    let base = Self.points(count, shape, &stream)
    let queries = Self.points(60, shape, &stream)
    let twin = slowTwin(queries, base, excludingSelf: false)
    var got = try nearest(queries: queries, base: base, secondNearest: true, threads: 2)
    #expect((got == twin) as Bool)
    got = try nearest(queries: queries, base: base)
    #expect(got.distances == twin.distances && got.indices == twin.indices)
    #expect(got.secondDistances.isEmpty)

    let own = slowTwin(base, base, excludingSelf: true)
    #expect(
      try nearest(queries: base, base: base, excludingSelf: true, secondNearest: true) == own)
  }

  @Test func `the order of the base rows changes nothing but their numbers`() throws {
    var stream = RandomStream(seed: 72, name: "permutation")
    let shape = Self.shapes[3]
    let base = Self.points(300, shape, &stream)
    let queries = Self.points(200, shape, &stream)
    var order = Array(0..<300)
    stream.shuffle(&order)
    let shuffled = MixedPoints(
      base.dimensions.map { dimension in
        var copy = dimension
        switch dimension.values {
        case .numeric(let values): copy.values = .numeric(order.map { values[$0] })
        case .nominal(let codes): copy.values = .nominal(order.map { codes[$0] })
        }
        return copy
      })
    let one = try nearest(queries: queries, base: base)
    let other = try nearest(queries: queries, base: shuffled)
    #expect(one.distances == other.distances)
    for query in 0..<queries.count {
      #expect(
        one.rows(nearest: query).sorted()
          == other.rows(nearest: query).map { Int32(order[Int($0)]) }.sorted())
    }
  }

  @Test func `a search of few blocks finds rows at true distances, and misses some`() throws {
    // Rows around 40 centres: the blocks that promise most hold the rows of the query's centre.
    var stream = RandomStream(seed: 74, name: "approximate")
    let centres = (0..<40).map { _ in (0..<5).map { _ in stream.uniform() } }
    func rows(_ count: Int) -> MixedPoints {
      let own = (0..<count).map { _ in
        centres[stream.below(40)].map { min(1, max(0, $0 + 0.03 * stream.normal())) }
      }
      return MixedPoints((0..<5).map { index in .numeric(positions: own.map { $0[index] }) })
    }
    let base = rows(1_600)
    let queries = rows(200)
    let exact = try nearest(queries: queries, base: base)
    // As many blocks as there are: the exact answer.
    #expect(try nearest(queries: queries, base: base, blocks: 25) == exact)
    var recalls: [Double] = []
    for blocks in [1, 2, 4] {
      let found = try nearest(queries: queries, base: base, blocks: blocks)
      var hits = 0
      for query in 0..<200 {
        #expect(found.distances[query] >= exact.distances[query])
        // Slow twin: the rows found are at the distance that is said.
        for row in found.rows(nearest: query) {
          let distance = queries.distance(query, to: base, Int(row))
          #expect(abs(distance - found.distances[query]) <= 1e-12)
        }
        if found.distances[query] <= exact.distances[query] * (1 + 1e-12) { hits += 1 }
      }
      recalls.append(Double(hits) / 200)
    }
    #expect(recalls[0] < 1 && recalls[0] > 0.4 && recalls[2] > 0.85)
    #expect(recalls[0] <= recalls[1] && recalls[1] <= recalls[2])
    // Copies are sorted to where they were copied from.
    #expect(try nearest(queries: base, base: base, blocks: 2).distances.allSatisfy { $0 == 0 })
  }

  @Test(arguments: shapes)
  func `a search of few blocks finds every copy`(_ shape: Shape) throws {
    var stream = RandomStream(seed: 75, name: "copies")
    let base = Self.points(500, shape, &stream)
    let copies = base.rows((0..<200).map { _ in stream.below(500) })
    #expect(try nearest(queries: copies, base: base, blocks: 2).distances.allSatisfy { $0 == 0 })
  }

  @Test func `the result does not depend on the number of threads`() throws {
    var stream = RandomStream(seed: 73, name: "threads")
    let base = Self.points(500, Self.shapes[2], &stream)
    let one = try nearest(queries: base, base: base, excludingSelf: true, threads: 1)
    let four = try nearest(queries: base, base: base, excludingSelf: true, threads: 4)
    #expect(one == four)
  }

  @Test func `copies are at exactly 0, and duplicates are all found`() throws {
    // Closed form. 0.1 and 1/3 are not exact in binary.
    let base = MixedPoints([
      .numeric(positions: [0.1, 1.0 / 3, 1.0 / 3, 0.9], weight: 0.3),
      .nominal(codes: [3, 7, 7, -1], weight: 0.7),
    ])
    let result = try nearest(queries: base, base: base)
    #expect(result.distances == [0, 0, 0, 0])
    #expect(Array(result.rows(nearest: 1)) == [1, 2])
    #expect(result.attractedWeights(baseCount: 4) == [1, 1, 1, 1])
    let own = try nearest(queries: base, base: base, excludingSelf: true)
    #expect(own.distances[1] == 0 && Array(own.rows(nearest: 1)) == [2])
    // Row 3 differs in code from all others; row 1 and row 2 are nearest in position.
    #expect(Array(own.rows(nearest: 3)) == [1, 2])
  }

  @Test func `two missing sides are equal and one is a whole difference`() throws {
    let base = MixedPoints([.numeric(positions: [0.5, 0], isMissing: [false, true], weight: 2)])
    let query = MixedPoints([.numeric(positions: [0, 0.9], isMissing: [true, false])])
    let result = try nearest(queries: query, base: base)
    #expect(result.distances == [0, 0.8])
    #expect(result.indices == [1, 0])
  }

  @Test func `no base row is infinitely far, and no query is no work`() throws {
    let none = MixedPoints([.nominal(codes: [])])
    let some = MixedPoints([.nominal(codes: [1, 2])])
    let far = try nearest(queries: some, base: none, secondNearest: true)
    #expect(far.distances == [.infinity, .infinity])
    #expect(far.secondDistances == [.infinity, .infinity])
    #expect(far.indices.isEmpty && far.offsets == [0, 0, 0])
    #expect(try nearest(queries: none, base: some).count == 0)
    let alone = MixedPoints([.nominal(codes: [1])])
    #expect(try nearest(queries: alone, base: alone, excludingSelf: true).distances == [.infinity])
  }

  @Test func `dimensions of weight 0 do not count`() throws {
    let base = MixedPoints([.nominal(codes: [1, 2], weight: 0)])
    let result = try nearest(queries: base, base: base)
    #expect(result.distances == [0, 0])
    #expect(result.indices == [0, 1, 0, 1])
  }
}
