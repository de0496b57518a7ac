internal import AssayFiles

/// Finding and removing encodings other than UTF-8.
enum TextEncoding {
  /// What a file turned out to be, and UTF-8 bytes to read.
  struct Decoded {
    var file: MappedFile
    var encoding: SourceInfo.Encoding
    /// The first byte behind a byte-order mark.
    var start: Int
  }

  /// Turns UTF-16 into UTF-8.
  ///
  /// - Throws: `badEncoding` for halves of surrogate pairs and odd lengths, with the line.
  static func fromUTF16(_ file: MappedFile, name: String) throws(TableError) -> Decoded {
    let bytes = Bytes(file)
    let mark = (bytes[0], bytes[1])
    let hasMark = mark == (0xFF, 0xFE) || mark == (0xFE, 0xFF)
    let isLittle = hasMark ? mark.0 == 0xFF : bytes[1] == 0
    let encoding = isLittle ? SourceInfo.Encoding.utf16LittleEndian : .utf16BigEndian
    var line = 1
    func unit(_ place: Int) -> UInt16 {
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isLittle ? first | second << 8 : second | first << 8
    }
    func broken(_ found: String) -> TableError {
      bad(name, line: line, found: found, expected: "\(encoding.rawValue) text")
    }
    do {
      let output = try GrowingBytes(
        expected: file.count, limit: .max / 2, path: file.path)
      var place = hasMark ? 2 : 0
      while place + 1 < file.count {
        var scalar = UInt32(unit(place))
        place += 2
        if scalar & 0xFC00 == 0xD800, place + 1 < file.count {
          let low = UInt32(unit(place))
          if low & 0xFC00 == 0xDC00 {
            scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
            place += 2
          }
        }
        guard let value = Unicode.Scalar(scalar) else { throw broken("half of a surrogate pair") }
        if value == "\n" { line += 1 }
        for byte in UTF8.encode(value).map(Array.init) ?? [] { try output.append(byte) }
      }
      if place < file.count { throw broken("an odd number of bytes") }
      return Decoded(file: output.finish(name: file.name), encoding: encoding, start: 0)
    } catch let error as FileError {
      throw TableError(error, file: name)
    } catch let error as TableError {
      throw error
    } catch {
      throw broken("unreadable text")
    }
  }

  /// Turns Latin-1 or Windows-1252 into UTF-8.
  static func fromLatin1(
    _ file: MappedFile, name: String, start: Int
  ) throws(TableError) -> Decoded {
    let bytes = Bytes(file)
    var isWindows = false
    do {
      let output = try GrowingBytes(
        expected: file.count + file.count / 4, limit: .max / 2, path: file.path)
      for place in start..<file.count {
        let byte = bytes[place]
        if byte < 0x80 {
          try output.append(byte)
          continue
        }
        var scalar = UInt32(byte)
        if byte < 0xA0 {
          isWindows = true
          scalar = UInt32(windows1252[Int(byte - 0x80)])
        }
        if scalar < 0x800 {
          try output.append(UInt8(0xC0 | scalar >> 6))
        } else {
          try output.append(UInt8(0xE0 | scalar >> 12))
          try output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
        }
        try output.append(UInt8(0x80 | scalar & 0x3F))
      }
      return Decoded(
        file: output.finish(name: file.name), encoding: isWindows ? .windows1252 : .latin1,
        start: 0)
    } catch {
      throw TableError(error, file: name)
    }
  }

  /// Windows-1252 for 0x80 to 0x9F; 0 where nothing is assigned.
  private static let windows1252: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  /// What the bytes beyond ASCII are.
  enum Verdict {
    case utf8
    case latin1
    /// Neither; the offset of the first byte that is not UTF-8.
    case neither(Int)
  }

  /// Tells UTF-8 from one-byte encodings.
  ///
  /// Text without a single valid sequence of several bytes is Latin-1 or Windows-1252; text with both valid and
  /// broken sequences is damaged.
  static func verdict(_ bytes: Bytes, from start: Int) -> Verdict {
    var place = start
    var valid = 0
    var firstBad: Int?
    var isAssigned = true
    while place < bytes.count {
      if bytes.word(at: place) & Word.highs == 0 {
        place += 8
        continue
      }
      let byte = bytes[place]
      if byte < 0x80 {
        place += 1
        continue
      }
      let length = sequenceLength(bytes, place)
      if length > 0 {
        valid += 1
        place += length
      } else {
        if firstBad == nil { firstBad = place }
        if byte < 0xA0, windows1252[Int(byte - 0x80)] == 0 { isAssigned = false }
        place += 1
      }
    }
    guard let firstBad else { return .utf8 }
    return valid == 0 && isAssigned ? .latin1 : .neither(firstBad)
  }

  /// The length of the well-formed UTF-8 sequence at a byte beyond ASCII, or 0.
  private static func sequenceLength(_ bytes: Bytes, _ place: Int) -> Int {
    let (first, second) = (bytes[place], bytes[place + 1])
    func follows(_ offset: Int) -> Bool {
      place + offset < bytes.count && bytes[place + offset] & 0xC0 == 0x80
    }
    switch first {
    case 0xC2...0xDF: return follows(1) ? 2 : 0
    case 0xE0...0xEF:
      let isLong = first != 0xE0 || second >= 0xA0
      let isScalar = first != 0xED || second < 0xA0
      return follows(1) && follows(2) && isLong && isScalar ? 3 : 0
    case 0xF0...0xF4:
      let isLong = first != 0xF0 || second >= 0x90
      let isScalar = first != 0xF4 || second < 0x90
      return follows(1) && follows(2) && follows(3) && isLong && isScalar ? 4 : 0
    default: return 0
    }
  }

  /// The error of bytes that are no text.
  static func bad(
    _ name: String, line: Int, found: String, expected: String
  ) -> TableError {
    TableError(
      file: name, message: "the file is not text in one encoding",
      remedy: "save the file as UTF-8",
      problems: [.init(code: .badEncoding, line: line, expected: expected, found: found)])
  }
}
