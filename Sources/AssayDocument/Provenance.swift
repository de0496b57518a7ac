/// The program that made a document.
public struct ToolInfo: Sendable, Hashable, Codable {
  /// The name by which a document of this program is known.
  package static let programName = "assay"

  /// Always `assay`.
  public var name: String
  /// The released version.
  public var version: String
  /// The commit that it was built from, where known.
  @Nullable public var commit: String?
  /// Versions of the numerical libraries, and the kernel that the linear algebra chose.
  public var libraries: [String: String]

  /// Makes a tool description.
  public init(
    name: String = "assay", version: String, commit: String? = nil, libraries: [String: String]
  ) {
    self.name = name
    self.version = version
    self.commit = commit
    self.libraries = libraries
  }
}

/// One input of an evaluation, named but never located.
public struct InputRecord: Sendable, Hashable, Codable {
  /// A given name, or the file's base name; never a path.
  public var name: String
  /// The digest of the file's bytes as they are stored.
  public var sha256: String
  /// The number of bytes as stored.
  public var bytes: Int
  /// The number of data rows.
  public var rows: Int
  /// The number of columns in the file.
  public var columns: Int
  /// What was noticed while reading, a sentence each.
  public var notices: [String]

  /// Makes an input record.
  public init(
    name: String, sha256: String, bytes: Int, rows: Int, columns: Int, notices: [String] = []
  ) {
    self.name = name
    self.sha256 = sha256
    self.bytes = bytes
    self.rows = rows
    self.columns = columns
    self.notices = notices
  }
}

/// The inputs of an evaluation by role.
public struct InputRecords: Sendable, Hashable, Codable {
  /// The rows that the generator saw.
  public var training: InputRecord
  /// The rows under test.
  public var synthetic: InputRecord
  /// The rows that the generator never saw.
  @Nullable public var holdout: InputRecord?
  /// Rows of the population that stand for what an attacker knows; not written where none were given.
  public var reference: InputRecord?
  /// The number of this report among those on the same training rows; not written where no history was
  /// kept.
  public var evaluation: Int?

  /// Makes the set of inputs.
  public init(
    training: InputRecord, synthetic: InputRecord, holdout: InputRecord?,
    reference: InputRecord? = nil, evaluation: Int? = nil
  ) {
    self.evaluation = evaluation
    self.training = training
    self.synthetic = synthetic
    self.holdout = holdout
    self.reference = reference
  }
}

/// What the owner says of the data, carried verbatim.
public struct About: Sendable, Hashable, Codable {
  /// Statements by name: title, purpose, recipients, owner, generator, generatorVersion, dpClaim,
  /// decision, and any others.
  public var statements: [String: String]

  /// Makes a set of statements.
  public init(_ statements: [String: String] = [:]) { self.statements = statements }

  /// The statement of that name.
  public subscript(name: String) -> String? { statements[name] }

  /// Reads the statements from one object.
  public init(from decoder: any Decoder) throws {
    statements = try decoder.singleValueContainer().decode([String: String].self)
  }

  /// Writes the statements as one object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(statements)
  }
}
