import AssayReport
import AssayDocument
import AssayEvaluation
import AssayFiles
import AssayTable
import Foundation

/// Finds a policy by its name or in a file.
enum PolicyFile {
  /// Whether a text is the path of a file rather than a policy's name.
  static func isPath(_ text: String) -> Bool {
    PolicyPresets.named(text) == nil
      && (text.contains("/") || text.hasSuffix(".yml") || text.hasSuffix(".yaml"))
  }

  /// The embedded policy of that name, or the one in the file.
  static func read(_ text: String) throws -> Policy {
    if let policy = PolicyPresets.named(text) { return policy }
    guard isPath(text) || FileManager.default.fileExists(atPath: text) else {
      let names = PolicyPresets.all.map(\.name)
      let near = EditDistance.suggestion(for: text, among: names)
      throw UsageError(
        "no policy is called '\(VisibleText.line(text))', and no file has that name"
          + (near.map { "; did you mean '\($0)'?" } ?? "; known: \(names.joined(separator: ", "))"))
    }
    try InputFiles.checkPresence([text])
    let file = try MappedFile.open(text)
    return try Policy(
      yaml: String(decoding: file.prefix(1 << 22), as: UTF8.self), file: text)
  }

  /// Where the requirements of a policy stand; nil for one that is part of the program.
  static func place(_ text: String) throws -> PolicyPlace? {
    guard PolicyPresets.named(text) == nil else { return nil }
    let file = try MappedFile.open(text)
    return PolicyPlace(
      file: PolicyPlace.relative(text),
      lines: PolicyLines.of(yaml: String(decoding: file.prefix(1 << 22), as: UTF8.self)))
  }
}

extension SavedDocument {
  /// Reads several, and says at once what is wrong with each.
  static func read(_ paths: [String]) throws -> [EvaluationDocument] {
    try InputFiles.checkPresence(paths)
    var documents: [EvaluationDocument] = []
    var problems: [String] = []
    for path in paths {
      do {
        documents.append(try SavedDocument.read(path))
      } catch let error as DataError {
        problems += error.problems
      } catch {
        problems.append("\(path): \(ErrorReport.message(of: error))")
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    return documents
  }
}

/// Earlier reports that were kept in a folder.
enum PolicyHistory {
  /// The documents of a folder, in the order of their names.
  ///
  /// `current` is a document that is judged again and does not count. Every file ending in `.json`
  /// that is no document is named by the ``DataError`` that is thrown.
  static func documents(in folder: String, except current: String? = nil) throws
    -> [EvaluationDocument]
  {
    guard PathKind(folder) == .folder else {
      throw InputError("\(folder): no such folder; --history names one, empty at first")
    }
    let own = current.flatMap(FileIdentity.init)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".json") }
    let paths = names.map { folder + (folder.hasSuffix("/") ? "" : "/") + $0 }
      .filter { path in own == nil || FileIdentity(path) != own }
    return try SavedDocument.read(paths)
  }
}

extension PolicyPlace {
  /// The document that is judged or rendered, where its policy is not at hand.
  static func saved(_ path: String) -> PolicyPlace {
    path == "-" ? .document : PolicyPlace(file: relative(path))
  }

  /// A path below the current folder without what leads there, as pipelines know their files.
  static func relative(_ path: String) -> String {
    let here =
      URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
      .standardizedFileURL.path + "/"
    let full = URL(fileURLWithPath: path).standardizedFileURL.path
    return full.hasPrefix(here) ? String(full.dropFirst(here.count)) : full
  }
}
