import AssayFiles
import AssayTable
import Testing

@Suite struct ReadingRowsTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func `lines end in three ways, with or without an end behind the last`(end: String) throws {
    for last in ["", end] {
      let text = ["a,b", "1,x", "2,\"y\(end)z\"", "3,"].joined(separator: end) + last
      for chunk in [16, 20, 4_096] {
        let table = try read(text) { $0.chunkBytes = chunk }
        #expect(table.columns[0].numbers == [1, 2, 3])
        #expect(table.columns[1].strings == ["x", "y\(end)z", nil])
      }
    }
  }

  @Test func `quotes enclose delimiters, line ends and doubled quotes`() throws {
    let table = try read("a,b\n\"x, \"\"y\"\"\n\",1\n\"\"\"\",2\n\"\",3\n")
    #expect(table.columns[0].strings == ["x, \"y\"\n", "\"", nil])
    #expect(table.columns[0].spelling.quotedCount == 3)
  }

  @Test func `a quoted and a bare spelling of one string are one level`() throws {
    guard
      case .coded(let values) = try read("a,b\nx,1\n\"x\",2\n\"q\"\"\",3\nx,4\n").columns[0].values
    else { return }
    #expect(values.levels.strings == ["x", "q\""])
    #expect(values.codes == [0, 0, 1, 0])
  }

  @Test func `quotes inside bare cells are characters, wherever chunks are cut`() throws {
    let rows = (0..<200).map { "\($0),6\" pipe \($0 % 3),\"a,\($0)\"" }
    let text = "a,b,c\n" + rows.joined(separator: "\n") + "\n"
    for chunk in [16, 100, 1 << 20] {
      let table = try read(text) { $0.chunkBytes = chunk }
      #expect(table.rowCount == 200)
      #expect(table.columns[1].strings?[4] == "6\" pipe 1")
      #expect(table.columns[2].strings?[199] == "a,199")
      #expect(table.notices.first { $0.code == .strayQuotes }?.count == 200)
    }
  }

  @Test func `blank lines are skipped and counted`() throws {
    let table = try read("\n\na,b\n1,x\n\n\r\n2,y\n\n")
    #expect(table.columns[0].numbers == [1, 2])
    #expect(table.notices.first { $0.code == .blankLinesSkipped }?.count == 3)
  }

  @Test func `in a file of one column a blank line is a blank cell`() throws {
    let table = try read("a\n1\n\n3\n")
    #expect(table.columns[0].numbers == [1, nil, 3])
  }

  @Test(arguments: [",", ";", "\t", "|"])
  func `the delimiter is found`(delimiter: Character) throws {
    let rows = [["name", "size", "note"], ["x", "1", "a b"], ["y", "2", "c: d"]]
    let text = rows.map { $0.joined(separator: String(delimiter)) }.joined(separator: "\n")
    let table = try read(text)
    #expect(table.source.delimiter == delimiter)
    #expect(table.columns.map(\.name) == ["name", "size", "note"])
    #expect(table.columns[1].numbers == [1, 2])
  }

  @Test func `another delimiter can be given`() throws {
    let table = try read("a:b\n1:2\n") { $0.delimiter = ":" }
    #expect(table.columns.map(\.numbers) == [[1], [2]])
    #expect(readingError("a,b\n1,2\n") { $0.delimiter = "é" }?.code == .badOption)
    #expect(readingError("a,b\n1,2\n") { $0.delimiter = "\"" }?.code == .badOption)
  }

  static let headers: [(String, Bool)] = [
    ("a,b\n1,x\n", true), ("1,x\n2,y\n", false), ("x,y\nz,w\n", true),
    ("id,2019\na,1\nb,2\n", false),
    ("name,2019\n1,1.5\n2,2.5\n", true), (",0,1\n0,0.5,0.25\n1,0.5,0.75\n", true),
    ("0,1,2\n5,6,7\n8,9,9\n", true), ("2024-01-01,1\n2024-01-02,2\n", false), ("a,b\n", true),
  ]

  @Test(arguments: headers)
  func `a row of names is told from a row of cells`(text: String, isHeader: Bool) throws {
    guard text != "a,b\n" else {
      #expect(readingError(text)?.code == .noRows)
      return
    }
    #expect(try read(text).source.hasHeader == isHeader)
  }

  @Test func `whether there are names can be given`() throws {
    let bare = try read("a,b\n1,x\n") { $0.hasHeader = false }
    #expect(bare.columns.map(\.name) == ["column_1", "column_2"])
    #expect(bare.columns[0].strings == ["a", "1"])
    #expect(bare.notices.first?.code == .noHeader)
    #expect(try read("1,2\n3,4\n") { $0.hasHeader = true }.columns.map(\.name) == ["1", "2"])
  }

  @Test func `a first column that numbers the rows is flagged`() throws {
    for (name, numbers, isIndex) in [
      ("", ["0", "1", "2"], true), ("Unnamed: 0", ["0", "1", "2"], true),
      ("", ["7", "3", "5"], true),
      ("", ["1", "1", "2"], false), ("", ["a", "b", "c"], false), ("id", ["0", "1", "2"], false),
    ] {
      let rows = numbers.map { "\($0),x\n" }.joined()
      let column = try read("\(name),y\n\(rows)") { $0.hasHeader = true }.columns[0]
      #expect(column.isRowIndex == isIndex)
      #expect(column.name == (name.isEmpty ? "column_1" : name))
    }
  }

  @Test func `a row limit cuts at a row, not at a line`() throws {
    let table = try read("a,b\n1,\"x\ny\"\n\n2,z\n3,w\n") { $0.rowLimit = 2 }
    #expect(table.columns[0].numbers == [1, 2])
    #expect(table.notices.contains { $0.code == .rowLimit })
    #expect(try read("a,b\n1,x\n") { $0.rowLimit = 5 }.notices.isEmpty)
  }

  @Test func `ten thousand columns are read`() throws {
    let names = (0..<10_000).map { "c\($0)" }.joined(separator: ",")
    let cells = (0..<10_000).map { $0 % 2 == 0 ? "\($0)" : "v\($0)" }.joined(separator: ",")
    let table = try read("\(names)\n\(cells)\n\(cells)\n") { $0.threads = 2 }
    #expect(table.columns.count == 10_000)
    #expect(table.columns[9_998].numbers == [9_998, 9_998])
    #expect(table.columns[9_999].strings == ["v9999", "v9999"])
  }

  @Test func `many different strings are kept as text`() throws {
    let rows = (0..<12_000).map { "key \($0),\($0 % 3 == 0 ? "s" : "key \($0)")" }
    let text = "a,b\n" + rows.joined(separator: "\n")
    for chunk in [1 << 16, 1 << 22] {
      let table = try read(text) { $0.chunkBytes = chunk }
      guard case .text(let values) = table.columns[0].values else {
        Issue.record("not text with chunks of \(chunk)")
        continue
      }
      #expect(values[11_999] == "key 11999")
      #expect(table.columns[1].strings?[11_997] == "s")
    }
    // Half of 30,000 rows differ: not more than half, so codes stay.
    let half = (0..<30_000).map { "key \($0 / 2),1" }
    guard
      case .coded(let values) = try read("a,b\n" + half.joined(separator: "\n")).columns[0].values
    else {
      Issue.record("not coded")
      return
    }
    #expect(values.levels.count == 15_000)
  }

  @Test func `the result is the same for any number of threads`() throws {
    var random = SplitMix64(state: 5)
    let rows = (0..<4_000).map { _ in
      "\(random.next() % 50),\(Double(random.next() % 1_000) / 8),w\(random.next() % 900),"
        + "k\(random.next()),2024-01-\(10 + random.next() % 20)"
    }
    let text = "a,b,c,d,e\n" + rows.joined(separator: "\n")
    let one = try read(text) { $0.chunkBytes = 1_000 }
    for threads in [2, 3, 8] {
      let many = try read(text) { (options: inout ReadingOptions) in
        options.chunkBytes = 1_000
        options.threads = threads
      }
      #expect(many.columns.map(\.values) == one.columns.map(\.values))
      #expect(many.columns.map(\.spelling) == one.columns.map(\.spelling))
    }
  }

  private struct SplitMix64 {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9 >> 8
    }
  }
}
