import AssayDiagnosis
import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Puts together what was measured into the document that others read.
struct DocumentAssembly {
  let comparison: Comparison
  let outcome: MetricRun.Outcome
  let plan: EvaluationPlan
  let planRecord: PlanRecord
  let options: EvaluationOptions
  let catalog: MetricCatalog
  var baselines: [BaselineRecord] = []

  func document() throws(EvaluationError) -> EvaluationDocument {
    let dimensions: [DimensionScore]
    do throws(NumericsError) {
      dimensions = try DimensionScoring(
        comparison: comparison, outcome: outcome, plan: plan, catalog: catalog
      ).scores()
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
    let findings = FindingCollection(
      comparison: comparison, outcome: outcome, dimensions: dimensions, plan: plan,
      about: options.about
    ).findings()
    let power =
      options.power ? outcome.power + FacetPower(level: plan.level).records(dimensions) : []
    let versions = LibraryVersions.current
    var document = EvaluationDocument(
      tool: ToolInfo(
        version: AssayVersion.current,
        libraries: [
          "gsl": versions.gsl, "openblas": versions.openBLAS, "kernel": versions.kernel,
          "xgboost": versions.xgboost,
        ]),
      plan: planRecord, about: options.about, inputs: inputs, columns: columns,
      metrics: catalog.descriptors, scores: outcome.scores, dimensions: dimensions,
      baselines: baselines, power: power,
      findings: findings,
      verdict: FirstLook(
        dimensions: dimensions, scores: outcome.scores, findings: findings,
        hasHoldout: comparison.real.holdout != nil, power: power
      ).verdict())
    document.diagnoses = Diagnoses.of(document)
    document.charts = outcome.charts
    return document
  }

  private var inputs: InputRecords {
    func record(_ summary: TableSummary) -> InputRecord {
      InputRecord(
        name: summary.name, sha256: summary.sha256, bytes: summary.bytes, rows: summary.rows,
        columns: summary.columns, notices: summary.notices)
    }
    return InputRecords(
      training: record(
        comparison.real.sources[.training]
          ?? TableSummary(name: "", sha256: "", bytes: 0, rows: 0, columns: 0, notices: [])),
      synthetic: record(comparison.source),
      holdout: comparison.real.sources[.holdout].map(record),
      reference: comparison.real.referenceSource.map(record))
  }

  private static func purpose(_ column: Int, _ intended: IntendedRows?) -> [String] {
    let isDeclared =
      intended?.targets.contains { $0.column == column } ?? false
      || intended?.filters.contains { $0.column == column } ?? false
    return isDeclared ? ["differs on purpose, as declared"] : []
  }

  private var columns: [ColumnRecord] {
    comparison.schema.columns.indices.map { position in
      let column = comparison.schema.columns[position]
      let roles = column.roles.map(\.rawValue)
      return ColumnRecord(
        name: column.name, kind: column.kind.rawValue,
        role: roles.first ?? (column.isFeature ? "feature" : "none"), roles: roles,
        why: column.why + Self.purpose(position, comparison.real.intended)
          + (comparison.unfit[position].map { [$0] } ?? []),
        representation: comparison.representation[position], profile: outcome.profiles[position])
    }
  }
}
