import AssayFiles
import AssayTable
import Testing

/// Reads a table from text.
func read(
  _ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }
) throws -> RawTable {
  try read(Array(text.utf8), change)
}

/// Reads a table from bytes.
func read(
  _ bytes: [UInt8], _ change: (inout ReadingOptions) -> Void = { _ in }
) throws -> RawTable {
  var options = ReadingOptions()
  change(&options)
  return try TableReader(options: options).read(MappedFile(bytes: bytes, name: "table.csv"))
}

/// The error of reading text that is no table.
func readingError(
  _ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }
) -> TableError? {
  readingError(Array(text.utf8), change)
}

/// The error of reading bytes that are no table.
func readingError(
  _ bytes: [UInt8], _ change: (inout ReadingOptions) -> Void = { _ in }
) -> TableError? {
  #expect(throws: TableError.self) { try read(bytes, change) }
}

extension RawColumn {
  /// The cells as numbers; nil where the column is not one of numbers.
  var numbers: [Double?]? {
    guard case .numeric(let values) = values else { return nil }
    return (0..<values.count).map { values[$0] }
  }

  /// The cells as seconds; nil where the column is not one of dates.
  var seconds: [Double?]? {
    guard case .temporal(let values) = values else { return nil }
    return (0..<values.count).map { values[$0] }
  }

  /// The cells as strings; nil where the column is one of numbers or dates.
  var strings: [String?]? {
    switch values {
    case .coded(let values): (0..<values.count).map { values[$0] }
    case .text(let values): (0..<values.count).map { values[$0] }
    case .numeric, .temporal: nil
    }
  }
}
