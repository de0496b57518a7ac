import AssayDocument
import AssayTable

/// What one source (flags, environment, file) says of a run; whatever it does not say is nil.
struct SettingsLayer: Sendable, Equatable {
  // Inputs
  var real: String?
  var synthetic: [String]?
  var holdout: String?
  /// Rows of the population that neither side holds.
  var reference: String?
  /// Vectors of the rows of each table, in their order; of the synthetic ones a file a draw.
  var embeddingReal: String?
  var embeddingSynthetic: [String]?
  var embeddingHoldout: String?
  var name: String?
  var delimiter: Character?
  var header: Bool?
  var decimalMark: Character?
  var missing: [String]?
  var dateOrder: TemporalOrder?
  // Columns
  var target: [String]?
  /// Whether every suitable column is a target in turn.
  var allTargets: Bool?
  var sensitive: [String]?
  var group: [String]?
  var exclude: [String]?
  var text: [String]?
  /// Roles by column.
  var roles: [String: [ColumnRole]]?
  var schema: String?
  // Judging
  var preset: Preset?
  var budget: Double?
  var privacyBudget: Double?
  var metrics: [String]?
  var baselines: Bool?
  var power: Bool?
  var approximate: Bool?
  var strict: Bool?
  var strictRepresentation: Bool?
  /// A policy by name or file.
  var policy: String?
  var previous: String?
  var history: String?
  var asOf: PolicyDay?
  var ci: ContinuousIntegration?
  // Output
  var output: String?
  var format: [ReportFormat]?
  /// Files that were asked for by name, by format.
  var files: [ReportFormat: String] = [:]
  var timings: String?
  /// Where row numbers of exposed records go.
  var exposure: String?
  /// For whom the report is made.
  var audience: Audience?
  /// The file with the key of reports for readers outside.
  var audienceKey: String?
  /// Differences that are on purpose.
  var intended: [IntendedDifference]?
  /// The owner's statements by name.
  var about: [String: String]?
  // Run
  var seed: UInt64?
  var threads: Int?
  var quiet: Bool?
  var verbose: Bool?
  var color: Terminal.Colour?
  /// A plan that was frozen earlier.
  var planFile: String?

  /// The layers made one, each outranking those after it: flags, environment, file.
  ///
  /// Lists are taken whole from the highest layer that has them; roles and statements are taken
  /// column by column and name by name.
  static func merged(_ layers: [SettingsLayer]) -> SettingsLayer {
    layers.reduce(SettingsLayer()) { $0.over($1) }
  }

  private func over(_ lower: SettingsLayer) -> SettingsLayer {
    var out = self
    out.real = real ?? lower.real
    out.synthetic = synthetic ?? lower.synthetic
    out.holdout = holdout ?? lower.holdout
    out.reference = reference ?? lower.reference
    out.embeddingReal = embeddingReal ?? lower.embeddingReal
    out.embeddingSynthetic = embeddingSynthetic ?? lower.embeddingSynthetic
    out.embeddingHoldout = embeddingHoldout ?? lower.embeddingHoldout
    out.name = name ?? lower.name
    out.delimiter = delimiter ?? lower.delimiter
    out.header = header ?? lower.header
    out.decimalMark = decimalMark ?? lower.decimalMark
    out.missing = missing ?? lower.missing
    out.dateOrder = dateOrder ?? lower.dateOrder
    out.target = target ?? lower.target
    out.allTargets = allTargets ?? lower.allTargets
    out.sensitive = sensitive ?? lower.sensitive
    out.group = group ?? lower.group
    out.exclude = exclude ?? lower.exclude
    out.text = text ?? lower.text
    out.roles = Self.joined(roles, lower.roles)
    out.schema = schema ?? lower.schema
    out.preset = preset ?? lower.preset
    out.budget = budget ?? lower.budget
    out.privacyBudget = privacyBudget ?? lower.privacyBudget
    out.metrics = metrics ?? lower.metrics
    out.baselines = baselines ?? lower.baselines
    out.power = power ?? lower.power
    out.approximate = approximate ?? lower.approximate
    out.strict = strict ?? lower.strict
    out.strictRepresentation = strictRepresentation ?? lower.strictRepresentation
    out.policy = policy ?? lower.policy
    out.previous = previous ?? lower.previous
    out.history = history ?? lower.history
    out.asOf = asOf ?? lower.asOf
    out.ci = ci ?? lower.ci
    // An output flag answers the question where output goes as a whole, so that `--json -` is not
    // joined by the folder that a file names.
    if !decidesOutput {
      out.output = lower.output
      out.format = lower.format
      out.files = lower.files
    }
    out.timings = timings ?? lower.timings
    out.exposure = exposure ?? lower.exposure
    out.audience = audience ?? lower.audience
    out.audienceKey = audienceKey ?? lower.audienceKey
    out.intended = intended ?? lower.intended
    out.about = Self.joined(about, lower.about)
    out.seed = seed ?? lower.seed
    out.threads = threads ?? lower.threads
    out.quiet = quiet ?? lower.quiet
    out.verbose = verbose ?? lower.verbose
    out.color = color ?? lower.color
    out.planFile = planFile ?? lower.planFile
    return out
  }

  private var decidesOutput: Bool {
    output != nil || format != nil || !files.isEmpty
  }

  private static func joined<Value>(
    _ upper: [String: Value]?, _ lower: [String: Value]?
  ) -> [String: Value]? {
    guard let upper, let lower else { return upper ?? lower }
    return upper.merging(lower) { mine, _ in mine }
  }
}
