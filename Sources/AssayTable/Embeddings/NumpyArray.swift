import AssayFiles

/// A two-dimensional array in NumPy's own format (`.npy`, versions 1 to 3).
///
/// Little-endian numbers of four or eight bytes in C order; everything else is refused with what was
/// found.
///
/// Source: the description of the format in NumPy's `numpy.lib.format`.
struct NumpyArray {
  var rows: Int
  var columns: Int
  var values: [Double]

  /// Whether bytes begin as such a file does.
  static func isNumpy(_ head: [UInt8]) -> Bool {
    head.starts(with: [0x93] + Array("NUMPY".utf8))
  }

  init(_ file: MappedFile) throws(TableError) {
    func refused(_ found: String) -> TableError {
      TableError(
        file: file.path, message: "is no array of vectors that can be read",
        remedy: "save it with numpy.save(path, array.astype('float32')), one row a vector",
        problems: [
          .init(
            code: .notATable, expected: "a two-dimensional array of f4 or f8 in C order",
            found: found)
        ])
    }
    let head = file.prefix(12)
    guard Self.isNumpy(head), head.count == 12 else { throw refused("an incomplete header") }
    let isShort = head[6] == 1
    guard head[6] >= 1, head[6] <= 3 else { throw refused("format version \(head[6])") }
    let length =
      isShort
      ? Int(head[8]) | Int(head[9]) << 8
      : Int(head[8]) | Int(head[9]) << 8 | Int(head[10]) << 16 | Int(head[11]) << 24
    let start = (isShort ? 10 : 12) + length
    guard length < 1 << 20, start <= file.count else { throw refused("an incomplete header") }
    let header = String(
      decoding: file.prefix(start).dropFirst(isShort ? 10 : 12), as: UTF8.self)
    guard let kind = Self.quoted(after: "'descr'", in: header) else {
      throw refused("records of several fields")
    }
    guard kind == "<f4" || kind == "<f8" else { throw refused("numbers of kind '\(kind)'") }
    guard Self.word(after: "'fortran_order'", in: header) == "False" else {
      throw refused("Fortran order")
    }
    guard let shape = Self.shape(in: header) else { throw refused("a header without a shape") }
    guard shape.count == 2, shape[0] >= 1, shape[1] >= 1 else {
      throw refused("shape (\(shape.map(String.init).joined(separator: ", ")))")
    }
    let size = kind == "<f4" ? 4 : 8
    let (cells, isTooLarge) = shape[0].multipliedReportingOverflow(by: shape[1])
    guard !isTooLarge, cells < 1 << 40, file.count - start == cells * size else {
      throw refused("\(file.count - start) bytes behind the header")
    }
    rows = shape[0]
    columns = shape[1]
    var numbers: [Double] = []
    numbers.reserveCapacity(cells)
    var first = 0
    while first < cells {
      let last = min(cells, first + 65_536)
      let bytes = file.bytes(in: start + first * size..<start + last * size)
      for cell in 0..<last - first {
        var bits: UInt64 = 0
        for byte in 0..<size { bits |= UInt64(bytes[cell * size + byte]) << UInt64(8 * byte) }
        numbers.append(
          size == 4
            ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
            : Double(bitPattern: bits))
      }
      first = last
    }
    values = numbers
    guard values.allSatisfy(\.isFinite) else {
      throw refused("numbers that are not finite")
    }
  }

  /// What follows a key of the header and its colon.
  private static func rest(after key: String, in header: String) -> Substring? {
    guard let place = header.firstRange(of: key) else { return nil }
    let rest = header[place.upperBound...].drop { $0 == " " || $0 == ":" }
    return rest
  }

  private static func quoted(after key: String, in header: String) -> String? {
    guard let rest = rest(after: key, in: header), rest.first == "'" || rest.first == "\"" else {
      return nil
    }
    return String(rest.dropFirst().prefix { $0 != "'" && $0 != "\"" })
  }

  private static func word(after key: String, in header: String) -> String? {
    rest(after: key, in: header).map { String($0.prefix { $0.isLetter }) }
  }

  private static func shape(in header: String) -> [Int]? {
    guard let rest = rest(after: "'shape'", in: header), rest.first == "(" else { return nil }
    let inside = rest.dropFirst().prefix { $0 != ")" }
    var sides: [Int] = []
    for part in inside.split(separator: ",") {
      let digits = part.filter { $0 != " " }
      guard !digits.isEmpty else { continue }
      guard let side = Int(digits) else { return nil }
      sides.append(side)
    }
    return sides
  }
}
