import AssayNumerics
import AssayTable

/// The synthetic rows under test with one in twenty replaced by a training row.
struct LeakBaseline: BaselineGenerator {
  let id = "leak-5"
  let title = "this table with 5 % copied rows"
  let usesSynthetic = true

  func rows(_ comparison: Comparison, _ random: inout RandomStream) -> AlignedTable {
    let count = comparison.synthetic.rowCount
    let places = Baselines.dealt((count + 10) / 20, of: count, &random)
    let sources = Baselines.dealt(
      places.count, of: comparison.real.training.rowCount, &random)
    return comparison.synthetic.replacing(places, with: sources, of: comparison.real.training)
  }
}
