import AssayMetrics
import AssayPrivacy
import AssayNumerics
import AssayTable

/// Training rows with noise of a twentieth of a standard deviation on their numbers.
///
/// No row equals a training row, and every one gives it away. Numbers keep their decimals.
struct JitteredCopyBaseline: BaselineGenerator {
  let id = "jittered-copy"
  let title = "copy with 5 % noise"

  func rows(_ comparison: Comparison, _ random: inout RandomStream) -> AlignedTable {
    let copied = CopyBaseline().rows(comparison, &random)
    return RowNoise(
      schema: comparison.schema,
      deviations: comparison.real.fits.map { $0?.numeric?.standardDeviation ?? 0 }, share: 0.05
    ).applied(to: copied, &random)
  }
}
