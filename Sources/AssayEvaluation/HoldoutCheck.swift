import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Refuses a holdout that is none: rows of the training table beyond what chance explains.
///
/// A row of a true holdout repeats a training row about as often as one training row repeats
/// another. A count of repeats whose chance is below one in a million, and which is more than a
/// hundredth of the holdout, is no chance.
struct HoldoutCheck {
  private static let smallestChance = 1e-6
  private static let smallestShare = 0.01

  private let real: RealTables

  init(_ real: RealTables) { self.real = real }

  func run() throws(EvaluationError) {
    guard let holdout = real.holdout else { return }
    let columns = real.schema.featureIndices
    let training = RowKeys(real.training, columns: columns)
    let other = RowKeys(holdout, columns: columns)
    let known = training.counts()
    let repeated = other.keys.count { known[$0] != nil }
    let twins = training.keys.count { (known[$0] ?? 0) > 1 }
    let n = real.training.rowCount
    // One more than was seen keeps the expected share above zero where no training row has a twin.
    let expected = Double(twins + 1) / Double(n + 1)
    let share = Double(repeated) / Double(holdout.rowCount)
    guard share - expected > Self.smallestShare else { return }
    let chance: Double
    do throws(NumericsError) {
      chance = try binomialUpperTail(
        atLeast: repeated, trials: holdout.rowCount, probability: min(1, expected))
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
    guard chance < Self.smallestChance else { return }
    let name = real.sources[.holdout]?.name ?? "holdout"
    throw EvaluationError(
      .holdout,
      [
        "\(name) is no holdout: \(repeated) of its \(holdout.rowCount) rows are also in the "
          + "training table; chance would explain about "
          + "\(Int((expected * Double(holdout.rowCount)).rounded()))"
      ],
      remedy: "set rows aside before the next training ('assay split REAL'), or leave --holdout out"
    )
  }
}
