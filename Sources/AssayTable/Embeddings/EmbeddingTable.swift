public import AssayDocument

/// Numbers that somebody computed for the rows of a table, one vector a row, in the order of its rows:
/// features of images, of texts, or whatever stands for a row.
public struct EmbeddingTable: Sendable {
  /// The file's base name.
  public let name: String
  /// The digest of the file's bytes.
  public let sha256: String
  /// The number of rows.
  public let rowCount: Int
  /// Numbers a row.
  public let dimensions: Int
  /// The numbers, row-major; finite.
  public let values: [Double]

  /// Makes a table of vectors.
  ///
  /// - Parameters:
  ///   - name: The file's base name.
  ///   - sha256: The digest of its bytes.
  ///   - rowCount: The number of rows.
  ///   - dimensions: Numbers a row.
  ///   - values: The numbers, row-major; finite.
  public init(name: String, sha256: String = "", rowCount: Int, dimensions: Int, values: [Double]) {
    precondition(values.count == rowCount * dimensions, "whole rows of numbers are expected")
    self.name = name
    self.sha256 = sha256
    self.rowCount = rowCount
    self.dimensions = dimensions
    self.values = values
  }

  /// The vectors of some rows, row-major.
  ///
  /// - Parameter rows: At least 0 and below ``rowCount``.
  /// - Returns: As many vectors, in this order.
  public func values(of rows: [Int]) -> [Double] {
    rows.flatMap { values[$0 * dimensions..<($0 + 1) * dimensions] }
  }
}

/// The given vectors of a comparison by role.
public struct GivenEmbeddings: Sendable {
  /// Those of the training rows.
  public var training: EmbeddingTable
  /// Those of the holdout.
  public var holdout: EmbeddingTable?
  /// Those of the rows under test.
  public var synthetic: EmbeddingTable?

  /// Takes the vectors.
  public init(
    training: EmbeddingTable, holdout: EmbeddingTable? = nil, synthetic: EmbeddingTable? = nil
  ) {
    self.training = training
    self.holdout = holdout
    self.synthetic = synthetic
  }

  /// The vectors of a role.
  public subscript(role: TableRole) -> EmbeddingTable? {
    switch role {
    case .training: training
    case .holdout: holdout
    case .synthetic: synthetic
    }
  }

  /// What does not fit: rows that are not those of the tables, vectors of other lengths.
  ///
  /// - Parameter rows: The number of rows of each table that is there.
  /// - Returns: A sentence for each problem.
  public func problems(rows: [TableRole: Int]) -> [String] {
    var problems: [String] = []
    for (role, word) in [
      (TableRole.training, "real"), (.holdout, "holdout"), (.synthetic, "synthetic"),
    ] {
      switch (self[role], rows[role]) {
      case (let vectors?, let count?) where vectors.rowCount != count:
        problems.append(
          "\(vectors.name): holds \(vectors.rowCount) vectors, and the \(word) table has \(count) "
            + "rows; one vector a row is expected, in the order of the rows")
      case (nil, _?):
        problems.append("no embedding was given for the \(word) table")
      case (let vectors?, nil) where role == .holdout:
        problems.append(
          "\(vectors.name): an embedding was given for a \(word) table that is not there")
      default: break
      }
      if let vectors = self[role], vectors.dimensions != training.dimensions {
        problems.append(
          "\(vectors.name): vectors of \(vectors.dimensions) numbers, and those of the real rows "
            + "have \(training.dimensions)")
      }
    }
    return problems
  }
}
