import Foundation

/// JSON as this program prints it: sorted keys, indented, one newline at the end.
enum JSONText {
  /// The bytes of a value.
  static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [0x0A]
  }
}
