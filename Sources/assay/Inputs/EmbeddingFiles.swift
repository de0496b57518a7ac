import AssayEvaluation
import AssayTable

/// The files with vectors of rows, one for each table of the run.
struct EmbeddingFiles: Sendable, Equatable {
  var real: String
  var holdout: String?
  /// One a draw; empty where the rows under test are not read.
  var synthetic: [String]

  /// Takes the paths from settings; `nil` where none are given.
  ///
  /// - Parameters:
  ///   - layer: The settings.
  ///   - draws: The number of synthetic tables.
  /// - Throws: ``UsageError`` where a table has vectors and another has none.
  init?(_ layer: SettingsLayer, draws: Int) throws(UsageError) {
    let own = layer.embeddingSynthetic ?? []
    guard layer.embeddingReal != nil || !own.isEmpty || layer.embeddingHoldout != nil else {
      return nil
    }
    try self.init(
      real: layer.embeddingReal, synthetic: own, holdout: layer.embeddingHoldout, draws: draws,
      hasHoldout: layer.holdout != nil)
  }

  /// Takes paths that must be complete.
  init(
    real: String?, synthetic: [String], holdout: String?, draws: Int, hasHoldout: Bool
  ) throws(UsageError) {
    var problems: [String] = []
    if real == nil { problems.append("--embedding-real is missing: every table needs vectors") }
    if draws > 0, synthetic.count != draws {
      problems.append(
        "\(synthetic.count) files were given by --embedding-synthetic for \(draws) synthetic "
          + "\(draws == 1 ? "table" : "tables")")
    }
    if hasHoldout, holdout == nil {
      problems.append("--embedding-holdout is missing: every table needs vectors")
    }
    if !hasHoldout, holdout != nil {
      problems.append("--embedding-holdout was given, and no holdout")
    }
    guard let real, problems.isEmpty else { throw UsageError(problems) }
    self.real = real
    self.synthetic = draws > 0 ? synthetic : []
    self.holdout = holdout
  }

  /// Every path.
  var paths: [String] { [real] + synthetic + (holdout.map { [$0] } ?? []) }

  /// Reads the vectors of the real side.
  func realSide(_ reading: ReadingOptions) throws(TableError) -> GivenEmbeddings {
    let reader = EmbeddingReader(options: reading)
    var given = GivenEmbeddings(training: try reader.read(path: real))
    if let holdout { given.holdout = try reader.read(path: holdout) }
    return given
  }
}
