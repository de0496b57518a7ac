/// Decides the schema of a comparison from the real rows and from what the user declares.
///
/// Training and holdout are looked at together, blind to which row is which; the synthetic rows
/// play no part.
public struct SchemaInference: Sendable {
  /// What was decided.
  public var schema: TableSchema
  /// A first column without a name that counts the rows; it is dropped.
  public var droppedIndex: String?
  /// Declarations that speak of no column, and other problems.
  public var problems: [String]
  /// The columns that the schema speaks of, in its order.
  let sides: [RealColumn]
  /// How the holdout's header fits.
  let holdoutMatch: HeaderMatch?

  /// Infers the schema of the columns of `training`.
  ///
  /// - Complexity: O(cells).
  public init(training: RawTable, holdout: RawTable?, declared: SchemaDeclaration) {
    let survey = ColumnSurvey(
      training: training, holdout: holdout, declared: declared, matchesSpelling: true)
    self.init(survey, survey.columns.indices.map { survey.look(at: $0) }, declared: declared)
  }

  /// Infers the schema from what was seen of each column.
  init(_ survey: ColumnSurvey, _ seen: [ColumnSurvey.Seen], declared: SchemaDeclaration) {
    problems = Self.unknown(declared, names: survey.columns.map(\.name))
    droppedIndex = nil
    holdoutMatch = survey.match
    var columns: [ColumnSchema] = []
    var sides: [RealColumn] = []
    for (place, (column, seen)) in zip(survey.columns, seen).enumerated() {
      if place == 0,
        column.isRowIndex || (RowIndexName.matches(column.name) && seen.evidence.isCounter)
      {
        droppedIndex = column.name
        continue
      }
      let declaration = survey.declarations[column.name]
      let decided = Self.column(column.name, evidence: seen.evidence, declared: declaration)
      problems += decided.problems.map { Self.line(declaration) + $0 }
      columns.append(decided.schema)
      sides.append(seen.sides)
    }
    schema = TableSchema(columns)
    self.sides = sides
  }

  /// The place of a declaration, to be put before a problem.
  static func line(_ declared: ColumnDeclaration?) -> String {
    declared?.line.map { "line \($0): " } ?? ""
  }

  private static func unknown(_ declared: SchemaDeclaration, names: [String]) -> [String] {
    let known = Set(names)
    return declared.columns.filter { !known.contains($0.name) }.map { declaration in
      let hint = EditDistance.suggestion(for: declaration.name, among: names)
      return "\(line(declaration))there is no column '\(declaration.name)'"
        + (hint.map { "; did you mean '\($0)'?" } ?? "; \(listed(names))")
    }
  }

  /// The columns that there are, as far as a line has room.
  private static func listed(_ names: [String]) -> String {
    let most = 15
    let rest = names.count - most
    return "the columns are " + names.prefix(most).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more ('assay inspect' lists them)" : "")
  }

  private static func column(
    _ name: String, evidence: ColumnEvidence, declared: ColumnDeclaration?
  ) -> (schema: ColumnSchema, problems: [String]) {
    let inferred = KindInference(name: name, evidence: evidence)
    var schema = ColumnSchema(name: name, kind: inferred.kind, why: inferred.why)
    var problems: [String] = []
    schema.missingTokens = inferred.missingTokens
    schema.roles = declared?.roles ?? []
    schema.order = declared?.order ?? []
    let kind = declared?.kind ?? (schema.order.isEmpty ? nil : .ordinal)
    if let kind, kind != inferred.kind {
      schema.kind = kind
      schema.why = ["declared as \(kind.rawValue)"]
      if kind.isNumeric {
        let words = evidence.exceptions.map(\.token)
        if kind != .datetime, !words.isEmpty, inferred.missingTokens.isEmpty {
          schema.missingTokens = words
          let noun = words.count == 1 ? "one other word counts" : "\(words.count) other words count"
          schema.why.append("\(noun) as missing")
        }
      } else if kind != .boolean {
        schema.missingTokens = []
      }
    }
    if let declared, !declared.missingTokens.isEmpty {
      schema.missingTokens = declared.missingTokens
    }
    schema.tolerance = declared?.tolerance
    if schema.tolerance != nil, !schema.kind.isNumeric {
      problems.append(
        "column '\(name)' has a 'tolerance' but is \(schema.kind.rawValue): only numbers and points "
          + "in time lie near each other")
    }
    schema.decimals = schema.kind == .real ? evidence.decimals : nil
    if schema.kind == .ordinal, schema.order.isEmpty {
      problems.append("ordinal column '\(name)' needs 'order': its levels, lowest first")
    } else if schema.kind != .ordinal, !schema.order.isEmpty {
      problems.append(
        "column '\(name)' has an 'order' but is declared as \(schema.kind.rawValue), not ordinal")
    }
    for role in schema.roles where role == .weight || role == .time {
      let fits = role == .weight ? [.integer, .real] : [ColumnKind.integer, .real, .datetime]
      guard !fits.contains(schema.kind), evidence.present > 0 else { continue }
      problems.append(
        "column '\(name)' has the role \(role.rawValue) but holds no numbers")
    }
    return (schema, problems)
  }
}

/// The names that a table written with its row numbers gives to their column.
enum RowIndexName {
  static func matches(_ name: String) -> Bool {
    name.isEmpty || name == "index" || name.hasPrefix("Unnamed: 0")
  }
}
