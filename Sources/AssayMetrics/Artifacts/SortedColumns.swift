import AssayDocument
import AssayNumerics
import AssayTable

/// The present values of one column of numbers, ascending.
struct SortedColumn: Artifact {
  typealias Frame = ReferenceFrame

  var role: TableRole
  var column: Int

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Double] {
    if role == .training, let fit = frame.fits[column]?.numeric { return fit.sorted }
    guard let values = frame.table(role)?.columns[column].numeric else {
      throw MetricError(code: "column.kind", message: "the column holds no numbers")
    }
    return sortedCopy(values.presentValues.span)
  }
}
