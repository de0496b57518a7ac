import Foundation

/// What stands at a path.
enum PathKind: Sendable {
  case nothing, file, folder

  /// Looks a path up, through links.
  init(_ path: String) {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    self = exists ? (isFolder.boolValue ? .folder : .file) : .nothing
  }
}
