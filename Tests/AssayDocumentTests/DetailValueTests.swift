import AssayDocument
import Foundation
import Testing

@Suite struct `A detail` {
  /// JSON text and what it is read as.
  @Test(
    "is read as the narrowest kind that holds it",
    arguments: [
      ("null", DetailValue.null), ("true", true), ("false", false), ("0", 0), ("1", 1),
      ("-7", -7), ("9223372036854775807", .integer(.max)), ("0.5", .number(0.5)),
      ("1e300", .number(1e300)), ("9223372036854775808", .number(0x1p63)), ("\"1\"", "1"),
      ("\"true\"", "true"), ("[]", .array([])), ("{}", .object([:])),
      ("[1,[true,null]]", .array([1, .array([true, .null])])),
      ("{\"a\":{\"b\":1}}", .object(["a": .object(["b": 1])])),
    ])
  func reading(json: String, expected: DetailValue) throws {
    let read = try JSONDecoder().decode(DetailValue.self, from: Data(json.utf8))
    #expect(read == expected)
    #expect(try JSONDecoder().decode(DetailValue.self, from: Data(text(read).utf8)) == read)
  }

  @Test func `keeps truth values and numbers apart`() throws {
    let read = try JSONDecoder().decode([DetailValue].self, from: Data("[1,true,0,false]".utf8))
    #expect(read.map(\.booleanValue) == [nil, true, nil, false])
    #expect(read.map(\.doubleValue) == [1, nil, 0, nil])
    #expect(try text(read) == "[1,true,0,false]")
    #expect(DetailValue.boolean(true) != .integer(1))
    #expect(DetailValue.null != .integer(0))
  }

  @Test(arguments: [0, -0.0, 3, -3, 1e15, 1e16, 1e18, 0x1p53, 0x1p62, -0x1p63])
  func `that is a whole number is equal and written alike in either case`(value: Double) throws {
    let whole = DetailValue.integer(Int(value))
    let number = DetailValue.number(value)
    #expect(whole == number)
    #expect(number == whole)
    #expect(Set([whole, number]).count == 1)
    #expect(try text(number) == text(whole))
    #expect(try text(roundTrip([number])) == text([number]))
  }

  @Test(
    arguments: [0.1, 1 / 3.0, .leastNonzeroMagnitude, 0x1p63, 1e19, 1e300, 0x1p53 + 1.5, -2.5e-300]
      .map {
        DetailValue.number($0)
      })
  func `that is a number comes back to the last bit`(value: DetailValue) throws {
    #expect(try roundTrip([value]) == [value])
    #expect(try text(roundTrip([value])) == text([value]))
  }

  @Test func `does not mistake neighbours beyond the whole numbers of Double`() {
    #expect(DetailValue.integer(1 << 53 + 1) != .number(0x1p53))
    #expect(DetailValue.number(0.5) != 0)
    #expect(DetailValue.number(.nan) != .number(.nan))
  }

  @Test func `gives what it holds and nothing else`() {
    #expect(DetailValue.integer(3).doubleValue == 3)
    #expect(DetailValue.string("x").stringValue == "x")
    #expect(DetailValue.string("x").doubleValue == nil)
    #expect(DetailValue.strings(["a"]).arrayValue == ["a"])
    #expect(DetailValue.null.arrayValue == nil)
    #expect(DetailValue.integer(1).booleanValue == nil)
  }
}
