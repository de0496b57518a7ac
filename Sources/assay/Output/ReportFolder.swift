import AssayFiles
import Foundation

/// The folder of a report: made by this program, marked as such, kept out of version control.
struct ReportFolder: Sendable {
  /// The file that says that the folder was made here.
  static let marker = ".assay-report"

  private let path: String

  init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The folder as it is shown, with a slash at its end.
  var shown: String { path.hasSuffix("/") ? path : path + "/" }

  /// Checks that the folder may be written: it does not exist, is empty, or was made here.
  func check() throws(OutputError) {
    let manager = FileManager.default
    let kind = PathKind(path)
    if kind == .nothing {
      var parent = (path as NSString).deletingLastPathComponent
      while !parent.isEmpty, parent != "/", !manager.fileExists(atPath: parent) {
        parent = (parent as NSString).deletingLastPathComponent
      }
      let place = parent.isEmpty ? "." : parent
      guard manager.isWritableFile(atPath: place) else {
        throw OutputError("\(shown): cannot be made, \(place) is not writable")
      }
      return
    }
    guard kind == .folder else {
      throw OutputError("\(path): is a file; --output names a folder")
    }
    let entries = (try? manager.contentsOfDirectory(atPath: path)) ?? []
    guard entries.isEmpty || entries.contains(Self.marker) else {
      throw OutputError(
        "\(shown) holds files that assay did not write; "
          + "name another folder with --output, or an empty one")
    }
    guard manager.isWritableFile(atPath: path) else {
      throw OutputError("\(shown): is not writable")
    }
  }

  /// Writes files, each as a whole; a folder that is new and cannot be filled is removed again.
  func write(_ files: [(name: String, bytes: [UInt8])]) throws {
    try check()
    let manager = FileManager.default
    let isNew = !manager.fileExists(atPath: path)
    do {
      try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw OutputError("\(shown): cannot be made: \(error.localizedDescription)")
    }
    do throws(FileError) {
      let words = "Written by assay, which replaces these files at its next run.\n"
      try AtomicFile.write(Array(words.utf8), to: "\(path)/\(Self.marker)")
      try AtomicFile.write(Array("*\n".utf8), to: "\(path)/.gitignore")
      for file in files { try AtomicFile.write(file.bytes, to: "\(path)/\(file.name)") }
    } catch {
      if isNew { try? manager.removeItem(atPath: path) }
      throw error
    }
  }
}
