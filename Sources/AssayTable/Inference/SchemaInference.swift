/// Decides the schema of a comparison from the real rows and from what the user declares.
///
/// Training and holdout are looked at together, blind to which row is which; the synthetic rows
/// play no part.
public struct SchemaInference: Sendable {
  /// What was decided.
  public var schema: TableSchema
  /// A first column without a name that counts the rows, by position; it is dropped.
  public var droppedIndex: String?
  /// Declarations that speak of no column, and other problems.
  public var problems: [String]

  /// Infers the schema of the columns of `training`.
  ///
  /// - Complexity: O(cells).
  public init(training: RawTable, holdout: RawTable?, declared: SchemaDeclaration) {
    problems = []
    droppedIndex = nil
    var columns: [ColumnSchema] = []
    let names = training.columns.map(\.name)
    for declaration in declared.columns where !names.contains(declaration.name) {
      let place = declaration.line.map { "line \($0): " } ?? ""
      let hint = EditDistance.suggestion(for: declaration.name, among: names)
      problems.append(
        "\(place)there is no column '\(declaration.name)'"
          + (hint.map { "; did you mean '\($0)'?" } ?? ""))
    }
    for column in training.columns {
      var sides = [column]
      if let other = holdout?.columns.first(where: { $0.name == column.name }) {
        sides.append(other)
      }
      let evidence = ColumnEvidence(sides)
      if column.position == 0, RowIndexName.matches(column.name), evidence.isCounter {
        droppedIndex = column.name
        continue
      }
      columns.append(
        Self.column(column.name, evidence: evidence, declared: declared[column.name]))
    }
    schema = TableSchema(columns)
  }

  private static func column(
    _ name: String, evidence: ColumnEvidence, declared: ColumnDeclaration?
  ) -> ColumnSchema {
    let inferred = KindInference(name: name, evidence: evidence)
    var schema = ColumnSchema(name: name, kind: inferred.kind, why: inferred.why)
    schema.missingTokens = inferred.missingTokens
    schema.roles = declared?.roles ?? []
    schema.decimals = inferred.kind == .real ? evidence.decimals : nil
    if let kind = declared?.kind {
      schema.why = kind == inferred.kind ? schema.why : ["declared as \(kind.rawValue)"]
      schema.kind = kind
      if kind != inferred.kind { schema.missingTokens = [] }
      if kind.isNumeric { schema.missingTokens = inferred.missingTokens }
    }
    if let declared, !declared.missingTokens.isEmpty {
      schema.missingTokens = declared.missingTokens
    }
    if let order = declared?.order, !order.isEmpty {
      schema.order = order
      schema.kind = .ordinal
    }
    return schema
  }
}

/// The names that a table written with its row numbers gives to their column.
enum RowIndexName {
  static func matches(_ name: String) -> Bool {
    name.isEmpty || name == "index" || name.hasPrefix("Unnamed: 0")
  }
}
