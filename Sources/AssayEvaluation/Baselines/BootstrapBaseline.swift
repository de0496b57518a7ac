import AssayNumerics
import AssayTable

/// Training rows drawn with replacement: a leak in which some rows occur several times.
struct BootstrapBaseline: BaselineGenerator {
  let id = "bootstrap"
  let title = "real rows drawn with replacement"

  func rows(_ comparison: Comparison, _ random: inout RandomStream) -> AlignedTable {
    let training = comparison.real.training
    return training.rows(
      (0..<comparison.synthetic.rowCount).map { _ in random.below(training.rowCount) })
  }
}
