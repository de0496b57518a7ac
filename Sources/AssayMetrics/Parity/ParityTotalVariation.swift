public import AssayDocument
import AssayNumerics
public import AssayTable

/// The total variation distance of single columns and of pairs over the cells of published
/// comparisons, so that their figures can be met.
///
/// ```
/// ½ Σ_c |p_c − q_c|
/// ```
///
/// with cells fixed on training: deciles (a, b], the ten commonest levels. Compared with the house
/// cells of ``TotalVariation`` it is blind inside the commonest value and coarse in the tails; it
/// is run only when it is asked for by name.
///
/// - Complexity: O(pairs · rows).
///
/// Source: Platzer & Reutterer (2021), doi:10.3389/fdata.2021.679939.
public struct ParityTotalVariation: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.parity-total-variation", title: "Total variation, parity cells",
      dimension: .fidelity,
      summary: "Total variation of columns and pairs over the cells of published comparisons.",
      formula: "½ Σ_c |p_c − q_c| over training deciles (a, b] and the ten commonest levels",
      direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .scale, .shuffledColumns], blindTo: [],
      cannotSee: "differences inside a decile; levels beyond the ten commonest; copied rows",
      defaults: ["cells": "deciles and ten levels, as published"],
      howToRead:
        "For comparison with published figures. The reference is what the holdout gets against "
        + "training.",
      citations: [
        .init(
          "Platzer & Reutterer (2021), Holdout-based empirical assessment of mixed-type synthetic "
            + "data", doi: "10.3389/fdata.2021.679939")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
    let coded = try parallelMap(columns.count, threads: workspace.threads) {
      index throws(MetricError) -> [TableRole: [Int]] in
      try Self.codes(columns[index], frame)
    }
    var subjects = columns.indices.map { [$0] }
    for first in columns.indices {
      for second in columns.indices where second > first { subjects.append([first, second]) }
    }
    let planned = subjects
    let values = try parallelMap(planned.count, threads: workspace.threads) {
      index throws(MetricError) -> (synthetic: Double, holdout: Double?) in
      let subject = planned[index]
      return (
        Self.distance(subject, coded, to: .synthetic) ?? 1,
        Self.distance(subject, coded, to: .holdout)
      )
    }
    let counts = RowCounts(
      training: frame.rowCount(.training), synthetic: frame.rowCount(.synthetic),
      holdout: frame.rowCount(.holdout))
    var scores: [Score] = []
    for width in [1, 2] {
      let own = planned.indices.filter { planned[$0].count == width }
      guard !own.isEmpty else { continue }
      func score(_ subject: Subject, _ value: Double, _ reference: Double?) -> Score {
        Score(
          metric: descriptor.id, dimension: .fidelity, against: .training, subject: subject,
          parameters: ["k": .integer(width)], outcome: .measured(value), reference: reference,
          n: counts)
      }
      let references = own.compactMap { values[$0].holdout }
      scores.append(
        score(
          .table, own.reduce(0) { $0 + values[$1].synthetic } / Double(own.count),
          references.isEmpty ? nil : references.reduce(0, +) / Double(references.count)))
      for index in own {
        let names = planned[index].map { frame.schema.columns[columns[$0]].name }
        scores.append(
          score(Subject(columns: names), values[index].synthetic, values[index].holdout))
      }
    }
    return MetricResult(scores: scores)
  }

  private static func codes(
    _ column: Int, _ frame: ReferenceFrame
  ) throws(MetricError) -> [TableRole: [Int]] {
    var codes: [TableRole: [Int]] = [:]
    do throws(NumericsError) {
      guard let training = frame.table(.training),
        let bins = try ParityBins(training.columns[column])
      else { return [:] }
      for role in TableRole.allCases {
        if let table = frame.table(role) { codes[role] = bins.codes(table.columns[column]) }
      }
    } catch {
      throw MetricError(error)
    }
    return codes
  }

  /// The distance of training from a role, over joint cells.
  private static func distance(
    _ subject: [Int], _ coded: [[TableRole: [Int]]], to role: TableRole
  ) -> Double? {
    let real = subject.compactMap { coded[$0][.training] }
    let other = subject.compactMap { coded[$0][role] }
    guard real.count == subject.count, other.count == subject.count, let n = real.first?.count,
      let m = other.first?.count
    else { return nil }
    // Joint cells are below 12 · 12, so a code of two digits to the base of 64 is unique.
    var counts: [Int: (real: Int, other: Int)] = [:]
    for row in 0..<n {
      counts[real.reduce(0) { $0 * 64 + $1[row] }, default: (0, 0)].real += 1
    }
    for row in 0..<m {
      counts[other.reduce(0) { $0 * 64 + $1[row] }, default: (0, 0)].other += 1
    }
    var sum = 0.0
    for cell in counts.keys.sorted() {
      let count = counts[cell] ?? (0, 0)
      sum += abs(Double(count.real) / Double(n) - Double(count.other) / Double(m))
    }
    return sum / 2
  }
}
