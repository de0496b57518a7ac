public import AssayDocument
import AssayNumerics
public import AssayTable

/// Cramér's V of the two-row table of every column, and their mean, with the chi-square test.
///
/// ```
/// V = √(½ Σ_c (p_c − q_c)²/(p_c + q_c))
/// ```
///
/// over the cells of ``TotalVariation``: the effect size of the table of side by cell, both sides
/// counting alike, so that it does not depend on how many synthetic rows there are. 0 for equal
/// shares, 1 for disjoint ones. The test is Pearson's on the counts; the rarest cells are pooled
/// until at most one expected count in five is below 5 and none below 1. The details give the
/// statistic, the likelihood ratio G, V of the table as it is, and the cell that differs most. It
/// cannot see relations between columns, nor differences inside a cell.
///
/// - Complexity: As ``TotalVariation``, whose pass over the rows it shares.
///
/// Source: Cochran (1954), Some methods for strengthening the common χ² tests,
/// doi:10.2307/3001616; Cramér (1946), Mathematical Methods of Statistics, section 21.9.
public struct ChiSquareDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.chi-square", title: "Chi-square effect size", dimension: .fidelity,
      summary: "How strongly each column's values are tied to the side that a row comes from.",
      formula: "√(½ Σ_c (p_c − q_c)²/(p_c + q_c)) over the cells of total variation",
      direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: ["order of rows", "order of columns", "names of levels", "real for synthetic"],
      sees: [.shift, .scale, .droppedLevel, .modeCollapse, .missing, .inventedLevel],
      blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; differences inside a cell; copied rows",
      defaults: [
        "pooling":
          "the rarest cells are joined until the test can be trusted (Cochran's rule); the value "
          + "is over the cells as they are",
        "sides": "count alike: V of the table as it is shrinks when there are few synthetic rows",
      ],
      howToRead:
        "0.1 is small, 0.3 medium, 0.5 large as correlations go. The p-value is about the existence "
        + "of a difference; V about its size.",
      citations: [
        .init(
          "Cochran (1954), Some methods for strengthening the common χ² tests",
          doi: "10.2307/3001616"),
        .init("Cramér (1946), Mathematical Methods of Statistics, section 21.9"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let entries = CellEntries(descriptor: descriptor, workspace: workspace, subject: .chiSquare)
    let labels = CellLabels(frame, k: workspace.plan.k)
    return try await entries.result { column, _, table, entry throws(MetricError) in
      entry.details["worst"] = Self.worst(
        table, labels: labels.cells(column, map: frame.fits[column]?.marginalCells))
      do throws(NumericsError) {
        let pooled = try CellPooling(table.real.span, table.synthetic.span)
        guard pooled.count > 1 else { return }
        let test = try chiSquareTwoSample(pooled.first.span, pooled.second.span)
        let ratio = try likelihoodRatioTwoSample(pooled.first.span, pooled.second.span)
        entry.test = TestResult(
          statistic: test.statistic, pValue: test.pValue,
          method: "Pearson's chi-square with \(test.degreesOfFreedom) degrees of freedom, rarest "
            + "cells pooled")
        entry.details["likelihoodRatio"] = .finite(ratio.statistic)
        entry.details["likelihoodRatioP"] = .finite(ratio.pValue)
        entry.details["pooledCells"] = .integer(pooled.joinedCells)
        let rows = table.real.reduce(0, +) + table.synthetic.reduce(0, +)
        entry.details["tableV"] = .finite((test.statistic / rows).squareRoot())
      } catch {
        throw MetricError(error)
      }
    }
  }

  /// The cell that adds most to the statistic.
  private static func worst(
    _ table: CellEntries.Table, labels: [ColumnProfile.Cell]
  ) -> DetailValue {
    let n = table.real.reduce(0, +)
    let m = table.synthetic.reduce(0, +)
    func part(_ cell: Int) -> Double {
      let p = table.real[cell] / n
      let q = table.synthetic[cell] / m
      return (p - q) * (p - q) / (p + q)
    }
    guard let cell = table.cells.indices.max(by: { part($0) < part($1) }), part(cell) > 0,
      table.cells[cell] < labels.count
    else { return .null }
    return .object([
      "cell": .string(labels[table.cells[cell]].label),
      "real": .finite(CellLabels.share(table.real[cell] / n)),
      "synthetic": .finite(CellLabels.share(table.synthetic[cell] / m)),
    ])
  }
}
