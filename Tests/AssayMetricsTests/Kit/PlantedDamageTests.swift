import AssayDocument
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Planted damage` {
  static let training = Simulator(seed: 21).table(rows: 1_000)
  static let fresh = Simulator(seed: 21).table(rows: 1_000, stream: "fresh")

  static func damaged(_ kind: MetricDescriptor.Damage, _ strength: Double) -> RawTable {
    PlantedDamage(kind, strength: strength, seed: 4).applied(to: fresh, training: training)
  }

  /// Each row as one text.
  static func lines(_ table: RawTable) -> [Substring] {
    table.delimitedText().split(separator: "\n").dropFirst().map { $0 }
  }

  static func numbers(_ name: String, _ table: RawTable) -> [Double] {
    guard let column = table.columns.first(where: { $0.name == name }) else { return [] }
    switch column.values {
    case .numeric(let values): return (0..<values.count).compactMap { values[$0] }
    case .temporal(let values): return (0..<values.count).compactMap { values[$0] }
    default: return []
    }
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  static func deviation(_ values: [Double]) -> Double {
    let centre = mean(values)
    return (values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count - 1))
      .squareRoot()
  }

  @Test(arguments: MetricDescriptor.Damage.allCases)
  func `keeps rows, columns and kinds, repeats itself, and is nothing at strength 0`(
    _ kind: MetricDescriptor.Damage
  ) {
    let none = Self.damaged(kind, 0)
    #expect(none.columns.map(\.values) == Self.fresh.columns.map(\.values))
    let once = Self.damaged(kind, 0.5)
    let twice = Self.damaged(kind, 0.5)
    #expect(once.columns.map(\.values) == twice.columns.map(\.values))
    #expect(once.columns.map(\.values) != Self.fresh.columns.map(\.values))
    #expect(once.rowCount == 1_000)
    #expect(once.columns.map(\.name) == Self.fresh.columns.map(\.name))
    for (column, before) in zip(once.columns, Self.fresh.columns) {
      #expect(column.values.count == 1_000)
      switch (column.values, before.values) {
      case (.numeric, .numeric), (.temporal, .temporal), (.coded, .coded): break
      default: Issue.record("\(column.name) changed its form")
      }
      #expect(column.spelling.maxDecimals <= before.spelling.maxDecimals, "\(column.name)")
    }
  }

  @Test func `copies the stated share of training rows`() {
    let known = Set(Self.lines(Self.training))
    func share(_ kind: MetricDescriptor.Damage, _ strength: Double) -> Int {
      Self.lines(Self.damaged(kind, strength)).count { known.contains($0) }
    }
    #expect(share(.copy, 1) == 1_000)
    #expect(share(.copy, 0.25) == 250)
    #expect(share(.leak, 1) == 200)
    #expect(share(.leak, 0.1) == 20)
    #expect(share(.jitteredCopy, 1) == 0)
    #expect(Set(Self.lines(Self.damaged(.copy, 1))) == known)
  }

  @Test func `moves and stretches numbers by the stated amount`() {
    for name in ["normal", "poisson", "student", "day"] {
      let before = Self.numbers(name, Self.fresh)
      let deviation = Self.deviation(before)
      let moved = Self.numbers(name, Self.damaged(.shift, 0.3))
      // Rounding up or down at random adds a standard error of less than a unit over √n.
      #expect(
        abs(Self.mean(moved) - Self.mean(before) - 0.3 * deviation) < 0.06 * deviation, "\(name)")
      let stretched = Self.deviation(Self.numbers(name, Self.damaged(.scale, 0.5)))
      #expect(abs(stretched / deviation - 1.5) < 0.05, "\(name)")
    }
  }

  @Test func `shuffles each column on its own and keeps its values`() {
    let shuffled = Self.damaged(.shuffledColumns, 1)
    for (column, before) in zip(shuffled.columns, Self.fresh.columns) {
      #expect(column.spelling.blankCount == before.spelling.blankCount)
      let values = Self.numbers(column.name, shuffled).sorted()
      #expect(values == Self.numbers(column.name, Self.fresh).sorted(), "\(column.name)")
    }
    let same = zip(Self.lines(shuffled), Self.lines(Self.fresh)).count { $0 == $1 }
    #expect(same == 0)
    let half = zip(Self.lines(Self.damaged(.shuffledColumns, 0.5)), Self.lines(Self.fresh))
      .count { $0 == $1 }
    #expect(half == 500)
  }

  @Test func `clips, rounds, blanks, repeats, drops and invents as stated`() {
    let clipped = Self.numbers("normal", Self.damaged(.clippedTail, 0.4)).sorted()
    let whole = Self.numbers("normal", Self.fresh).sorted()
    #expect(clipped.first == whole[100] && clipped.last == whole[899])

    let unit = Self.deviation(whole) * 0.5
    for value in Self.numbers("normal", Self.damaged(.rounding, 0.5)) {
      // Two decimals are kept, so a multiple is met to a hundredth.
      #expect(abs(value / unit - (value / unit).rounded()) * unit <= 0.0101)
    }

    let blanks = Self.damaged(.missing, 0.6).columns[0].spelling.blankCount
    #expect(abs(blanks - 300) < 60)  // four standard errors

    let distinct = Set(Self.lines(Self.damaged(.duplicates, 0.5))).count
    #expect(distinct == 750)

    func levels(_ name: String, _ table: RawTable) -> [String: Int] {
      guard let column = table.columns.first(where: { $0.name == name }),
        case .coded(let values) = column.values
      else { return [:] }
      return Dictionary(uniqueKeysWithValues: zip(values.levels.strings, values.levelCounts()))
    }
    #expect(levels("three", Self.fresh)["blue"] ?? 0 > 50)
    #expect(levels("three", Self.damaged(.droppedLevel, 1))["blue"] == nil)
    let invented = levels("three", Self.damaged(.inventedLevel, 0.4))
      .filter { $0.key.hasPrefix("invented") }.values.reduce(0, +)
    #expect(abs(invented - 200) < 51)
    #expect(levels("flag", Self.damaged(.inventedLevel, 1)).count == 2)

    let collapsed = levels("three", Self.damaged(.modeCollapse, 1))
    #expect(collapsed.count == 1 && collapsed["red"] == 1_000)
  }

  @Test func `changes only the columns that are named`() {
    let damage = PlantedDamage(.shift, strength: 1, seed: 4, columns: ["beta"])
    let table = damage.applied(to: Self.fresh, training: Self.training)
    for (column, before) in zip(table.columns, Self.fresh.columns) {
      #expect((column.values == before.values) == (column.name != "beta"), "\(column.name)")
    }
  }
}
