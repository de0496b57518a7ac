/// The settings by name: the long option without its dashes, the key of `assay.yml`, and (in
/// capitals behind `ASSAY_`) the environment's variable.
enum SettingKey: String, CaseIterable, Sendable {
  case real, synthetic, holdout, reference, name, delimiter, header
  case decimalMark = "decimal-mark"
  case missing
  case dateOrder = "date-order"
  case target, targets, sensitive, group, exclude, text, role, schema
  case privacyBudget = "privacy-budget"
  case preset, budget, metrics, baselines, power, approximate, strict
  case policy, previous, history, ci
  case asOf = "as-of"
  case strictRepresentation = "strict-representation"
  case output, format, html, json, markdown, csv, junit, sarif, badge, pdf, timings
  case exposure, audience
  case audienceKey = "audience-key"
  case codeQuality = "code-quality"
  case seed, threads, quiet, verbose, color
  case planFile = "plan-file"
  case embeddingReal = "embedding-real"
  case embeddingSynthetic = "embedding-synthetic"
  case embeddingHoldout = "embedding-holdout"

  /// The environment's variable.
  var variable: String {
    "ASSAY_" + rawValue.uppercased().replacing("-", with: "_")
  }

  /// Whether the value is a path, relative to the file that holds it.
  var isPath: Bool {
    switch self {
    case .real, .synthetic, .holdout, .reference, .schema, .output, .timings, .exposure, .previous,
      .history, .planFile, .audienceKey, .embeddingReal, .embeddingSynthetic, .embeddingHoldout,
      .html, .json, .markdown, .csv, .junit, .sarif, .codeQuality, .badge, .pdf:
      true
    default: false
    }
  }

  /// Whether several values may be given.
  var isList: Bool {
    switch self {
    case .synthetic, .embeddingSynthetic, .missing, .target, .sensitive, .group, .exclude, .text,
      .role, .metrics,
      .format:
      true
    default: false
    }
  }
}

extension SettingsLayer {
  /// Sets one setting from its written values.
  ///
  /// - Returns: what is wrong with the values, or nil.
  mutating func set(_ key: SettingKey, to values: [String]) -> String? {
    guard let value = values.first else { return "'\(key.rawValue)' has no value" }
    if values.count > 1, !key.isList { return "'\(key.rawValue)' takes one value" }
    do throws(SettingProblem) {
      switch key {
      case .real: real = value
      case .synthetic: synthetic = values
      case .holdout: holdout = value
      case .reference: reference = value
      case .name: name = value
      case .delimiter: delimiter = try SettingValue.delimiter(value)
      case .header: header = try SettingValue.flag(value, key)
      case .decimalMark: decimalMark = try SettingValue.decimalMark(value)
      case .missing: missing = values
      case .dateOrder: dateOrder = try SettingValue.dateOrder(value)
      case .target: target = values
      case .targets: allTargets = try SettingValue.all(value, key)
      case .sensitive: sensitive = values
      case .group: group = values
      case .exclude: exclude = values
      case .text: text = values
      case .role: roles = try SettingValue.roles(values)
      case .schema: schema = value
      case .preset: preset = try SettingValue.word(value, key)
      case .budget: budget = try SettingValue.seconds(value)
      case .privacyBudget: privacyBudget = try SettingValue.seconds(value)
      case .metrics: metrics = values
      case .baselines: baselines = try SettingValue.flag(value, key)
      case .power: power = try SettingValue.flag(value, key)
      case .approximate: approximate = try SettingValue.flag(value, key)
      case .policy: policy = value
      case .previous: previous = value
      case .history: history = value
      case .asOf: asOf = try SettingValue.day(value)
      case .ci: ci = try SettingValue.word(value, key)
      case .strict: strict = try SettingValue.flag(value, key)
      case .strictRepresentation: strictRepresentation = try SettingValue.flag(value, key)
      case .output: output = value
      case .format: format = try SettingValue.formats(values)
      case .html: files[.html] = value
      case .json: files[.json] = value
      case .markdown: files[.markdown] = value
      case .csv: files[.csv] = value
      case .junit: files[.junit] = value
      case .sarif: files[.sarif] = value
      case .codeQuality: files[.codeQuality] = value
      case .badge: files[.badge] = value
      case .pdf: files[.pdf] = value
      case .timings: timings = value
      case .exposure: exposure = value
      case .audience: audience = try SettingValue.word(value, key)
      case .audienceKey: audienceKey = value
      case .seed: seed = try SettingValue.seed(value)
      case .threads: threads = try SettingValue.threads(value)
      case .quiet: quiet = try SettingValue.flag(value, key)
      case .verbose: verbose = try SettingValue.flag(value, key)
      case .color: color = try SettingValue.word(value, key)
      case .planFile: planFile = value
      case .embeddingReal: embeddingReal = value
      case .embeddingSynthetic: embeddingSynthetic = values
      case .embeddingHoldout: embeddingHoldout = value
      }
      return nil
    } catch {
      return error.sentence
    }
  }
}
