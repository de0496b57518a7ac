import AssayFiles
import AssayTable
import Testing

@Suite struct ReadingErrorsTests {
  @Test func `all ragged rows are named with their lines and counts`() throws {
    let error = try #require(readingError("a,b\n1,\"x\ny\"\n2\n3,x,y\n4,z\n"))
    #expect(error.code == .raggedRow)
    #expect(error.problems.map(\.line) == [4, 5])
    #expect(error.problems.map(\.found) == ["1 cell", "3 cells"])
    #expect(error.problems.map(\.expected) == ["2 cells", "2 cells"])
    #expect(error.problemCount == 2)
    #expect("\(error)".contains("line 5: found 3 cells, expected 2 cells"))
  }

  @Test func `a long list of problems is cut but counted`() throws {
    let text = "a,b\n" + String(repeating: "1\n", count: 100)
    for chunk in [16, 1 << 20] {
      let error = try #require(
        readingError(text) { (options: inout ReadingOptions) in
          options.maxProblems = 5
          options.chunkBytes = chunk
          options.delimiter = ","
        })
      #expect(error.problems.map(\.line) == [2, 3, 4, 5, 6])
      #expect(error.problemCount == 100)
      #expect("\(error)".contains("and 95 more"))
    }
  }

  @Test func `an open quote is named by the line where it starts`() throws {
    let error = try #require(readingError("a,b\n1,x\n2,\"y\n3,z\n"))
    #expect(error.code == .unterminatedQuote)
    #expect(error.line == 3)
  }

  @Test func `text behind a closing quote is an error`() throws {
    let error = try #require(readingError("a,b\n1,\"x\"y\n"))
    #expect(error.code == .textAfterQuote)
    #expect(error.line == 2)
  }

  @Test func `all bad names are reported at once`() throws {
    let error = try #require(readingError("a,b,a,,b\n1,2,3,4,5\n"))
    #expect(error.problems.map(\.code) == [.duplicateName, .emptyName, .duplicateName])
    #expect(error.problems.map(\.column) == [3, 4, 5])
  }

  @Test func `no bytes, no lines and no rows are errors of their own`() {
    #expect(readingError("")?.code == .empty)
    #expect(readingError("\n\r\n\n")?.code == .empty)
    #expect(readingError("a,b\n")?.code == .noRows)
    #expect(readingError("a,b\n\n\n")?.code == .noRows)
  }

  @Test func `a zero byte is named by its line`() throws {
    var bytes = Array("a,b\n1,x\n2,y\n3,z\n4,w\n5,v\n".utf8)
    bytes[10] = 0
    let error = try #require(readingError(bytes))
    #expect(error.code == .zeroByte)
    #expect(error.line == 3)
  }

  @Test func `errors hold no contents of cells`() throws {
    for text in ["a,b\nsecret\n", "a,b\n1,\"secret\"secret\n", "a,b\n1,\"secret\n"] {
      let error = try #require(readingError(text))
      #expect(!"\(error)".contains("secret"))
    }
  }

  @Test func `UTF-16 is read and named`() throws {
    let text = "a,b\n1,é\n2,😀\n"
    let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big: [UInt8] = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for (bytes, encoding) in [
      (little, SourceInfo.Encoding.utf16LittleEndian), ([0xFE, 0xFF] + big, .utf16BigEndian),
    ] {
      let table = try read(bytes)
      #expect(table.columns[1].strings == ["é", "😀"])
      #expect(table.source.encoding == encoding)
      #expect(table.notices.map(\.code) == [.transcoded])
    }
    let half = try #require(readingError(Array(little.dropLast(5))))
    #expect(half.code == .badEncoding)
    #expect(half.line == 3)
  }

  @Test func `Latin-1 and Windows-1252 are read and named`() throws {
    let latin: [UInt8] = Array("a,b\n1,caf".utf8) + [0xE9, 0x0A]
    #expect(try read(latin).columns[1].strings == ["café"])
    #expect(try read(latin).source.encoding == .latin1)
    let windows: [UInt8] = Array("a,b\n1,".utf8) + [0x93, 0x80, 0x94, 0x0A]
    #expect(try read(windows).columns[1].strings == ["“€”"])
    #expect(try read(windows).source.encoding == .windows1252)
  }

  @Test func `UTF-8 with broken parts is damaged, not Latin-1`() throws {
    let mixed: [UInt8] = Array("a,b\n1,é\n2,".utf8) + [0xE9, 0x0A]
    let error = try #require(readingError(mixed))
    #expect(error.code == .badEncoding)
    #expect(error.line == 3)
    let surrogate: [UInt8] = Array("a,b\né,".utf8) + [0xED, 0xA0, 0x80, 0x0A]
    #expect(readingError(surrogate)?.code == .badEncoding)
  }

  @Test func `a byte-order mark is no part of the first name`() throws {
    #expect(try read("\u{FEFF}a,b\n1,é\n").columns.map(\.name) == ["a", "b"])
  }

  @Test func `what is no table gets its sentence`() throws {
    let page = try #require(readingError("<!doctype html><html></html>"))
    #expect(page.code == .notATable)
    #expect(page.message.contains("HTML"))
    let parquet = try #require(readingError(Array("PAR1".utf8) + [0x15, 0, 0x15, 0]))
    #expect(parquet.remedy.contains("duckdb"))
  }

  @Test func `a file that is not there is an error with its cause`() throws {
    let error = #expect(throws: TableError.self) {
      try TableReader().read(path: "/nowhere/at/all.csv")
    }
    #expect(error?.code == .file)
    #expect(error?.cause?.code == .notFound)
  }

  @Test func `JSON lines become a table with the union of the keys`() throws {
    let text = """
      {"a": 1, "b": "x, \\"y\\""}

      {"b": null, "c": true, "a": 2.5}
      {"c": false, "a": 3, "b": "\\u00e9\\ud83d\\ude00"}
      """
    let table = try read(text)
    #expect(table.columns.map(\.name) == ["a", "b", "c"])
    #expect(table.columns[0].numbers == [1, 2.5, 3])
    #expect(table.columns[1].strings == ["x, \"y\"", nil, "é😀"])
    #expect(table.columns[2].strings == [nil, "true", "false"])
    #expect(table.source.format == .jsonLines)
    #expect(table.notices.map(\.code) == [.missingKeys])
  }

  @Test(arguments: [
    ("{\"a\": [1]}", TableError.Code.nestedJSON), ("{\"a\": {\"b\": 1}}", .nestedJSON),
    ("{\"a\": 01}", .badJSON), ("{\"a\": 1, \"a\": 2}", .badJSON), ("{\"a\": \"x}", .badJSON),
    ("{\"a\": 1} x:}", .badJSON), ("{\"a\" 1:2}", .badJSON), ("{\"a\": \"\\ud800\"}", .badJSON),
  ])
  func `other JSON is refused with its line`(line: String, code: TableError.Code) throws {
    let error = try #require(readingError("{\"a\": 1}\n\(line)\n{\"a\": 2}\n"))
    #expect(error.code == code)
    #expect(error.line == 2)
  }
}
