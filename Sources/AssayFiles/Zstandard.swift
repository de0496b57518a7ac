internal import CZstd

/// Inflating Zstandard data (RFC 8878), concatenated frames included.
enum Zstandard {
  /// Inflates every frame.
  ///
  /// More than `limit` inflated bytes are an error, as are data that end early or fail a checksum.
  static func inflated(_ file: MappedFile, limit: Int) throws(FileError) -> MappedFile {
    let output = try GrowingBytes(
      expected: min(file.count * 4, limit), limit: limit, path: file.path)
    guard let stream = unsafe ZSTD_createDStream() else {
      throw damaged(file, "zstd did not start")
    }
    defer { _ = unsafe ZSTD_freeDStream(stream) }
    var consumed = 0
    var frameIsOpen = false
    while true {
      var status = 0
      var taken = 0
      let produced = try unsafe output.fill(space: 1 << 18) { space in
        unsafe file.withUnsafeBytes { bytes in
          var input = unsafe ZSTD_inBuffer(
            src: bytes.baseAddress, size: bytes.count, pos: consumed)
          var target = unsafe ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
          status = unsafe ZSTD_decompressStream(stream, &target, &input)
          taken = unsafe input.pos - consumed
          return unsafe target.pos
        }
      }
      if ZSTD_isError(status) != 0 {
        throw damaged(file, unsafe String(cString: ZSTD_getErrorName(status)))
      }
      consumed += taken
      frameIsOpen = status != 0
      if consumed == file.count, !frameIsOpen { return output.finish(name: file.name) }
      if produced == 0, taken == 0 { throw damaged(file, "the data end too early") }
    }
  }

  private static func damaged(_ file: MappedFile, _ cause: String) -> FileError {
    FileError(
      code: .damaged, message: "the zstd data are damaged; fetch or compress the file again",
      path: file.path, cause: cause)
  }
}
