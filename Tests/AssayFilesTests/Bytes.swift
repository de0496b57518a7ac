import AssayFiles
import Foundation

/// Bytes written as hexadecimal digits.
func bytes(hex: String) -> [UInt8] {
  var digits = Array(hex.utf8).map { $0 > 0x39 ? $0 - 0x57 : $0 - 0x30 }[...]
  var bytes: [UInt8] = []
  while let high = digits.popFirst(), let low = digits.popFirst() { bytes.append(high << 4 | low) }
  return bytes
}

/// Calls `body` with an empty folder that is removed afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "assay-\(UUID().uuidString)", directoryHint: .isDirectory)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

extension MappedFile {
  /// All contents.
  var contents: [UInt8] { bytes(in: 0..<count) }
}
