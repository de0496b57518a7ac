import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable

/// What a run does, every question answered.
struct Settings: Sendable {
  let layer: SettingsLayer
  let threads: Int

  init(_ layer: SettingsLayer, defaultThreads: Int) {
    self.layer = layer
    threads = layer.threads ?? defaultThreads
  }

  /// How files are read.
  func reading(environment: [String: String]) -> ReadingOptions {
    ReadingOptions(
      delimiter: layer.delimiter, hasHeader: layer.header, decimalMark: layer.decimalMark,
      missingTokens: ReadingOptions.standardMissingTokens + (layer.missing ?? []),
      dateOrder: layer.dateOrder, textColumns: Set(layer.text ?? []), threads: threads,
      commandSearchPath: environment["PATH"] ?? "")
  }

  /// What is said of the columns: the schema's file, then roles on top of it.
  func declared(schema: SchemaDeclaration = SchemaDeclaration()) -> SchemaDeclaration {
    var declared = schema
    for (column, roles) in (layer.roles ?? [:]).sorted(by: { $0.key < $1.key }) {
      for role in roles { declared.add(role, to: column) }
    }
    let lists: [(ColumnRole, [String]?)] = [
      (.target, layer.target), (.sensitive, layer.sensitive), (.group, layer.group),
      (.excluded, layer.exclude),
    ]
    for (role, columns) in lists {
      for column in columns ?? [] { declared.add(role, to: column) }
    }
    for column in layer.text ?? [] {
      if let position = declared.columns.firstIndex(where: { $0.name == column }) {
        declared.columns[position].kind = declared.columns[position].kind ?? .text
      } else {
        declared.columns.append(ColumnDeclaration(name: column, kind: .text))
      }
    }
    return declared
  }

  /// The options of the evaluation.
  func options(
    declared: SchemaDeclaration, reading: ReadingOptions
  ) -> EvaluationOptions {
    var options = EvaluationOptions(
      seed: layer.seed ?? 1, preset: layer.preset ?? .standard, threads: threads,
      metrics: layer.metrics ?? [], declared: declared,
      matchesSpelling: !(layer.strictRepresentation ?? false), budget: layer.budget,
      baselines: layer.baselines ?? false, power: layer.power ?? false,
      approximate: layer.approximate ?? false, allTargets: layer.allTargets ?? false,
      about: About(layer.about ?? [:]), intended: layer.intended ?? [], reading: reading)
    options.privacyBudget = layer.privacyBudget
    return options
  }

  /// Where the report goes.
  func output() throws(UsageError) -> OutputPlan {
    try OutputPlan(folder: layer.output, formats: layer.format, targets: layer.targets)
  }

  /// Patterns that no metric matches, with what may have been meant.
  static func unknownMetrics(_ patterns: [String], in standard: MetricCatalog) -> [String] {
    let catalog = standard.appending(.optional)
    return patterns.filter { catalog.matching([$0]).metrics.isEmpty }.map { pattern in
      let ids = catalog.descriptors.map(\.id.rawValue)
      let short = ids.compactMap { $0.split(separator: ".").last.map(String.init) }
      let dimensions = Dimension.allCases.map(\.rawValue)
      let near = EditDistance.suggestion(for: pattern, among: ids + short + dimensions)
      return "no metric matches '\(pattern)'"
        + (near.map { "; did you mean '\($0)'?" } ?? "; 'assay metrics' lists them")
    }
  }
}

extension SettingsLayer {
  /// The files that were asked for by name, in the order of the formats.
  var targets: [OutputPlan.Target] {
    ReportFormat.allCases.compactMap { format in
      files[format].map { OutputPlan.Target(format: format, path: $0) }
    }
  }
}
