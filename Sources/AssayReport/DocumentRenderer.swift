package import AssayDocument

/// Turns a document into the bytes of one file.
package protocol DocumentRenderer: Sendable {
  /// The name of the file in a report's folder.
  var fileName: String { get }

  /// Renders a document; equal documents give equal bytes.
  func render(_ document: EvaluationDocument) -> [UInt8]
}
