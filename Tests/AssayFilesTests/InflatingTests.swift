import AssayFiles
import Testing

@Suite struct InflatingTests {
  // Made with Python's gzip.compress(…, mtime=0) and with zstd 1.5.4.
  static let first = "1f8b08000000000002034bd449e232d431e202007b07970a08000000"
  static let second = "1f8b080000000000020333d631e102003e2d72a904000000"
  static let zstdFirst = "28b52ffd0458410000612c620a312c320a35e7cace"
  static let zstdSecond = "28b52ffd0458210000332c340aaf867ee4"
  /// 200,000 zeros.
  static let zstdBomb = "28b52ffd04684c000008300100fcff391002036a0830c3059779"

  private func inflate(_ hex: String, limit: Int = 1 << 20) throws(FileError) -> [UInt8] {
    try MappedFile(bytes: bytes(hex: hex), name: "test").inflated(limit: limit).contents
  }

  @Test(arguments: [(first, Compression.gzip), (zstdFirst, .zstd)])
  func `a wrapper is told from the bytes and taken off`(hex: String, kind: Compression) throws {
    #expect(try MappedFile(bytes: bytes(hex: hex), name: "a.csv").compression == kind)
    #expect(try inflate(hex) == Array("a,b\n1,2\n".utf8))
  }

  @Test(arguments: [first + second, zstdFirst + zstdSecond])
  func `concatenated members are read one after the other`(hex: String) throws {
    #expect(try inflate(hex) == Array("a,b\n1,2\n3,4\n".utf8))
  }

  @Test func `zeros behind the last gzip member are padding`() throws {
    #expect(try inflate(Self.first + "00000000") == Array("a,b\n1,2\n".utf8))
  }

  @Test(arguments: [first, zstdFirst, first + second, zstdFirst + zstdSecond])
  func `data that end too early are damaged`(hex: String) throws {
    for cut in [2, 8, 20] where hex.count - cut > 16 {
      let error = #expect(throws: FileError.self) { try inflate(String(hex.dropLast(cut))) }
      #expect(error?.code == .damaged)
    }
  }

  @Test func `a changed byte is found by the checksum`() throws {
    var damaged = bytes(hex: Self.first)
    damaged[damaged.count - 8] ^= 1
    let file = try MappedFile(bytes: damaged, name: "test")
    #expect(throws: FileError.self) { try file.inflated() }
  }

  @Test func `a small file that inflates beyond the limit is an error`() throws {
    #expect(try inflate(Self.zstdBomb).count == 200_000)
    let error = #expect(throws: FileError.self) { try inflate(Self.zstdBomb, limit: 100_000) }
    #expect(error?.code == .tooLarge)
    let exact = #expect(throws: FileError.self) { try inflate(Self.first, limit: 7) }
    #expect(exact?.code == .tooLarge)
    #expect(try inflate(Self.first, limit: 8).count == 8)
  }

  @Test func `bytes without a wrapper stay as they are`() throws {
    let file = try MappedFile(bytes: Array("a,b\n".utf8), name: "test")
    #expect(try file.inflated() === file)
  }
}
