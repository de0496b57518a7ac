import AssayNumerics
import AssayTable

/// Training rows with every column drawn on its own: right columns, no relations.
struct ShuffledColumnsBaseline: BaselineGenerator {
  let id = "shuffled-columns"
  let title = "shuffled columns"

  func rows(_ comparison: Comparison, _ random: inout RandomStream) -> AlignedTable {
    let training = comparison.real.training
    let count = comparison.synthetic.rowCount
    return AlignedTable(
      rowCount: count,
      columns: training.columns.map { column in
        column.rows(Baselines.dealt(count, of: training.rowCount, &random))
      })
  }
}
