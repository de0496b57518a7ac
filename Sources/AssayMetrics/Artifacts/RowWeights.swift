package import AssayDocument
import AssayNumerics
package import AssayTable

/// The declared weights of a role's rows, brought to a sum of as many rows as they are worth; `nil`
/// where none are declared.
///
/// Rows of unequal weights tell as much as (Σ w)²/Σ w² rows that count alike, so that whatever
/// takes a total for a number of rows, such as a correction of a bias, takes the right one. A
/// synthetic table that lacks the weight column counts its rows alike. A missing or negative weight
/// counts as 0. Where differences are declared, real rows are weighed to them.
///
/// Source: Kish (1965), Survey Sampling, section 11.7.
package struct ExactRowWeights: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole

  package init(role: TableRole) {
    self.role = role
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Double]? {
    if let intended = frame.intended?.weights[role] { return intended }
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
    // By the mean first: squares of large weights could overflow.
    let mean = total / Double(weights.count)
    let relative = weights.map { $0 / mean }
    let squares = pairwiseSum(over: 0..<relative.count) { relative[$0] * relative[$0] }
    let scale = Double(weights.count) / squares
    return relative.map { $0 * scale }
  }
}

/// The weights of ``ExactRowWeights`` in single precision, for counts.
package struct RowWeights: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole

  package init(role: TableRole) {
    self.role = role
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Float]? {
    try await workspace.value(of: ExactRowWeights(role: role))?.map { Float($0) }
  }
}
