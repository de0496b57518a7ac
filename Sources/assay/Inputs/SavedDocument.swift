import AssayDocument
import AssayFiles
import Foundation

/// Reads a document that was saved.
enum SavedDocument {
  /// The document in a file; `-` is standard input.
  ///
  /// - Throws: ``InputError`` where there is no such file, ``DataError`` where it is no document.
  static func read(_ path: String) throws -> EvaluationDocument {
    try InputFiles.checkPresence([path])
    let file = try MappedFile.open(path)
    do throws(DocumentError) {
      return try EvaluationDocument(json: Data(file.prefix(file.count)))
    } catch {
      throw DataError("\(path): \(error.message)")
    }
  }
}
