/// The cells of a column of mostly different strings, as UTF-8 in one buffer.
public struct TextValues: Sendable, Equatable {
  /// All cells, one behind the other.
  public let bytes: [UInt8]
  /// Where each cell starts, with the end of the last one behind: `count + 1` numbers.
  ///
  /// A blank cell has no bytes.
  public let offsets: [Int]

  /// Creates a column of strings.
  public init(bytes: [UInt8], offsets: [Int]) {
    precondition(offsets.first == 0 && offsets.last == bytes.count, "offsets do not fit the bytes")
    self.bytes = bytes
    self.offsets = offsets
  }

  /// The number of rows.
  public var count: Int { offsets.count - 1 }

  /// The bytes of a row; none for a blank cell.
  public func bytes(at row: Int) -> ArraySlice<UInt8> { bytes[offsets[row]..<offsets[row + 1]] }

  /// The string of a row, or nil for a blank cell.
  public subscript(row: Int) -> String? {
    let cell = bytes(at: row)
    return cell.isEmpty ? nil : String(decoding: cell, as: UTF8.self)
  }
}
