import Testing

@testable import AssayNumerics

@Suite struct `Ranked neighbours` {
  @Test(arguments: [1, 5, 20])
  func `are those of a plain scan, distances and rows, ties by row`(_ count: Int) throws {
    var stream = RandomStream(seed: 4, name: "ranked", String(count))
    for shape in [
      `Nearest neighbours of mixed rows`.Shape(
        numeric: 3, nominal: 2, missing: true, weighted: true),
      .init(numeric: 2, nominal: 0, missing: false, weighted: false),
      .init(numeric: 0, nominal: 3, missing: true, weighted: false),
    ] {
      let queries = `Nearest neighbours of mixed rows`.points(60, shape, &stream)
      let base = `Nearest neighbours of mixed rows`.points(150, shape, &stream)
      for excluding in [false, true] {
        let found = try nearest(
          count, queries: queries, base: base, excludingSelf: excluding, threads: 2)
        #expect(found.count == 60)
        for query in 0..<60 {
          let scan = (0..<150).filter { !(excluding && $0 == query) }
            .map { (base.distance($0, to: queries, query), Int32($0)) }.sorted { $0 < $1 }
            .prefix(count)
          #expect(Array(found.rows(of: query)) == scan.map(\.1))
          for (own, other) in zip(found.distances(of: query), scan) {
            #expect(abs(own - other.0) <= 1e-12)
          }
        }
      }
    }
  }

  @Test func `are fewer where the base is smaller, none where it is empty`() throws {
    let base = MixedPoints([.nominal(codes: [1, 2, 3])])
    let found = try nearest(20, queries: base, base: base, excludingSelf: true)
    #expect(found.width == 2)
    let empty = try nearest(3, queries: base, base: MixedPoints([.nominal(codes: [])]))
    #expect(empty.width == 0)
    #expect(empty.count == 0)
  }
}
