/// Everything that an evaluation found, in one value that others read.
///
/// It holds aggregates only, no path, host, time or thread count: equal inputs and seed give equal
/// bytes.
public struct EvaluationDocument: Sendable, Hashable {
  /// The version of the shape that this library writes.
  public static let currentSchemaVersion = 1

  /// The version of the shape.
  public var schemaVersion: Int
  /// The program.
  public var tool: ToolInfo
  /// The plan.
  public var plan: PlanRecord
  /// The owner's statements.
  public var about: About
  /// The inputs.
  public var inputs: InputRecords
  /// The columns, in schema order.
  public var columns: [ColumnRecord]
  /// The metrics that the scores belong to, so that a saved document renders years later.
  public var metrics: [MetricDescriptor]
  /// The scores, in catalogue order.
  public var scores: [Score]
  /// The dimensions.
  public var dimensions: [DimensionScore]
  /// What generators of known faults get on the same real rows, where that was asked for.
  public var baselines: [BaselineRecord]
  /// The smallest defects that would have been seen, where that was asked for.
  public var power: [PowerRecord]
  /// The findings, gravest first.
  public var findings: [Finding]
  /// Patterns that findings have in common, the one to act on first in front.
  public var diagnoses: [Diagnosis]
  /// What the policy makes of it.
  public var verdict: Verdict
  /// Several draws of one generator side by side; everything else speaks of the first of them.
  @Nullable public var draws: DrawsRecord?
  /// What is drawn of rows and pairs, as data.
  @Nullable public var charts: ChartRecords?

  /// Makes a document.
  public init(
    schemaVersion: Int = Self.currentSchemaVersion, tool: ToolInfo, plan: PlanRecord,
    about: About, inputs: InputRecords, columns: [ColumnRecord], metrics: [MetricDescriptor],
    scores: [Score], dimensions: [DimensionScore], baselines: [BaselineRecord] = [],
    power: [PowerRecord] = [], findings: [Finding], diagnoses: [Diagnosis] = [],
    verdict: Verdict, draws: DrawsRecord? = nil, charts: ChartRecords? = nil
  ) {
    self.schemaVersion = schemaVersion
    self.tool = tool
    self.plan = plan
    self.about = about
    self.inputs = inputs
    self.columns = columns
    self.metrics = metrics
    self.scores = scores
    self.dimensions = dimensions
    self.baselines = baselines
    self.power = power
    self.findings = findings
    self.diagnoses = diagnoses
    self.verdict = verdict
    self.draws = draws
    self.charts = charts
  }

  /// The descriptor of a metric of this document.
  public func descriptor(_ id: MetricID) -> MetricDescriptor? { metrics.first { $0.id == id } }

  /// The score of a dimension.
  public func dimension(_ id: Dimension) -> DimensionScore? { dimensions.first { $0.id == id } }

  /// The scores of a metric, in document order.
  public func scores(of metric: MetricID) -> [Score] { scores.filter { $0.metric == metric } }

  /// The keys that more than one score has, each once, in document order: none in a sound document.
  public var repeatedKeys: [Score.Key] {
    var times: [Score.Key: Int] = [:]
    return scores.map(\.key).filter { key in
      times[key, default: 0] += 1
      return times[key] == 2
    }
  }

  /// The metric's score of the table as a whole, against the holdout if there is one.
  public func summary(of metric: MetricID, against: Against? = nil) -> Score? {
    let candidates = scores.filter { $0.metric == metric && $0.subject.isTable }
    if let against { return candidates.first { $0.against == against } }
    return candidates.first { $0.against == .holdout } ?? candidates.first
  }
}

extension EvaluationDocument: Codable {
  private enum CodingKeys: String, CodingKey {
    case schemaVersion, tool, plan, about, inputs, columns, metrics, scores, dimensions
    case baselines, power, findings, diagnoses, verdict, draws, charts
  }

  /// Reads a document; members that later versions add are passed over.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      schemaVersion: try c.decode(Int.self, forKey: .schemaVersion),
      tool: try c.decode(ToolInfo.self, forKey: .tool),
      plan: try c.decode(PlanRecord.self, forKey: .plan),
      about: try c.decodeIfPresent(About.self, forKey: .about) ?? About(),
      inputs: try c.decode(InputRecords.self, forKey: .inputs),
      columns: try c.decodeIfPresent([ColumnRecord].self, forKey: .columns) ?? [],
      metrics: try c.decodeIfPresent([MetricDescriptor].self, forKey: .metrics) ?? [],
      scores: try c.decodeIfPresent([Score].self, forKey: .scores) ?? [],
      dimensions: try c.decodeIfPresent([DimensionScore].self, forKey: .dimensions) ?? [],
      baselines: try c.decodeIfPresent([BaselineRecord].self, forKey: .baselines) ?? [],
      power: try c.decodeIfPresent([PowerRecord].self, forKey: .power) ?? [],
      findings: try c.decodeIfPresent([Finding].self, forKey: .findings) ?? [],
      diagnoses: try c.decodeIfPresent([Diagnosis].self, forKey: .diagnoses) ?? [],
      verdict: try c.decode(Verdict.self, forKey: .verdict),
      draws: try c.decodeIfPresent(DrawsRecord.self, forKey: .draws),
      charts: try c.decodeIfPresent(ChartRecords.self, forKey: .charts))
  }
}
