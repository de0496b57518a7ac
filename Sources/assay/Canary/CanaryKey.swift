import AssayFiles
import Foundation

/// What must not be known to whoever trains: which canaries were included.
struct CanaryKey: Codable, Equatable, Sendable {
  /// The form of the file.
  var version = 1
  /// The file of all canaries, beside the key.
  var canaries: String
  /// The digest of that file.
  var sha256: String
  /// The digest of the table that they were planted into.
  var table: String
  /// The seed of draws and coins.
  var seed: UInt64
  /// How often each included record was planted.
  var copies: Int
  /// Which of them were included, in the order of the file.
  var included: [Bool]

  /// Reads a key.
  ///
  /// - Throws: ``DataError`` where it is no key, and whatever keeps the file from being read.
  static func read(_ path: String) throws -> CanaryKey {
    try InputFiles.checkPresence([path])
    let file = try MappedFile.open(path)
    guard let key = try? JSONDecoder().decode(Self.self, from: Data(file.prefix(file.count)))
    else {
      throw DataError("\(path): is no key of canaries; 'assay canary make' writes one")
    }
    guard key.version == 1 else {
      throw DataError("\(path): was written by another version of assay (form \(key.version))")
    }
    guard key.included.count >= 2, !key.canaries.contains("/") else {
      throw DataError("\(path): the key is damaged; plant canaries anew before the next training")
    }
    return key
  }
}
