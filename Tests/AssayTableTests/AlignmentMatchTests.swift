import Testing

@testable import AssayTable

@Suite struct AlignmentHeaderTests {
  @Test func `names are matched exactly first, then by letters and digits`() {
    let match = HeaderMatch(
      training: ["Age", "T Stage ", "native-country", "sex"],
      other: ["native_country", "age", "T Stage", "sex", "extra"], matchesSpelling: true)
    #expect(match.positions == [1, 2, 0, 3])
    #expect(match.extra == [4])
    #expect(match.renamed.map(\.training) == ["Age", "T Stage ", "native-country"])
    #expect(match.renamed.map(\.other) == ["age", "T Stage", "native_country"])
  }

  @Test func `an exact partner is never given to another spelling`() {
    let match = HeaderMatch(training: ["AGE", "age"], other: ["age"], matchesSpelling: true)
    #expect(match.positions == [nil, 0])
  }

  @Test func `what could stand for two columns stands for none`() {
    let two = HeaderMatch(training: ["a_b"], other: ["a-b", "A B"], matchesSpelling: true)
    #expect(two.positions == [nil])
    #expect(two.extra == [0, 1])
    let reverse = HeaderMatch(training: ["a-b", "A B"], other: ["a_b"], matchesSpelling: true)
    #expect(reverse.positions == [nil, nil])
  }

  @Test func `names without letters and digits match only themselves`() {
    let match = HeaderMatch(training: ["%", "#"], other: ["#", "$"], matchesSpelling: true)
    #expect(match.positions == [nil, 0])
  }

  @Test func `Unicode forms of a name are one under matching and two without`() {
    let composed = "\u{E9}tat"
    let split = "e\u{301}tat"
    let loose = HeaderMatch(training: [composed], other: [split], matchesSpelling: true)
    #expect(loose.positions == [0])
    #expect(loose.renamed.count == 1)
    let strict = HeaderMatch(training: [composed], other: [split], matchesSpelling: false)
    #expect(strict.positions == [nil])
    #expect(strict.unmatched == [0: split])
  }

  @Test func `ten thousand columns are matched`() {
    let names = (0..<10_000).map { "Column \($0)" }
    let match = HeaderMatch(
      training: names, other: names.reversed().map { $0.lowercased() }, matchesSpelling: true)
    #expect(match.positions == (0..<10_000).reversed().map { $0 })
  }
}

@Suite struct AlignmentLevelTests {
  /// The positions of later levels when `defined` are the levels of the training rows.
  private func positions(
    _ defined: [String], _ later: [String], matchesSpelling: Bool = true
  ) -> (positions: [Int32], respelled: Int) {
    var matcher = LevelMatcher(matchesSpelling: matchesSpelling)
    for level in defined { _ = matcher.define(level) }
    return (later.map { matcher.position(of: $0) }, matcher.respelled)
  }

  @Test func `a level is itself before it is another's spelling`() {
    let found = positions(["a", "A", " a"], ["A", " a", "a"])
    #expect(found.positions == [1, 2, 0])
    #expect(found.respelled == 0)
  }

  @Test(arguments: [
    ("Single", " single "), ("Single", "SINGLE"), ("\u{E9}t\u{E9}", "e\u{301}te\u{301}"),
    ("1", "1.0"), ("1.0", "1"), ("1", "+1"), ("0", "-0"), ("2.5", "2.50"), ("1e3", "1000"),
  ])
  func `another spelling finds its level`(level: String, other: String) {
    let found = positions(["x", level], [other])
    #expect(found.positions == [1])
    #expect(found.respelled == 1)
    let strict = positions(["x", level], [other], matchesSpelling: false)
    #expect(strict.positions == [2])
    #expect(strict.respelled == 1)
  }

  @Test(arguments: [("007", "7"), ("1", "I"), ("a b", "ab"), ("1.2.3", "1.2"), ("0x1", "1")])
  func `what is not the same stays apart`(level: String, other: String) {
    #expect(positions([level], [other]).positions == [1])
  }

  @Test func `a spelling of two levels is a level of its own`() {
    let found = positions(["yes", "Yes"], ["YES", "yes"])
    #expect(found.positions == [2, 0])
    #expect(found.respelled == 0)
  }

  @Test func `new levels follow the known ones, spellings of new ones meet`() {
    let found = positions(["a"], ["b", "B", "c", "a"])
    #expect(found.positions == [1, 1, 2, 0])
  }

  @Test func `yes and no are two levels however they are spelled`() {
    var matcher = LevelMatcher(matchesSpelling: true, isBoolean: true)
    let found = ["True", "0", "yes", "FALSE", "1.0", "n", "maybe", "T"].map {
      matcher.position(of: $0)
    }
    #expect(found == [0, 1, 0, 1, 0, 1, 2, 0])
  }
}

@Suite struct AlignmentConversionTests {
  private func convert(
    _ cells: [String], _ kind: ColumnKind, missing: [String] = [], matchesSpelling: Bool = true
  ) throws -> ColumnConversion {
    ColumnConversion(
      try table(["x": cells]).columns[0], to: kind, missing: missing,
      matchesSpelling: matchesSpelling)
  }

  private func numbers(_ conversion: ColumnConversion) -> [Double?]? {
    conversion.data.numeric.map { values in (0..<values.count).map { values[$0] } }
  }

  @Test func `words between numbers are counted and missing`() throws {
    let some = try convert(["1", "2", "x", "", "NA"], .integer)
    #expect(numbers(some) == [1, 2, nil, nil, nil])
    #expect(some.unreadable == 1)
    #expect(some.unfit == nil)
    let declared = try convert(["1", "2", "x"], .integer, missing: ["x"])
    #expect(declared.unreadable == 0)
  }

  @Test func `a column of mostly words is unfit, and intervals are named`() throws {
    #expect(
      try convert(["1", "x", "y"], .integer).unfit == "holds mostly words, not numbers")
    #expect(
      try convert(["(0, 4000]", "(4000, 11000]"], .real).unfit
        == "holds intervals such as (a, b], not numbers")
    #expect(try convert(["2024-01-31"], .real).unfit == "holds dates, not numbers")
    #expect(try convert(["a", "b"], .datetime).unfit == "cannot be read as dates")
    #expect(try convert(["NA", ""], .datetime).unfit == nil)
  }

  @Test func `a decimal comma is read where it can be nothing else`() throws {
    let comma = try convert(["1,5", "2,25", "3"], .real)
    #expect(numbers(comma) == [1.5, 2.25, 3])
    #expect(comma.hasDecimalComma)
    // Thousands and decimals look alike here, and whole numbers have no decimals.
    #expect(try convert(["1,500", "2,250"], .real).unfit != nil)
    #expect(try convert(["1,5", "2,25"], .integer).unfit != nil)
    #expect(try convert(["1,5", "2,25"], .real, matchesSpelling: false).unfit != nil)
  }

  @Test func `levels leave out blanks and declared words, and keep all else`() throws {
    let column = try table(["x": ["b", " ", "a", "", "N", "NA", "b"]]).columns[0]
    let found = ColumnConversion.levels(of: column, missing: ["N"])
    #expect(found.levels == ["b", "a", "NA"])
    #expect(found.codes == [0, -1, 1, -1, -1, 2, 0])
  }

  @Test func `words become bytes with declared words blank`() throws {
    let text = try convert(["u1", "none", "", "u2"], .identifier, missing: ["none"])
    guard case .bytes(let values) = text.data else {
      Issue.record("not bytes")
      return
    }
    #expect((0..<values.count).map { values[$0] } == ["u1", nil, nil, "u2"])
  }
}
