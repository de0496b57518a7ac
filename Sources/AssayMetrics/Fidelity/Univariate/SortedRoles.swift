import AssayDocument
import AssayNumerics
import AssayTable

/// The sorted present values of some columns in every role.
struct SortedRoles: Sendable {
  private var values: [TableRole: [Int: [Double]]] = [:]

  init(_ columns: [Int], in workspace: Workspace<ReferenceFrame>) async throws(MetricError) {
    for role in TableRole.allCases where workspace.frame.rowCount(role) != nil {
      var own: [Int: [Double]] = [:]
      for column in columns
      where role != .synthetic || workspace.frame.unfit[column] == nil {
        own[column] = try await workspace.value(of: SortedColumn(role: role, column: column))
      }
      values[role] = own
    }
  }

  /// Empty where a role or a column is absent.
  subscript(column: Int, role: TableRole) -> [Double] { values[role]?[column] ?? [] }
}
