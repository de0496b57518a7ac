import AssayDocument
import AssayMetrics
import AssayTable

/// Refuses a reference that holds rows of training or holdout beyond what chance explains.
///
/// An attacker who knows one side already would tell the sides apart without the synthetic rows. A row
/// of a true reference repeats a training row about as often as one training row repeats another, and a
/// holdout row as often as training rows do.
struct ReferenceCheck {
  private let real: RealTables

  init(_ real: RealTables) { self.real = real }

  func run() throws(EvaluationError) {
    guard let reference = real.reference else { return }
    let columns = real.schema.featureIndices
    let own = RowKeys(reference, columns: columns)
    let training = RowKeys(real.training, columns: columns)
    let known = training.counts()
    let twins = training.keys.count { (known[$0] ?? 0) > 1 }
    try check(own, known, expected: twins, of: training.keys.count, "training table")
    guard let holdout = real.holdout else { return }
    let others = RowKeys(holdout, columns: columns).counts()
    let repeated = training.keys.count { others[$0] != nil }
    try check(own, others, expected: repeated, of: training.keys.count, "holdout")
  }

  private func check(
    _ own: RowKeys, _ known: [RowKeys.Key: Int], expected: Int, of total: Int, _ side: String
  ) throws(EvaluationError) {
    guard let found = try RepeatedRows(own, in: known, expected: expected, of: total) else {
      return
    }
    throw EvaluationError(
      .data,
      [
        found.sentence(
          real.referenceSource?.name ?? "reference", isNo: "reference", alsoIn: side)
      ],
      remedy: "give rows of the same population that neither side holds, or leave --reference out")
  }
}
