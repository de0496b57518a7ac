public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Values that name somebody and that the synthetic table repeats: identifiers, e-mail addresses, phone
/// numbers and long texts that one training row alone has.
///
/// ```
/// replayed = #{values of exactly one training row that some synthetic row has}
/// ```
///
/// The same count over the holdout shows what chance gives: where values of holdout rows come back as
/// often, they are no trace of training. A direct identifier counts where no value of the holdout comes
/// back, or where training values come back more often by an exact test at 1 in 1,000 over all
/// columns. Counters such as 1, 2, 3, … name nobody and are left out.
///
/// - Complexity: O(cells of the columns looked at).
///
/// Source: counts of replayed personal values are common practice; the control is ours. Fisher's exact
/// test by the hypergeometric law.
public struct ReplayedValues: Metric {
  /// Makes the metric.
  public init() {}

  /// A repeated name is one whatever shares were declared.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.replayed-values", title: "Replayed values", dimension: .privacy,
      summary:
        "How many identifiers, addresses, numbers and long texts of single training rows the "
        + "synthetic table repeats beyond chance.",
      formula:
        "#{values of exactly one training row that recur in synthetic} where the holdout does "
        + "not explain them",
      unit: "values", upperLimit: nil, direction: .lowerIsBetter, frame: .exchangeable,
      anchor: .copiedRows, invariances: ["order of rows", "order of columns"], sees: [],
      blindTo: [.shuffledColumns],
      cannotSee: "names inside a text, values that were rewritten, levels of category columns",
      defaults: [
        "form": "compared without case and needless blanks; of phone numbers the digits",
        "texts": "20 characters or more: shorter ones are phrases that anybody may write",
      ],
      howToRead:
        "Anything above 0 is a real person's value in the synthetic table. Where no column "
        + "could name anybody, nothing is replayed: 0.",
      citations: [])
  }

  /// One column's counts.
  private struct Count {
    var column: ReplayColumn
    var unique, replayed: Int
    var holdoutUnique, holdoutReplayed: Int?
    var pValue: Double?
    /// Values beyond chance.
    var excess: Int
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.columns.indices.compactMap { ReplayColumn(frame, column: $0) }
    var counts: [Count] = []
    for column in columns {
      do throws(NumericsError) {
        counts.append(try Self.count(column, level: 0.001 / Double(columns.count)))
      } catch {
        throw MetricError(error)
      }
    }
    let level = workspace.plan.level
    let n = RowCounts(
      training: frame.rowCount(.training), synthetic: frame.synthetic.rowCount,
      holdout: frame.rowCount(.holdout))
    func score(_ value: Double, _ subject: Subject) -> Score {
      Score(
        metric: descriptor.id, dimension: .privacy, against: .training, subject: subject,
        outcome: .measured(value), unit: descriptor.unit,
        bounds: ScoreBounds(counted: value, level: level),
        floor: ScoreFloor(value: 0, spread: 1e-9, method: FloorMethod.closedForm), n: n)
    }
    let direct = counts.filter { $0.column.kind.isDirect }.reduce(0) { $0 + $1.excess }
    var table = score(Double(counts.reduce(0) { $0 + $1.excess }), .table)
    table.details = [
      "columns": .integer(counts.count), "direct": .integer(direct),
      "replayed": .integer(counts.reduce(0) { $0 + $1.replayed }),
    ]
    return MetricResult(
      scores: [table]
        + counts.map { count in
          var own = score(Double(count.excess), Subject(columns: [count.column.name]))
          own.details = [
            "kind": .string(count.column.kind.rawValue),
            "direct": .boolean(count.column.kind.isDirect),
            "unique": .integer(count.unique), "replayed": .integer(count.replayed),
            "holdoutUnique": count.holdoutUnique.map { .integer($0) } ?? .null,
            "holdoutReplayed": count.holdoutReplayed.map { .integer($0) } ?? .null,
          ]
          if let pValue = count.pValue {
            own.test = TestResult(
              statistic: Double(count.replayed), pValue: pValue,
              method: "Fisher's exact test of unique values of training and holdout")
          }
          return own
        })
  }

  private static func count(
    _ column: ReplayColumn, level: Double
  ) throws(NumericsError) -> Count {
    let synthetic = Set(column.synthetic)
    func uniques(_ keys: [UInt64], _ others: Set<UInt64>) -> (all: Int, replayed: Int) {
      var counts: [UInt64: Int] = [:]
      for key in keys { counts[key, default: 0] += 1 }
      // A value that both sides have is no trace of either.
      let single = counts.filter { $0.value == 1 && !others.contains($0.key) }
      return (single.count, single.count { synthetic.contains($0.key) })
    }
    let training = uniques(column.training, Set(column.holdout ?? []))
    var count = Count(
      column: column, unique: training.all, replayed: training.replayed,
      excess: training.replayed)
    guard let holdout = column.holdout else { return count }
    let other = uniques(holdout, Set(column.training))
    count.holdoutUnique = other.all
    count.holdoutReplayed = other.replayed
    let total = training.all + other.all
    let successes = training.replayed + other.replayed
    guard training.all > 0, total > training.all, successes > 0 else {
      // Nothing to compare with, or nothing came back.
      return count
    }
    let pValue = try hypergeometricUpperTail(
      atLeast: training.replayed, marked: successes, unmarked: total - successes,
      drawn: training.all)
    count.pValue = pValue
    let isMany = 2 * training.all > column.training.count
    let isTrace =
      pValue <= level
      // A value that one row alone has, in a column of such values, does not come back by chance.
      || (other.replayed == 0 && column.kind.isDirect && isMany)
    let expected = Double(other.replayed) / Double(max(1, other.all)) * Double(training.all)
    count.excess = isTrace ? max(1, training.replayed - Int(expected.rounded())) : 0
    return count
  }
}
