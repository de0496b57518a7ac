import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable

/// Holds a run to a frozen plan: what settings say again must be what the plan says.
struct PlanBinding {
  let plan: PlanRecord
  private let said: PlanStatements

  init(_ plan: PlanRecord) {
    self.plan = plan
    said = PlanStatements(plan.given)
  }

  /// The options of the plan, where no setting contradicts it.
  ///
  /// - Throws: ``UsageError`` with every setting that contradicts the plan.
  func options(_ settings: Settings, schema: SchemaDeclaration) throws -> EvaluationOptions {
    let problems = contradictions(settings, schema: schema)
    guard problems.isEmpty else {
      throw UsageError(problems + ["leave these settings out, or freeze a new plan with --plan"])
    }
    return try EvaluationOptions(
      plan: plan, threads: settings.threads, about: About(settings.layer.about ?? [:]))
  }

  /// How files are read under a plan: as it says, with what is of this machine from `own`.
  static func reading(_ options: EvaluationOptions, _ own: ReadingOptions) -> ReadingOptions {
    var reading = options.reading
    reading.commandSearchPath = own.commandSearchPath
    reading.threads = own.threads
    return reading
  }

  /// Every setting that says something else than the plan.
  func contradictions(_ settings: Settings, schema: SchemaDeclaration) -> [String] {
    let layer = settings.layer
    var problems: [String] = []
    func compare<Value: Equatable>(
      _ key: SettingKey, _ value: Value?, _ planned: Value?, _ words: (Value) -> String
    ) {
      guard let value, value != planned else { return }
      problems.append(
        "--\(key.rawValue) is \(words(value)), and the plan says "
          + (planned.map(words) ?? "nothing of it"))
    }
    compare(.seed, layer.seed, plan.seed) { "\($0)" }
    compare(.preset, layer.preset?.rawValue, plan.preset) { $0 }
    compare(.budget, layer.budget, said.budget) { "\($0) s" }
    compare(.privacyBudget, layer.privacyBudget, said.privacyBudget) { "\($0) s" }
    compare(.baselines, layer.baselines, plan.sampling["baselines"]?.booleanValue) { "\($0)" }
    compare(.power, layer.power, plan.sampling["power"]?.booleanValue) { "\($0)" }
    compare(.approximate, layer.approximate, plan.sampling["closestBlocks"] != nil) { "\($0)" }
    compare(
      .targets, layer.allTargets, plan.sampling["utility"]?["allTargets"]?.booleanValue
    ) { $0 ? "all" : "not given" }
    compare(.strictRepresentation, layer.strictRepresentation, !said.matchesSpelling) { "\($0)" }
    compare(.delimiter, layer.delimiter, said.reading.delimiter) { "'\($0)'" }
    compare(.header, layer.header, said.reading.hasHeader) { "\($0)" }
    compare(.decimalMark, layer.decimalMark, said.reading.decimalMark) { "'\($0)'" }
    compare(.dateOrder, layer.dateOrder, said.reading.dateOrder) { $0.rawValue }
    if let patterns = layer.metrics, !patterns.isEmpty {
      let known = MetricCatalog.standard.appending(.optional).matching(patterns)
      compare(
        .metrics, known.descriptors.map(\.id.rawValue),
        plan.metrics.map { String($0.prefix { $0 != "@" }) }.filter {
          MetricCatalog.declared.matching([$0]).metrics.isEmpty
        }
      ) { $0.joined(separator: " ") }
    }
    let unknown = (layer.missing ?? []).filter { !said.reading.missingTokens.contains($0) }
    if !unknown.isEmpty {
      problems.append("--missing \(unknown.joined(separator: " ")) is not in the plan")
    }
    if let intended = layer.intended {
      let planned = plan.intended["declared"]?.arrayValue ?? []
      if intended.map(\.value) != planned {
        problems.append("'intended' is not what the plan says of it")
      }
    }
    return problems + columns(settings.declared(schema: schema))
  }

  /// What is said of columns must be part of what the plan says of them.
  private func columns(_ declared: SchemaDeclaration) -> [String] {
    let planned = SchemaDeclaration(said.columns)
    return declared.columns.compactMap { column in
      let own = planned[column.name] ?? ColumnDeclaration(name: column.name)
      var parts: [String] = []
      if let kind = column.kind, kind != own.kind { parts.append("kind \(kind.rawValue)") }
      parts += column.roles.filter { !own.roles.contains($0) }.map { "role \($0.rawValue)" }
      if !column.order.isEmpty, column.order != own.order { parts.append("its order") }
      if column.missingTokens.contains(where: { !own.missingTokens.contains($0) }) {
        parts.append("its missing words")
      }
      if let tolerance = column.tolerance, tolerance != own.tolerance {
        parts.append("its tolerance")
      }
      guard !parts.isEmpty else { return nil }
      return "column '\(column.name)': \(parts.joined(separator: ", ")) is not in the plan"
    }
  }
}
