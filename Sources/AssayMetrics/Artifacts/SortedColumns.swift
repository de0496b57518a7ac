package import AssayDocument
import AssayNumerics
package import AssayTable

/// The present values of one column of numbers, ascending.
package struct SortedColumn: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole
  package var column: Int

  package init(role: TableRole, column: Int) {
    self.role = role
    self.column = column
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Double] {
    if role == .training, let fit = frame.fits[column]?.numeric { return fit.sorted }
    guard let values = frame.table(role)?.columns[column].numeric else {
      throw MetricError(code: "column.kind", message: "the column holds no numbers")
    }
    return sortedCopy(values.presentValues.span)
  }
}
