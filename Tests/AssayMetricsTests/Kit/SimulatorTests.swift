import AssayNumerics
import AssayTable
import AssayTestKit
import Foundation
import Testing

@Suite struct `Simulated tables` {
  static let rows = 4_000
  static let table = Simulator(seed: 11).table(rows: rows)

  static func numbers(_ name: String, in table: RawTable = table) -> [Double?] {
    guard let column = table.columns.first(where: { $0.name == name }),
      case .numeric(let values) = column.values
    else { return [] }
    return (0..<values.count).map { values[$0] }
  }

  static func codes(_ name: String) -> CodedValues? {
    guard let column = table.columns.first(where: { $0.name == name }),
      case .coded(let values) = column.values
    else { return nil }
    return values
  }

  @Test func `gives the same table for the same seed and stream, and another for others`() {
    let again = Simulator(seed: 11).table(rows: 300)
    let first = Simulator(seed: 11).table(rows: 300)
    #expect(again.columns.map(\.values) == first.columns.map(\.values))
    #expect(again.columns.map(\.spelling) == first.columns.map(\.spelling))
    let stream = Simulator(seed: 11).table(rows: 300, stream: "other")
    let seed = Simulator(seed: 12).table(rows: 300)
    for (position, column) in first.columns.enumerated() {
      #expect(column.values != stream.columns[position].values, "\(column.name)")
      #expect(column.values != seed.columns[position].values, "\(column.name)")
    }
  }

  @Test func `draws missing cells with their stated shares`() {
    // Oracle: the law. Four standard errors of a binomial share.
    for column in Population.mixed.columns {
      guard let raw = Self.table.columns.first(where: { $0.name == column.name }) else {
        Issue.record("no column \(column.name)")
        continue
      }
      let share = Double(raw.spelling.blankCount) / Double(Self.rows)
      let expected = column.missing.share
      let error = (expected * (1 - expected) / Double(Self.rows)).squareRoot()
      #expect(abs(share - expected) <= 4 * error, "\(column.name): \(share)")
    }
  }

  @Test func `draws levels with their stated shares`() throws {
    for column in Population.mixed.columns {
      guard case .levels(let names, let shares) = column.marginal else { continue }
      let values = try #require(Self.codes(column.name))
      let counts = values.levelCounts()
      let present = Double(counts.reduce(0, +))
      for (name, share) in zip(names, shares) {
        let level = values.levels.strings.firstIndex(of: name)
        let found = level.map { Double(counts[$0]) / present } ?? 0
        let error = (share * (1 - share) / present).squareRoot()
        #expect(abs(found - share) <= 4.5 * error, "\(column.name) \(name): \(found)")
      }
    }
  }

  @Test(arguments: ["normal", "lognormal", "student", "beta", "poisson", "amount"])
  func `draws numbers by their stated law`(_ name: String) throws {
    // Oracle: the quantile function. The share at or below the quantile of p is p, except for
    // atoms and rounding; five places, four standard errors.
    let column = try #require(Population.mixed.columns.first { $0.name == name })
    let values = Self.numbers(name).compactMap(\.self)
    let n = Double(values.count)
    for p in [0.05, 0.3, 0.5, 0.8, 0.99] {
      let place = column.marginal.value(at: p)
      let below = Double(values.count { $0 < place }) / n
      let upTo = Double(values.count { $0 <= place }) / n
      let error = 4 * (p * (1 - p) / n).squareRoot()
      #expect(below <= p + error && upTo >= p - error, "\(name) at \(p): \(below) to \(upTo)")
    }
  }

  @Test func `joins columns with the stated correlation of positions`() throws {
    // Oracle: sin(π ρ_S / 6) / 2 relates Spearman's coefficient and the normal correlation.
    let x = Self.numbers("normal").compactMap(\.self)
    let y = Self.numbers("beta").compactMap(\.self)
    let correlation = Population.mixed.correlation(0, 3)
    let spearman = try spearmanCorrelation(x.span, y.span)
    let expected = 6 / Double.pi * asin(correlation / 2)
    #expect(abs(spearman - expected) < 4 * 1.03 / Double(Self.rows).squareRoot())
    let independent = Simulator(seed: 11, population: Population.mixed.dependence(0))
      .table(rows: Self.rows)
    let a = Self.numbers("normal", in: independent).compactMap(\.self)
    let b = Self.numbers("beta", in: independent).compactMap(\.self)
    #expect(abs(try spearmanCorrelation(a.span, b.span)) < 4 / Double(Self.rows).squareRoot())
  }

  @Test func `makes missing cells depend on another column where the law says so`() throws {
    // By the law, 20 % are missing where the flag's position is above its median and 2 % below;
    // every yes lies above.
    let flags = try #require(Self.codes("flag"))
    let student = Self.numbers("student")
    let yes = (0..<Self.rows).filter { flags[$0] == "yes" }
    let share = Double(yes.count { student[$0] == nil }) / Double(yes.count)
    #expect(abs(share - 0.2) < 4 * (0.16 / Double(yes.count)).squareRoot())
  }

  @Test func `gives an entity several rows that are alike`() throws {
    let entities = Simulator.Entities(meanRows: 3, similarity: 0.8)
    let table = Simulator(seed: 5, entities: entities, key: "id").table(rows: 3_000)
    #expect(table.columns.prefix(2).map(\.name) == ["id", "entity"])
    guard case .coded(let keys) = table.columns[0].values,
      case .coded(let owners) = table.columns[1].values
    else {
      Issue.record("names are strings")
      return
    }
    #expect(keys.levels.count == 3_000)
    let mean = 3_000 / Double(owners.levels.count)
    #expect(abs(mean - 3) < 0.2)
    let values = Self.numbers("normal", in: table).compactMap(\.self)
    let pairs = (1..<3_000).filter { owners.codes[$0] == owners.codes[$0 - 1] }
    let first = pairs.map { values[$0 - 1] }
    let second = pairs.map { values[$0] }
    #expect(abs(try pearsonCorrelation(first.span, second.span) - 0.8) < 0.05)
  }

  @Test func `writes a file that reads back as the table`() throws {
    for rows in [1, 50, 800] {
      let table = Simulator(seed: 3, key: "id").table(rows: rows)
      let read = try Self.readBack(table)
      #expect(read.rowCount == rows)
      for (own, theirs) in zip(table.columns, read.columns) {
        #expect(own.name == theirs.name)
        #expect(own.values == theirs.values, "\(own.name) of \(rows) rows")
        #expect(own.spelling == theirs.spelling, "\(own.name) of \(rows) rows")
      }
    }
  }

  @Test func `writes awkward cells so that they read back`() throws {
    let table = TableBuilder("awkward")
      .numbers("number, odd", [1.5, nil, -0.25, 1e-7, 3])
      .levels("quoted", ["a,b", "say \"x\"", " outer ", "line\nbreak", nil])
      .days("day", [0, -1, 19_000, nil, 59])
      .table()
    let read = try Self.readBack(table)
    for (own, theirs) in zip(table.columns, read.columns) {
      #expect(own.name == theirs.name)
      #expect(own.values == theirs.values, "\(own.name)")
    }
  }

  static func readBack(_ table: RawTable) throws -> RawTable {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "assay-kit-\(UUID().uuidString).csv")
    try Data(table.delimitedText().utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try TableReader().read(path: file.path)
  }
}
