/// The wrapper that stored bytes came in.
public enum Compression: String, Sendable, Hashable, CaseIterable {
  /// Stored as they are.
  case none
  /// gzip, RFC 1952.
  case gzip
  /// Zstandard, RFC 8878.
  case zstd
}

extension MappedFile {
  /// The wrapper, told from the first bytes, never from the name.
  public var compression: Compression {
    switch FileFormat.detect(prefix(64)) {
    case .gzip: .gzip
    case .zstd: .zstd
    default: .none
    }
  }

  /// The contents without their wrapper; this file itself if there is none.
  ///
  /// - Parameter limit: more inflated bytes than this are an error, so that a small file cannot fill the memory.
  /// - Returns: the inflated bytes under the same name.
  /// - Throws: `damaged`, `tooLarge`.
  /// - Complexity: O(n) in the inflated size, which is held in memory.
  public func inflated(limit: Int = MappedFile.standardLimit) throws(FileError) -> MappedFile {
    switch compression {
    case .none: self
    case .gzip: try Gzip.inflated(self, limit: limit)
    case .zstd: try Zstandard.inflated(self, limit: limit)
    }
  }
}
