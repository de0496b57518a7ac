extension FileFormat {
  /// Tells the format from the first bytes of a file.
  ///
  /// - Parameter head: the first bytes; 4,096 are enough, 64 tell all formats with a signature.
  /// - Returns: the format; text that is nothing else is `delimitedText`.
  /// - Complexity: O(n) in the bytes given.
  public static func detect(_ head: [UInt8]) -> FileFormat {
    if head.isEmpty { return .empty }
    if let format = bySignature(head) { return format }
    if looksLikeUTF16(head) { return .utf16 }
    if let format = byText(head) { return format }
    return looksBinary(head) ? .unknownBinary : .delimitedText
  }

  /// Fixed bytes at fixed places.
  private static let signatures: [(FileFormat, Int, [UInt8])] = [
    (.gzip, 0, [0x1F, 0x8B]),
    (.zstd, 0, [0x28, 0xB5, 0x2F, 0xFD]),
    (.bzip2, 0, Array("BZh".utf8)),
    (.xz, 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
    (.parquet, 0, Array("PAR1".utf8)),
    (.parquet, 0, Array("PARE".utf8)),
    (.feather, 0, Array("ARROW1".utf8)),
    (.feather, 0, Array("FEA1".utf8)),
    (.feather, 0, [0xFF, 0xFF, 0xFF, 0xFF]),
    (.orc, 0, Array("ORC".utf8)),
    (.avro, 0, [0x4F, 0x62, 0x6A, 0x01]),
    (.hdf5, 0, [0x89, 0x48, 0x44, 0x46]),
    (.xls, 0, [0xD0, 0xCF, 0x11, 0xE0]),
    (.numpy, 0, [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]),
    (.sqlite, 0, Array("SQLite format 3\u{0}".utf8)),
    (.rData, 0, Array("RDX".utf8)),
    (.stata, 0, Array("<stata_dta>".utf8)),
    (.spss, 0, Array("$FL2".utf8)),
    (.sas, 12, [0xC2, 0xEA, 0x81, 0x60]),
    (.tar, 257, Array("ustar".utf8)),
    (.pdf, 0, Array("%PDF".utf8)),
    (.image, 0, [0x89, 0x50, 0x4E, 0x47]),
    (.image, 0, [0xFF, 0xD8, 0xFF]),
    (.image, 0, Array("GIF8".utf8)),
    (.image, 8, Array("WEBP".utf8)),
    (.program, 0, [0x7F, 0x45, 0x4C, 0x46]),
  ]

  private static func bySignature(_ head: [UInt8]) -> FileFormat? {
    for (format, offset, bytes) in signatures where matches(head, offset, bytes) {
      // A table may well have a first column called ORC, PAR1 or BZh: these need binary contents too.
      let isWord = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && offset == 0
      let firm: Set<FileFormat> = [.pdf, .image, .stata, .spss]
      if isWord, !firm.contains(format), !looksBinary(head) { continue }
      return format
    }
    if matches(head, 0, [0x50, 0x4B, 0x03, 0x04]) || matches(head, 0, [0x50, 0x4B, 0x05, 0x06]) {
      let text = String(decoding: head, as: UTF8.self)
      return text.contains("xl/") || text.contains("[Content_Types].xml") ? .xlsx : .zip
    }
    // Pickle protocols 2 to 5: a marker, the protocol, then an opcode of a frame or object.
    if head.count > 2, head[0] == 0x80, (2...5).contains(head[1]),
      head[2] >= 0x80 || "}](cKX".utf8.contains(head[2])
    {
      return .pickle
    }
    return nil
  }

  private static func byText(_ head: [UInt8]) -> FileFormat? {
    var text = head[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    let start = text.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let lower = String(decoding: start.prefix(512), as: UTF8.self).lowercased()
    if lower.hasPrefix("version https://git-lfs.github.com/spec") { return .gitLFSPointer }
    if lower.hasPrefix("outs:"), lower.contains("md5:") { return .dvcPointer }
    if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") { return .html }
    if lower.hasPrefix("<head") || lower.hasPrefix("<body") { return .html }
    if lower.hasPrefix("<?xml") { return lower.contains("<html") ? .html : .xml }
    if lower.hasPrefix("<svg") { return .image }
    guard let first = start.first else { return nil }
    if first == UInt8(ascii: "{") {
      let line = start.prefix { $0 != 0x0A && $0 != 0x0D }
      let trimmed = line.reversed().drop { $0 == 0x20 || $0 == 0x09 }
      let isWhole = trimmed.first == UInt8(ascii: "}") || line.count == start.count
      let isObject = isWhole && (line.contains(UInt8(ascii: ":")) || line.count <= 2)
      if isObject { return .jsonLines }
      let inside = start.dropFirst().drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
      return inside.first == UInt8(ascii: "\"") ? .json : nil
    }
    if first == UInt8(ascii: "[") {
      let inside = start.dropFirst().drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
      return inside.first == UInt8(ascii: "{") ? .json : nil
    }
    return nil
  }

  /// A byte-order mark, or zeros in every second place as Latin letters leave them.
  private static func looksLikeUTF16(_ head: [UInt8]) -> Bool {
    if matches(head, 0, [0xFF, 0xFE]) || matches(head, 0, [0xFE, 0xFF]) { return true }
    guard head.count >= 4 else { return false }
    var zeros = [0, 0]
    for (index, byte) in head.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    let half = head.count / 2
    return max(zeros[0], zeros[1]) * 10 >= half * 7 && min(zeros[0], zeros[1]) * 20 <= half
  }

  /// Whether many bytes are control characters that no text holds.
  private static func looksBinary(_ head: [UInt8]) -> Bool {
    let odd = head.count { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20 && $0 != 0x1B) }
    return odd * 20 > head.count
  }

  private static func matches(_ head: [UInt8], _ offset: Int, _ bytes: [UInt8]) -> Bool {
    guard head.count >= offset + bytes.count else { return false }
    return head[offset..<(offset + bytes.count)].elementsEqual(bytes)
  }
}
