import AssayDocument
import AssayTable

/// Makes the scores of a difference of an association of tables, in one or both directions.
struct TableAssociationScores {
  /// Which column of a pair is predicted.
  enum Predicted: Sendable { case first, second }

  /// One quantity of each pair.
  struct Part {
    var quantity: PairStatistics.Quantity
    /// The coefficient whose difference it is.
    var coefficient: KeyPath<TableAssociation, Double>
    /// Which column of a pair is predicted, where it is directed.
    var direction: Predicted?
  }

  let descriptor: MetricDescriptor
  let workspace: Workspace<ReferenceFrame>

  /// The result over all parts and real sides; the score of the table is the mean over the parts.
  func result(_ parts: [Part]) async throws(MetricError) -> MetricResult {
    let scores = PairScores(
      descriptor: descriptor, workspace: workspace, anchor: "shuffled-columns", listedShare: 4)
    let plan = try await workspace.value(of: PairPlan())
    let sides = try await workspace.value(of: PairCalibration())
    guard !sides.isEmpty else { return scores.nothing() }
    var result = MetricResult(scores: [])
    for against in [Against.training, .holdout] {
      guard let side = sides[against] else { continue }
      let entries = parts.flatMap { part in side.pairs.map { Self.entry($0, part) } }
      let made = try scores.scores(
        entries, mean: Self.mean(parts.map { side[$0.quantity] }), against: against,
        planned: plan.pairs.count, possible: plan.total)
      result.scores += made.scores
      result.unlisted += made.unlisted
    }
    return result
  }

  private static func entry(_ pair: PairCalibration.Pair, _ part: Part) -> PairScores.Entry {
    let predicted = part.direction == .second ? [pair.columns[1], pair.columns[0]] : pair.columns
    return PairScores.Entry(
      columns: predicted, given: part.direction == nil ? nil : predicted[1],
      calibrated: pair[part.quantity],
      details: [
        "real": .finite(pair.real[keyPath: part.coefficient]),
        "synthetic": .finite(pair.synthetic[keyPath: part.coefficient]),
        "shuffled": .finite(pair.shuffled[keyPath: part.coefficient]),
      ])
  }

  /// The mean of several averages; their chance may go together, so deviations are averaged.
  private static func mean(_ parts: [PairCalibration.Calibrated]) -> PairCalibration.Calibrated {
    let count = Double(max(1, parts.count))
    func average(_ value: (PairCalibration.Calibrated) -> Double) -> Double {
      parts.reduce(0) { $0 + value($1) } / count
    }
    return PairCalibration.Calibrated(
      value: average(\.value), deviation: average(\.deviation),
      floor: ScoreFloor(
        value: average(\.floor.value), spread: average(\.floor.spread),
        method: FloorMethod.splits),
      baseline: average(\.baseline))
  }
}
