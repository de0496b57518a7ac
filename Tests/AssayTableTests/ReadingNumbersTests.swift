import AssayFiles
import Testing

@testable import AssayTable
@testable import assay_fuzz

@Suite struct ReadingNumbersTests {
  /// Hard cases: halves between doubles, subnormals, limits, many digits.
  static let hard = [
    "0", "-0", "0.0", "1", "-1", "+1", "5.", ".5", "-.5", "1e5", "1E-5", "1e+5", "0e0", "0e999999",
    "9007199254740991", "9007199254740992", "9007199254740993.0", "9007199254740993e0",
    "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "1e309", "1e-400",
    "2.2250738585072011e-308", "2.2250738585072012e-308", "2.2250738585072014e-308",
    "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "5e-324",
    "1e22", "1e23", "8.5e22", "7205759403792793.5", "7205759403792794.5", "0.1", "0.2", "0.3",
    "123456789012345678.5", "12345678901234567890.5", "0.000000000000000000000000000012345678901",
    "1.00000000000000011102230246251565404236316680908203125",
    "1.00000000000000011102230246251565404236316680908203124",
    "1.00000000000000011102230246251565404236316680908203126", "9223372036854775807.0",
    "18446744073709551615.0", "18446744073709551616.0", "9999999999999999999.0",
    "3.4028234663852886e38", "6.02214076e23", "1.602176634e-19", "2.5e-5", "9.5367431640625e-07",
    "44e-324", "1e-323", "89255e-22", "104110013277974872254e-225", "9255e307",
  ]

  private func scan(_ text: String) -> Double? {
    let bytes = Bytes(LevelList([text]))
    let token = NumberScanner(decimalMark: 0x2E).scan(bytes, 0)
    return token.kind == .none || token.end != text.utf8.count ? nil : token.value
  }

  // Oracle: the standard library, which rounds to the nearest double, ties to even.
  @Test(arguments: hard)
  func `hard numbers are the nearest doubles`(text: String) throws {
    let expected = try #require(Double(text))
    #expect(scan(text)?.bitPattern == expected.bitPattern)
  }

  // The same comparison on a million numbers is part of `assay-fuzz --numbers`.
  @Test func `random numbers are the nearest doubles`() {
    #expect(NumberFuzz.disagreement(seed: 7, count: 60_000) == nil)
  }

  @Test func `every power of ten is the nearest double`() {
    for exponent in -345...310 {
      for digits in ["1", "3", "9007199254740993", "1234567890123456789"] {
        let text = "\(digits)e\(exponent)"
        if scan(text) != Double(text) { Issue.record("\(text)") }
      }
    }
  }

  @Test(arguments: [
    "1,234", "1 234", "0x10", "1e", "e5", "1e+", "+.", "-e1", "+", "--1", "1-", "1.2.3", "1_000",
    "£1",
    "1%", "１", "NaN1", "infinite", "1.0f", "16-11.0",
  ])
  func `other spellings are no numbers`(text: String) throws {
    let table = try read("a;b\n\"\(text)\";1\n2;2\n") { $0.decimalMark = "." }
    #expect(table.columns[0].strings == [text, "2"])
  }

  @Test func `a column of numbers keeps how they were written`() throws {
    let table = try read("x,y\n1,a\n2.0,b\n-3.25,c\n1e3,d\n,e\nNA,f\n 7 ,g\n\"8\",h\ninf,i\n")
    let column = table.columns[0]
    #expect(column.numbers == [1, 2, -3.25, 1_000, nil, nil, 7, 8, nil])
    #expect(column.spelling.integerCount == 3)
    #expect(column.spelling.pointCount == 2)
    #expect(column.spelling.wholePointCount == 1)
    #expect(column.spelling.maxDecimals == 2)
    #expect(column.spelling.exponentCount == 1)
    #expect(column.spelling.blankCount == 1)
    #expect(column.spelling.missingTokens == [TokenCount(token: "NA", count: 1)])
    #expect(column.spelling.surroundingSpaceCount == 1)
    #expect(column.spelling.quotedCount == 1)
    #expect(column.spelling.nonFiniteCount == 1)
    #expect(column.spelling.parsedCount == 6)
    #expect(table.notices.map(\.code) == [.nonFiniteNumbers])
  }

