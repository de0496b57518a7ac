import Yams

extension SchemaDeclaration {
  /// Reads declarations from YAML.
  ///
  /// ```yaml
  /// version: 1
  /// columns:
  ///   - name: age
  ///     kind: integer
  ///     roles: [sensitive]
  ///     tolerance: 0.5
  /// ```
  ///
  /// A `tolerance` says how far numbers may lie apart and still count as near copies, in the column's
  /// own unit; of points in time it is in seconds, or has a unit: `30 min`, `2 d` (`s`, `min`, `h`, `d`).
  ///
  /// - Throws: ``SchemaFileError`` with every problem and its line.
  public init(yaml: String, file: String) throws(SchemaFileError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      throw SchemaFileError(file: file, problems: [SchemaReader.problem(of: error, in: file)])
    }
    var reader = SchemaReader(file: file)
    let columns = reader.read(root)
    guard reader.problems.isEmpty else {
      throw SchemaFileError(file: file, problems: reader.problems)
    }
    self.init(columns)
  }
}

/// A schema file that cannot be used.
public struct SchemaFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's name as the user gave it.
  public var file: String
  /// Every problem, with its line.
  public var problems: [String]

  /// The problems, a line each.
  public var description: String { problems.joined(separator: "\n") }
}
