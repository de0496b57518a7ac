import AssayNumerics
import AssayTable

/// Half copied training rows, half shuffled columns.
///
/// Every mean over rows looks middling, in fidelity as in privacy, while half of the rows are
/// people and the other half is noise.
struct HalfAndHalfBaseline: BaselineGenerator {
  let id = "half-and-half"
  let title = "half copied rows, half shuffled columns"

  func rows(_ comparison: Comparison, _ random: inout RandomStream) -> AlignedTable {
    let shuffled = ShuffledColumnsBaseline().rows(comparison, &random)
    let places = Baselines.dealt(shuffled.rowCount / 2, of: shuffled.rowCount, &random)
    let sources = Baselines.dealt(
      places.count, of: comparison.real.training.rowCount, &random)
    return shuffled.replacing(places, with: sources, of: comparison.real.training)
  }
}