  @Test func `leading zeros make a column of codes`() throws {
    let column = try read("zip,y\n01234,1\n99999,2\n").columns[0]
    #expect(column.strings == ["01234", "99999"])
    #expect(column.spelling.leadingZeroCount == 1)
    #expect(try read("a,y\n0,1\n0.5,2\n-0,3\n").columns[0].numbers == [0, 0.5, 0])
    #expect(try read("a,y\n00,1\n1,2\n").columns[0].numbers == nil)
  }

  @Test func `whole numbers beyond 2^53 make a column of identifiers`() throws {
    #expect(try read("a,y\n9007199254740992,1\n").columns[0].numbers == [0x1p53])
    let long = try read("a,y\n9007199254740993,1\n5,2\n").columns[0]
    #expect(long.strings == ["9007199254740993", "5"])
    #expect(long.spelling.longIntegerCount == 1)
  }

  @Test func `a comma is the decimal mark only beside semicolons`() throws {
    let table = try read("a;b\n1,5;x\n-2,25;y\n")
    #expect(table.columns[0].numbers == [1.5, -2.25])
    #expect(table.columns[0].spelling.decimalComma)
    #expect(try read("a;b\n1.5;x\n").columns[0].numbers == [1.5])
    #expect(try read("a,b\n\"1,5\",x\n").columns[0].strings == ["1,5"])
    #expect(try read("a\tb\n1,5\tx\n") { $0.decimalMark = "," }.columns[0].numbers == [1.5])
  }

  @Test func `a few words among numbers are listed and the cells stay strings`() throws {
    let column = try read("a,b\n1,x\nN,x\n2,x\nN,x\n_RARE_,x\n3,x\n,x\nNA,x\n").columns[0]
    #expect(column.strings == ["1", "N", "2", "N", "_RARE_", "3", nil, "NA"])
    #expect(
      column.spelling.exceptions == [
        TokenCount(token: "N", count: 2), TokenCount(token: "_RARE_", count: 1),
      ])
    #expect(column.spelling.parsedShare(rowCount: 8) == 0.5)
  }

  @Test func `a word far behind the sample turns a column back to strings`() throws {
    var rows = (0..<3_000).map { "\($0),\($0 % 7).5" }
    rows[2_900] = "N,2020-01-01"
    for chunk in [64, 4_096, 1 << 20] {
      let table = try read("a,b\n" + rows.joined(separator: "\n")) { $0.chunkBytes = chunk }
      #expect(table.columns[0].strings?[2_900] == "N")
      #expect(table.columns[0].strings?[2_999] == "2999")
      #expect(table.columns[1].strings?[2_900] == "2020-01-01")
    }
  }

  @Test func `a column of nothing but blanks or words for missing is no column of numbers`() throws
  {
    let table = try read("a,b,c\n,NA,1\n,NA,2\n")
    #expect(table.columns[0].strings == [nil, nil])
    #expect(table.columns[1].strings == ["NA", "NA"])
    #expect(table.columns[2].numbers == [1, 2])
  }

  @Test func `words for missing can be given`() throws {
    let table = try read("a,b\n1,x\n-999x,x\nNA,x\n") { $0.missingTokens = ["-999x", "NA"] }
    #expect(table.columns[0].numbers == [1, nil, nil])
    #expect(try read("a,b\n1,x\nNA,x\n") { $0.missingTokens = [] }.columns[0].numbers == nil)
  }

  @Test func `strings become numbers on demand and the rest is counted`() throws {
    guard case .coded(let coded) = try read("a,b\n1,x\nN,x\n007,x\n,x\nNA,x\n").columns[0].values
    else { throw Skip() }
    let conversion = coded.numericValues()
    #expect((0..<5).map { conversion.values[$0] } == [1, nil, 7, nil, nil])
    #expect(conversion.unparsedCount == 1)
    #expect(conversion.missingTokenCount == 1)
  }

  @Test func `numbers become strings in one spelling`() {
    let mask = ValidityMask(present: [true, true, true, false, true, true])
    let coded = NumericValues(values: [1, -0.0, 0.1, 0, 1, 1e300], validity: mask).codedValues()
    #expect((0..<6).map { coded[$0] } == ["1", "0", "0.1", nil, "1", "1e+300"])
    #expect(coded.levels.strings == ["1", "0", "0.1", "1e+300"])
  }

  private struct Skip: Error {}
}
