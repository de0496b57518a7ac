import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Refuses a reference that holds rows of training or holdout beyond what chance explains.
///
/// An attacker who knows one side already would tell the sides apart without the synthetic rows. A row
/// of a true reference repeats a training row about as often as one training row repeats another, and a
/// holdout row as often as training rows do. A count of repeats whose chance is below one in a million,
/// and which is more than a hundredth of the reference, is no chance.
struct ReferenceCheck {
  private static let smallestChance = 1e-6
  private static let smallestShare = 0.01

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
    let rows = own.keys.count
    let repeated = own.keys.count { known[$0] != nil }
    // One more than was seen keeps the expected share above zero.
    let chanceShare = min(1, Double(expected + 1) / Double(total + 1))
    guard Double(repeated) / Double(rows) - chanceShare > Self.smallestShare else { return }
    let chance: Double
    do throws(NumericsError) {
      chance = try binomialUpperTail(atLeast: repeated, trials: rows, probability: chanceShare)
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
    guard chance < Self.smallestChance else { return }
    let name = real.referenceSource?.name ?? "reference"
    throw EvaluationError(
      .data,
      [
        "\(name) is no reference: \(repeated) of its \(rows) rows are also in the \(side); chance "
          + "would explain about \(Int((chanceShare * Double(rows)).rounded()))"
      ],
      remedy: "give rows of the same population that neither side holds, or leave --reference out")
  }
}
