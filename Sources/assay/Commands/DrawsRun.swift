import AssayDocument
import AssayEvaluation
import AssayTable

/// Reads and judges one synthetic table after another against a real side prepared once.
struct DrawsRun {
  let prepared: PreparedEvaluation
  let paths: [String]
  /// Names for the report; nil for the file's own.
  let names: [String?]
  /// Files with the vectors of each draw; empty where none are given.
  var embeddings: [String] = []
  let reading: ReadingOptions
  /// Is told of the first table before anything is measured.
  var isRead: (RawTable) -> Void = { _ in }

  /// The name that was given for the first draw, and numbered for the others.
  static func names(_ name: String?, _ count: Int) -> [String?] {
    (0..<count).map { draw in
      name.map { draw == 0 ? $0 : "\($0), draw \(draw + 1)" }
    }
  }

  /// The document of the first draw, with the draws side by side where there are several.
  func document(
    besides real: [ReadInput], progress: ProgressDisplay, timings: inout Timings
  ) async throws -> EvaluationDocument {
    var inputs = real
    var documents: [EvaluationDocument] = []
    for (draw, path) in paths.enumerated() {
      let table = try InputReader.read(
        [(path, names[draw])], options: reading, progress: progress)[0]
      inputs.append(ReadInput(role: "synthetic", table: table))
      try InputReader.checkDigests(inputs)
      timings.end(Self.phase("read synthetic rows", draw, of: paths.count))
      if draw == 0 { isRead(table) }
      var embedding: EmbeddingTable?
      if draw < embeddings.count {
        embedding = try EmbeddingReader(options: reading).read(path: embeddings[draw])
      }
      progress.phase(Self.phase("measuring", draw, of: paths.count))
      documents.append(
        try await prepared.evaluate(synthetic: table, embedding: embedding) { step, share in
          progress.update(step, share: share)
        })
      if draw + 1 < paths.count { timings.end(Self.phase("measure", draw, of: paths.count)) }
    }
    return try PreparedEvaluation.document(ofDraws: documents)
  }

  private static func phase(_ name: String, _ draw: Int, of count: Int) -> String {
    count > 1 ? "\(name), draw \(draw + 1)" : name
  }
}
