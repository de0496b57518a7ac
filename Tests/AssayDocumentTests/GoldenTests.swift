import AssayDocument
import Foundation
import Testing

/// One document for each released version of the shape.
///
/// A document that a person saved years ago
/// must go on reading, so a golden of a released version is never recorded anew.
@Suite struct `The document of version 1` {
  @Test func `is read, and written with the same bytes`() throws {
    let recorded = Project.golden("document-1.json")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try FullDocument.full.json().write(to: recorded)
      Issue.record("document-1.json was recorded: look at it, then run without RECORD_GOLDENS")
      return
    }
    let bytes = try Data(contentsOf: recorded)
    let document = try EvaluationDocument(json: bytes)
    #expect(try document.json() == bytes)
    #expect(document == FullDocument.full)
  }
}

/// Places in this package.
enum Project {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func golden(_ name: String) -> URL {
    root.appending(path: "Tests/AssayDocumentTests/Goldens").appending(path: name)
  }
}
