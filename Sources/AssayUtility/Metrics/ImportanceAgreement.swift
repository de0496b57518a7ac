public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable
import Foundation

/// Whether the same columns matter to models trained on real and on synthetic rows.
///
/// ```
/// Spearman's correlation of the permutation importances of both models on the same real rows
/// ```
///
/// Boosted trees; importance is what the mean loss rises by where a column is dealt anew among the
/// rows. `details` has the gains within the trees, too. At most the 40 columns that either model uses
/// most. What a fresh real sample gets is what models of two halves of the real rows agree by, which is
/// a little less than models of all of them would.
///
/// - Complexity: O(columns · rows · trees · depth).
///
/// Source: Breiman (2001), doi:10.1023/A:1010933404324; Spearman (1904).
public struct ImportanceAgreement: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.importance-agreement", title: "Importance of columns", dimension: .utility,
      summary: "Whether the same columns matter to models of real and of synthetic rows.",
      formula: "Spearman's correlation of permutation importances on the same real rows",
      lowerLimit: -1, upperLimit: 1, direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"], sees: [], blindTo: [],
      cannotSee:
        "how a column matters, only how much; which of two like columns is the one that counts",
      defaults: [
        "rows":
          "2,000 that columns are dealt anew among: enough for the order of columns that matter",
        "columns": "40 at most: those that either model uses most",
      ],
      howToRead:
        "1 means the same order. Columns that hardly matter are in chance order, so that fresh real "
        + "rows stay below 1, too.",
      citations: [
        .init("Breiman (2001), Random forests", doi: "10.1023/A:1010933404324"),
        .init(
          "Fisher, Rudin & Dominici (2019), All models are wrong, but many are useful, JMLR 20(177)"
        ),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var listing = TargetListing(descriptor, frame)
    let targets = try await workspace.value(of: Targets())
    for problem in targets.problems {
      guard let found = try await workspace.value(of: GapOfTarget(target: problem.column)) else {
        continue
      }
      guard let gap = found.gap else {
        listing.refuse(problem.name, found.reason ?? "", found.rows.against)
        continue
      }
      guard
        let importance = try await workspace.value(of: FeatureImportances(target: problem.column))
      else {
        listing.refuse(
          problem.name,
          gap.isLearned
            ? "either model uses no columns, or fewer than three are there to rank"
            : "real rows teach nothing of \(problem.name), so that no column matters",
          found.rows.against)
        continue
      }
      do throws(NumericsError) {
        listing.add(try score(importance, found, workspace.plan.level))
      } catch {
        throw MetricError(error)
      }
    }
    return listing.result(targets)
  }

  private func score(
    _ importance: FeatureImportance, _ found: GapOfTarget.Found, _ level: Double
  ) throws(NumericsError) -> Score {
    let rows = found.rows
    var n = RowCounts(training: rows.size, synthetic: min(rows.size, rows.synthetic.count))
    if rows.role == .holdout { n.holdout = importance.rows }
    let value = importance.agreement
    let centre = FeatureImportance.fisher(value)
    let spread = (1 - importance.fresh * importance.fresh) * importance.deviation
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: rows.against,
      subject: Subject(target: found.problem.name), outcome: .measured(value),
      unit: descriptor.unit,
      floor: ScoreFloor(value: importance.fresh, spread: spread, method: "halves of the real rows"),
      n: n)
    let reach = try normalQuantile((1 + level) / 2) * importance.deviation
    score.interval = ScoreInterval(
      lower: min(value, tanh(centre - reach)), upper: max(value, tanh(centre + reach)),
      level: level, method: "fisher-z, rows weighed at random")
    let bound = try normalQuantile(level) * importance.deviation
    score.bounds = ScoreBounds(
      lower: min(value, tanh(centre - bound)), upper: max(value, tanh(centre + bound)),
      level: level)
    score.details = [
      "columns": .array(
        importance.columns.indices.sorted {
          (importance.real[$0], $1) > (importance.real[$1], $0)
        }.map { place in
          .object([
            "column": .string(importance.columns[place]),
            "real": .finite(Published.rounded4(importance.real[place])),
            "synthetic": .finite(Published.rounded4(importance.synthetic[place])),
            "realGain": .finite(Self.share(importance.gains.real, place)),
            "syntheticGain": .finite(Self.share(importance.gains.synthetic, place)),
          ])
        })
    ]
    if let gain = importance.gainAgreement {
      score.details["gainAgreement"] = .finite(Published.rounded4(gain))
    }
    return score
  }

  private static func share(_ gains: [Double], _ place: Int) -> Double {
    let total = gains.reduce(0, +)
    return total > 0 ? Published.rounded4(gains[place] / total) : 0
  }
}
