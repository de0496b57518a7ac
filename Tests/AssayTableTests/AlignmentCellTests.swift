import Testing

@testable import AssayTable

@Suite struct AlignmentCellTests {
  private func fit(_ values: [Double?], _ settings: BinSettings = BinSettings()) -> NumericFit {
    let mask = ValidityMask(present: values.map { $0 != nil })
    return NumericFit(
      NumericValues(values: values.map { $0 ?? 0 }, validity: mask), settings: settings)
  }

  /// The cell by definition: how many edges are at or below the value.
  private func slowCell(_ value: Double, _ edges: [Double]) -> Int {
    edges.reduce(into: 0) { if $1 <= value { $0 += 1 } }
  }

  @Test func `cells are closed below and open above, with open ends`() {
    let map = CellMap(edges: [0, 10])
    #expect(
      [-1, -0.0, 0, 5, 10.0.nextDown, 10, 11].map { map.cell(of: $0) } == [0, 1, 1, 1, 1, 2, 2])
    #expect(map.count == 4)
    #expect(map.missingCell == 3)
  }

  @Test func `the fast search agrees with counting edges`() {
    for count in 0..<40 {
      let edges = (0..<count).map { Double($0) * 0.7 - 5 }
      let map = CellMap(edges: edges)
      let probes = edges + edges.map(\.nextDown) + edges.map(\.nextUp) + [-1e308, 1e308, 0]
      for value in probes { #expect(map.cell(of: value) == slowCell(value, edges)) }
    }
  }

  @Test func `rows and single values fall into the same cells, missing into the last`() {
    let map = CellMap(edges: [1, 2, 3])
    let values = NumericValues(
      values: [0, 1, 2.5, 9, 0], validity: ValidityMask(present: [true, true, true, true, false]))
    #expect(map.codes(.numeric(values)) == [0, 1, 2, 3, 4])
  }

  @Test func `levels without a cell of their own share one, missing has its own`() {
    let map = CellMap(levels: [2, 0], of: 3)
    #expect(map.count == 4)
    #expect(map.otherCell == 2)
    #expect(map.missingCell == 3)
    #expect(map.codes(.nominal([0, 1, 2, 3, 99, -1])) == [1, 2, 0, 2, 2, 3])
  }

  @Test func `a column of another form is missing throughout`() {
    #expect(CellMap(edges: [1]).codes(.nominal([0, 1])) == [2, 2])
  }

  @Test func `an atom has a cell of its own, in a pair up to the next value`() {
    // Zero holds 60 of 100 values, more than 2/bins of them for 9 and for 10 bins.
    let values = [Double](repeating: 0, count: 60) + (1...40).map { Double($0) * 10 }
    let found = fit(values)
    let edges = found.marginal.edges ?? []
    #expect(edges.contains(0))
    #expect(edges.contains(0.0.nextUp))
    #expect(found.marginal.cell(of: 0) != found.marginal.cell(of: 1e-300))
    #expect(found.pair.cell(of: 0) == found.pair.cell(of: 9.99))
    #expect(found.pair.cell(of: 0) != found.pair.cell(of: 10))
    #expect(found.pair.cell(of: 0) != found.pair.cell(of: -1e-300))
  }

  @Test func `cells without atoms hold nearly equal shares`() {
    let n = 1_000
    let found = fit((0..<n).map { Double($0 * 7919 % n) })
    // min(20, ⌊2·1000^⅓⌋) = 20 bins: 50 values each.
    #expect(found.marginal.edges?.count == 19)
    var counts = [Int](repeating: 0, count: found.marginal.count)
    for value in 0..<n { counts[found.marginal.cell(of: Double(value))] += 1 }
    #expect(counts.dropLast().allSatisfy { $0 == 50 })
    #expect(found.pair.edges?.count == 9)
  }

  @Test(arguments: [(1, 2), (8, 4), (27, 6), (64, 8), (125, 10), (1_000, 20), (1_000_000, 20)])
  func `small tables get fewer cells`(rows: Int, bins: Int) {
    #expect(BinSettings().marginalBins(for: rows) == bins)
  }

  @Test func `a constant column keeps its value apart from all others`() {
    let found = fit([5, 5, 5, nil])
    #expect(found.marginal.cell(of: 5) == 1)
    #expect(found.marginal.cell(of: 5.0.nextUp) == 2)
    #expect(found.marginal.cell(of: 5.0.nextDown) == 0)
    #expect(!found.varies)
    #expect(found.missing == 1)
    #expect(found.standardDeviation == 0)
  }

  @Test func `a column without values has one open cell`() {
    let found = fit([nil, nil])
    #expect(found.marginal.count == 2)
    #expect(found.marginal.cell(of: 3) == 0)
    #expect(found.mean == 0)
  }

  static let shapes: [[Double]] = [
    (0..<500).map { Double($0 * 7919 % 500) }, (0..<500).map { Double($0 % 7) },
    (0..<500).map { $0 < 300 ? 0 : Double($0) }, (0..<30).map { Double($0 * $0) }, [1], [1, 2],
    (0..<200).map { Double($0 % 3 == 0 ? 99_999 : $0) },
    [-1e300, 1e300] + (0..<50).map { Double($0) },
  ]

  @Test(arguments: shapes)
  func `the fine grid is coarsened by both others`(values: [Double]) throws {
    let found = fit(values)
    for coarse in [found.marginal, found.pair] {
      let cells = try #require(coarse.cells(ofFine: found.fine))
      #expect(cells.count == found.fine.count)
      #expect(cells.last == coarse.missingCell)
      let probes = values + values.map(\.nextDown) + values.map(\.nextUp)
      for value in probes { #expect(cells[found.fine.cell(of: value)] == coarse.cell(of: value)) }
    }
  }

  @Test(arguments: shapes)
  func `moments and quantiles are those of the definition`(values: [Double]) {
    let found = fit(values)
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    #expect(abs(found.mean - mean) <= 1e-12 * max(1, values.map(abs).max() ?? 1))
    if values.count > 1 {
      // Differences over the scale first, so that squares of 1e300 do not overflow.
      let scale = max(1, values.map { abs($0 - mean) }.max() ?? 1)
      let squares = values.reduce(0) { $0 + ($1 - mean) / scale * (($1 - mean) / scale) }
      let deviation = scale * (squares / (n - 1)).squareRoot()
      if scale < 1e150 { #expect(abs(found.standardDeviation - deviation) <= 1e-10 * deviation) }
    }
    #expect(found.sorted == values.sorted())
    let tied = values.count { value in values.filter { $0 == value }.count > 1 }
    #expect(found.tiedShare == Double(tied) / n)
  }

  @Test func `rare levels share a cell, common ones have their own`() {
    let codes: [Int32] =
      [Int32](repeating: 0, count: 9) + [Int32](repeating: 1, count: 4)
      + [Int32](repeating: 2, count: 5) + [-1, 3]
    let levels = SharedLevels(names: ["a", "b", "c", "d"], trainingCount: 3, realCount: 4)
    let fit = NominalFit(codes.map { $0 == 3 ? 1 : $0 }, levels: levels, settings: BinSettings())
    #expect(fit.counts == [9, 5, 5])
    #expect(fit.missing == 1)
    #expect(fit.marginal.count == 5)
    let strict = NominalFit(
      codes.map { $0 == 3 ? 0 : $0 }, levels: levels, settings: BinSettings())
    #expect(strict.marginal.codes(.nominal([0, 1, 2, 3, -1])) == [0, 2, 1, 2, 3])
  }

  @Test func `a pair keeps the commonest levels, ties by order`() {
    var codes: [Int32] = []
    for level in 0..<12 { codes += [Int32](repeating: Int32(level), count: level < 3 ? 5 : 10) }
    let levels = SharedLevels(
      names: (0..<12).map { "l\($0)" }, trainingCount: 12, realCount: 12)
    let fit = NominalFit(codes, levels: levels, settings: BinSettings())
    // Ten cells at most: nine levels and the rest.
    #expect(
      fit.pair.codes(.nominal((0..<12).map(Int32.init))) == [9, 9, 9] + (0..<9).map { UInt16($0) })
    let few = NominalFit(
      [0, 1, 1], levels: SharedLevels(names: ["a", "b"], trainingCount: 2, realCount: 2),
      settings: BinSettings())
    #expect(few.pair.codes(.nominal([0, 1])) == [0, 1])
  }
}
