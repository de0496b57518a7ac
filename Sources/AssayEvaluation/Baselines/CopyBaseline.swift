import AssayNumerics
import AssayTable

/// Training rows handed out as synthetic, each once while they last: right in all, and a leak.
struct CopyBaseline: BaselineGenerator {
  let id = "copy"
  let title = "copy of the real rows"

  func rows(_ comparison: Comparison, _ random: inout RandomStream) -> AlignedTable {
    let training = comparison.real.training
    return training.rows(
      Baselines.dealt(comparison.synthetic.rowCount, of: training.rowCount, &random))
  }
}
