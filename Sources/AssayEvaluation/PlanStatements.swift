package import AssayDocument
package import AssayTable

/// What the user said that a plan must hold to be run again: columns, files, spelling.
///
/// Line numbers, threads and paths are left out: they decide nothing.
package struct PlanStatements {
  package var columns: [ColumnDeclaration]
  package var reading: ReadingOptions
  package var matchesSpelling: Bool
  package var budget: Double?
  package var privacyBudget: Double?

  init(_ options: EvaluationOptions) {
    columns = options.declared.columns
    reading = options.reading
    matchesSpelling = options.matchesSpelling
    budget = options.budget
    privacyBudget = options.privacyBudget
  }

  /// The statements as a plan holds them.
  var value: DetailValue {
    let extra = reading.missingTokens.filter {
      !ReadingOptions.standardMissingTokens.contains($0)
    }
    return .object([
      "columns": .array(columns.map(Self.value)), "matchesSpelling": .boolean(matchesSpelling),
      "budget": budget.map(DetailValue.finite) ?? .null,
      "privacyBudget": privacyBudget.map(DetailValue.finite) ?? .null,
      "reading": .object([
        "delimiter": reading.delimiter.map { .string(String($0)) } ?? .null,
        "header": reading.hasHeader.map(DetailValue.boolean) ?? .null,
        "decimalMark": reading.decimalMark.map { .string(String($0)) } ?? .null,
        "dayOrder": reading.dateOrder.map { .string($0.rawValue) } ?? .null,
        "missing": .strings(extra), "text": .strings(reading.textColumns.sorted()),
      ]),
    ])
  }

  private static func value(_ column: ColumnDeclaration) -> DetailValue {
    var members: [String: DetailValue] = ["name": .string(column.name)]
    members["kind"] = column.kind.map { .string($0.rawValue) }
    if !column.roles.isEmpty { members["roles"] = .strings(column.roles.map(\.rawValue)) }
    if !column.order.isEmpty { members["order"] = .strings(column.order) }
    if !column.missingTokens.isEmpty { members["missing"] = .strings(column.missingTokens) }
    members["tolerance"] = column.tolerance.map(DetailValue.finite)
    return .object(members)
  }

  /// Reads the statements of a plan; what a plan does not say stays at its default.
  package init(_ value: DetailValue) {
    columns = (value["columns"]?.arrayValue ?? []).compactMap(Self.column)
    matchesSpelling = value["matchesSpelling"]?.booleanValue ?? true
    budget = value["budget"]?.doubleValue
    privacyBudget = value["privacyBudget"]?.doubleValue
    let read = value["reading"]
    reading = ReadingOptions(
      delimiter: read?["delimiter"]?.stringValue?.first,
      hasHeader: read?["header"]?.booleanValue,
      decimalMark: read?["decimalMark"]?.stringValue?.first,
      missingTokens: ReadingOptions.standardMissingTokens + Self.words(read?["missing"]),
      dateOrder: read?["dayOrder"]?.stringValue.flatMap(TemporalOrder.init),
      textColumns: Set(Self.words(read?["text"])))
  }

  private static func column(_ value: DetailValue) -> ColumnDeclaration? {
    guard let name = value["name"]?.stringValue else { return nil }
    return ColumnDeclaration(
      name: name, kind: value["kind"]?.stringValue.flatMap(ColumnKind.init),
      roles: words(value["roles"]).compactMap(ColumnRole.init), order: words(value["order"]),
      missingTokens: words(value["missing"]),
      tolerance: value["tolerance"]?.doubleValue)
  }

  private static func words(_ value: DetailValue?) -> [String] {
    (value?.arrayValue ?? []).compactMap(\.stringValue)
  }
}
