/// A reader of delimited text that is slow and obviously right: one byte after the other, no shortcut.
struct SlowReader {
  /// One cell.
  struct Cell: Equatable {
    var text: [UInt8]
    var isQuoted: Bool
  }

  /// What can be wrong with a row.
  enum Fault: Equatable { case ragged, unterminated, textAfterQuote }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var place = 0
  private var line = 1

  /// The rows in order, the row of names among them.
  private(set) var rows: [[Cell]] = []
  /// The faults in order, with their lines.
  private(set) var faults: [(fault: Fault, line: Int)] = []
  private(set) var blankLines = 0

  init(_ bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    var columnCount: Int?
    while place < bytes.count {
      if isLineEnd, columnCount != 1 {
        if columnCount != nil { blankLines += 1 }
        skipLineEnd()
        continue
      }
      let start = line
      let row = readRow()
      if let columnCount, columnCount != row.count { faults.append((.ragged, start)) }
      columnCount = columnCount ?? row.count
      rows.append(row)
    }
  }

  private var isLineEnd: Bool { bytes[place] == 0x0A || bytes[place] == 0x0D }

  private mutating func skipLineEnd() {
    let isPair = bytes[place] == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A
    place += isPair ? 2 : 1
    line += 1
  }

  private mutating func readRow() -> [Cell] {
    var row: [Cell] = []
    while true {
      row.append(readCell())
      if place == bytes.count { return row }
      if bytes[place] == delimiter {
        place += 1
        continue
      }
      skipLineEnd()
      return row
    }
  }

  private mutating func readCell() -> Cell {
    var text: [UInt8] = []
    guard place < bytes.count, bytes[place] == 0x22 else {
      readPlain(&text)
      return Cell(text: text, isQuoted: false)
    }
    let start = line
    place += 1
    while true {
      if place == bytes.count {
        faults.append((.unterminated, start))
        return Cell(text: text, isQuoted: true)
      }
      let byte = bytes[place]
      place += 1
      if byte != 0x22 {
        let isLast =
          byte == 0x0A || (byte == 0x0D && (place == bytes.count || bytes[place] != 0x0A))
        if isLast { line += 1 }
        text.append(byte)
      } else if place < bytes.count, bytes[place] == 0x22 {
        text.append(0x22)
        place += 1
      } else {
        break
      }
    }
    if place < bytes.count, bytes[place] != delimiter, !isLineEnd {
      faults.append((.textAfterQuote, start))
      var rest: [UInt8] = []
      readPlain(&rest)
    }
    return Cell(text: text, isQuoted: true)
  }

  private mutating func readPlain(_ text: inout [UInt8]) {
    while place < bytes.count, bytes[place] != delimiter, !isLineEnd {
      text.append(bytes[place])
      place += 1
    }
  }
}
