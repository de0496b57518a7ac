import Foundation

/// Writes JSON for other programs: members in one order, a line each, texts without hidden characters.
enum PipelineJSON {
  static func bytes(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    // Texts, whole numbers and finite numbers always encode.
    let data = (try? encoder.encode(value)) ?? Data()
    return Array(data) + [0x0A]
  }

  /// A text for a person, as it is shown.
  static func text(_ text: String, limit: Int = VisibleText.limit) -> String {
    VisibleText.clipped(text, to: limit)
  }

  /// A stable fingerprint of parts, in hexadecimal.
  static func fingerprint(_ parts: String...) -> String {
    // Lengths keep `ab`, `c` and `a`, `bc` apart.
    let joined = parts.map { "\($0.utf8.count):\($0)" }.joined()
    return SHA256.digest(Array(joined.utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
