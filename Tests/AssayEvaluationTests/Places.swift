import AssayEvaluation
import AssayTable
import Foundation

/// Where the tests find files.
enum Places {
  /// The package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the committed fixtures.
  static func fixture(_ name: String) -> String {
    root.appending(path: "fixtures/flchain/\(name)").path(percentEncoded: false)
  }

  /// The folder of shared data: `ASSAY_SHARED`, or beside the package.
  static let shared =
    ProcessInfo.processInfo.environment["ASSAY_SHARED"].map { URL(filePath: $0) }
    ?? root.deletingLastPathComponent().appending(path: "shared")

  /// A file of shared data.
  static func shared(_ name: String) -> String {
    shared.appending(path: "data/\(name)").path(percentEncoded: false)
  }

  /// Whether the shared data are there.
  static let hasSharedData = FileManager.default.fileExists(atPath: shared("adult/real_train.csv"))

  /// Reads a table.
  static func table(_ path: String) throws -> RawTable {
    try TableReader(options: ReadingOptions(threads: 2)).read(path: path)
  }
}
