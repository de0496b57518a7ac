import AssayDocument
import AssayMetrics
import AssayTable

/// Refuses a holdout that is none: rows of the training table beyond what chance explains.
///
/// A row of a true holdout repeats a training row about as often as one training row repeats another.
struct HoldoutCheck {
  private let real: RealTables

  init(_ real: RealTables) { self.real = real }

  func run() throws(EvaluationError) {
    guard let holdout = real.holdout else { return }
    let columns = real.schema.featureIndices
    let training = RowKeys(real.training, columns: columns)
    let known = training.counts()
    let twins = training.keys.count { (known[$0] ?? 0) > 1 }
    guard
      let found = try RepeatedRows(
        RowKeys(holdout, columns: columns), in: known, expected: twins, of: training.keys.count)
    else { return }
    throw EvaluationError(
      .holdout,
      [
        found.sentence(
          real.sources[.holdout]?.name ?? "holdout", isNo: "holdout", alsoIn: "training table")
      ],
      remedy: "set rows aside before the next training ('assay split REAL'), or leave --holdout out"
    )
  }
}
