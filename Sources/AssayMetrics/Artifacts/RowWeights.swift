import AssayDocument
import AssayNumerics
import AssayTable

/// The declared weights of a role's rows, brought to mean 1; `nil` where none are declared.
///
/// A synthetic table that lacks the weight column counts its rows alike. A missing or negative
/// weight counts as 0. Where differences are declared, real rows are weighed to them, and their
/// weights sum to the number of rows that they are worth.
struct RowWeights: Artifact {
  typealias Frame = ReferenceFrame

  var role: TableRole

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Float]? {
    if let intended = frame.intended?.weights[role] { return intended.map { Float($0) } }
    guard let column = frame.schema.indices(of: .weight).first, let table = frame.table(role)
    else { return nil }
    guard frame.unfit[column] == nil || role != .synthetic else { return nil }
    guard let values = table.columns[column].numeric else {
      throw MetricError(code: "weights.kind", message: "the weight column holds no numbers")
    }
    let weights = (0..<values.count).map { max(0, values[$0] ?? 0) }
    let total = pairwiseSum(weights.span)
    guard total > 0 else {
      throw MetricError(code: "weights.zero", message: "no row has a weight above 0")
    }
    let scale = Double(weights.count) / total
    return weights.map { Float($0 * scale) }
  }
}
