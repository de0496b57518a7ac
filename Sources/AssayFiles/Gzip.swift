internal import CZlib

/// Inflating gzip data (RFC 1952), concatenated members included.
enum Gzip {
  /// Inflates every member.
  ///
  /// More than `limit` inflated bytes are an error, as are data that end early or fail a checksum.
  static func inflated(_ file: MappedFile, limit: Int) throws(FileError) -> MappedFile {
    let output = try GrowingBytes(
      expected: min(file.count * 4, limit), limit: limit, path: file.path)
    var stream = unsafe z_stream()
    // 16 added to the window size asks for the gzip wrapper and its checksum.
    let size = unsafe CInt(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit2_(&stream, 16 + MAX_WBITS, ZLIB_VERSION, size) == Z_OK else {
      throw damaged(file, "zlib did not start")
    }
    defer { _ = unsafe inflateEnd(&stream) }
    var consumed = 0
    while true {
      var status = Z_OK
      let piece = min(file.count - consumed, 1 << 30)
      let produced = try unsafe output.fill(space: 1 << 18) { space in
        unsafe file.withUnsafeBytes { bytes in
          let start = unsafe bytes.baseAddress?.advanced(by: consumed)
          let room = min(space.count, 1 << 30)
          // zlib's interface lacks `const` but never writes to its input.
          unsafe stream.next_in = UnsafeMutablePointer(
            mutating: start?.assumingMemoryBound(to: UInt8.self))
          unsafe stream.avail_in = UInt32(piece)
          unsafe stream.next_out = space.baseAddress?.assumingMemoryBound(to: UInt8.self)
          unsafe stream.avail_out = UInt32(room)
          status = unsafe inflate(&stream, Z_NO_FLUSH)
          return unsafe room - Int(stream.avail_out)
        }
      }
      let taken = unsafe piece - Int(stream.avail_in)
      consumed += taken
      switch status {
      case Z_STREAM_END:
        // Zeros or other bytes behind the last member are padding, as gzip itself has it.
        guard consumed < file.count, startsMember(file, at: consumed) else {
          return output.finish(name: file.name)
        }
        guard unsafe inflateReset(&stream) == Z_OK else {
          throw damaged(file, "zlib did not restart")
        }
      case Z_OK, Z_BUF_ERROR:
        if produced == 0, taken == 0 { throw damaged(file, "the data end too early") }
      default:
        let words = unsafe stream.msg.map { unsafe String(cString: $0) }
        throw damaged(file, words ?? "zlib status \(status)")
      }
    }
  }

  private static func startsMember(_ file: MappedFile, at offset: Int) -> Bool {
    file.bytes(in: offset..<min(offset + 2, file.count)) == [0x1F, 0x8B]
  }

  private static func damaged(_ file: MappedFile, _ cause: String) -> FileError {
    FileError(
      code: .damaged, message: "the gzip data are damaged; fetch or compress the file again",
      path: file.path, cause: cause)
  }
}
