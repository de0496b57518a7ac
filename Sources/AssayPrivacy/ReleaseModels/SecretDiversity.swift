public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The fewest different values of a secret among synthetic records that share their quasi-identifiers.
///
/// A class with one value gives the secret of everyone who is taken for one of its records. Entropy
/// and recursive (c, 2)-diversity are in the details. A syntactic property, no evidence of privacy.
///
/// - Complexity: O(rows · columns), hashed.
///
/// Source: Machanavajjhala, Kifer, Gehrke & Venkitasubramaniam (2007), doi:10.1145/1217299.1217302.
public struct LDiversity: Metric {
  /// Makes the metric.
  public init() {}

  /// A count of the synthetic rows.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ReleaseModel.descriptor(
      "privacy.l-diversity", "ℓ-diversity",
      summary: "The fewest values of a secret in a class of equal quasi-identifiers.",
      formula: "ℓ = min over classes of #{values of the secret in the class}", upper: nil,
      direction: .higherIsBetter, cannotSee: "values that differ and mean the same; copies",
      howToRead: "1 where the quasi-identifiers settle a secret in the synthetic table.",
      citations: [
        .init(
          "Machanavajjhala, Kifer, Gehrke & Venkitasubramaniam (2007), l-diversity",
          doi: "10.1145/1217299.1217302")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    try await SecretDiversity.measure(descriptor.id, frame, workspace, worst: min) {
      ($0.distinct.double, "values")
    }
  }
}

/// The greatest distance of a secret's distribution in a class of synthetic records from that in the
/// whole synthetic table.
///
/// Total variation for levels, the ordered earth mover's distance for numbers and ordinals. A syntactic
/// property, no evidence of privacy.
///
/// - Complexity: O(rows + classes · values).
///
/// Source: Li, Li & Venkatasubramanian (2007), doi:10.1109/ICDE.2007.367856.
public struct TCloseness: Metric {
  /// Makes the metric.
  public init() {}

  /// A property of the synthetic rows.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ReleaseModel.descriptor(
      "privacy.t-closeness", "t-closeness",
      summary: "How far a secret's distribution in a class may lie from that in the table.",
      formula: "t = max over classes of the earth mover's distance to the table", upper: 1,
      direction: .lowerIsBetter,
      cannotSee: "copies; small classes are far from the table by chance",
      howToRead: "Near 1 where a class gives its secret away.",
      citations: [
        .init(
          "Li, Li & Venkatasubramanian (2007), t-closeness",
          doi: "10.1109/ICDE.2007.367856")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    try await SecretDiversity.measure(descriptor.id, frame, workspace, worst: max) {
      (min(1, $0.closeness), "")
    }
  }
}

extension Int {
  fileprivate var double: Double { Double(self) }
}

/// What ℓ-diversity and t-closeness share: one score a secret and the worst for the table.
enum SecretDiversity {
  static func measure(
    _ metric: MetricID, _ frame: ExchangeableFrame, _ workspace: Workspace<ExchangeableFrame>,
    worst: (Double, Double) -> Double, _ value: (ClassDiversity) -> (value: Double, unit: String)
  ) async throws(MetricError) -> MetricResult {
    guard let found = try await workspace.value(of: QuasiIdentifierClasses()) else {
      return ReleaseModel.absent(metric, .none, QuasiIdentifierClasses.absence(frame))
    }
    let secrets = SensitiveColumns.columns(frame)
    guard !secrets.isEmpty else {
      return ReleaseModel.absent(metric, .none, SensitiveColumns.absence)
    }
    var scores: [Score] = []
    for column in secrets {
      let schema = frame.schema.columns[column]
      let diversity: ClassDiversity
      do throws(NumericsError) {
        diversity = try ClassDiversity(
          found.synthetic, secrets: SensitiveColumns.codes(frame.synthetic.columns[column]),
          isOrdered: schema.kind.isNumeric)
      } catch {
        throw MetricError(error)
      }
      let own = value(diversity)
      var details = found.details
      details["distinct"] = .integer(diversity.distinct)
      details["entropy"] = .finite(diversity.entropy)
      // Infinite where a class has one value.
      details["recursiveC"] = .finite(diversity.recursive)
      details["closeness"] = .finite(diversity.closeness)
      details["syntactic"] = true
      scores.append(
        Score(
          metric: metric, dimension: .privacy, against: .none,
          subject: Subject(columns: [schema.name]), outcome: .measured(own.value),
          unit: own.unit, n: RowCounts(synthetic: frame.synthetic.rowCount), details: details))
    }
    let values = scores.compactMap(\.value)
    guard let first = values.first, let sample = scores.first else {
      return ReleaseModel.absent(metric, .none, SensitiveColumns.absence)
    }
    let table = Score(
      metric: metric, dimension: .privacy, against: .none,
      outcome: .measured(values.reduce(first, worst)), unit: sample.unit,
      n: sample.n, details: found.details.merging(["syntactic": true]) { $1 })
    return MetricResult(scores: [table] + scores).counted(level: workspace.plan.level)
  }
}
