public import AssayDocument
import AssayNumerics
public import AssayTable

/// The total variation distance of the patterns of missing values.
///
/// ```
/// ½ Σ over patterns of |share of real rows − share of synthetic rows|
/// ```
///
/// A pattern is the set of columns in which a row lacks a value; every column that is not excluded
/// counts. ``MissingRate`` compares columns one by one; this sees whether they lack values together.
/// It cannot see whether what is missing goes with the values that are there. The details name the
/// pattern that differs most where enough real rows have it. Without a missing value on either side
/// there is nothing to compare.
///
/// - Complexity: O(missing cells + rows).
///
/// Source: Little & Rubin (2019), Statistical Analysis with Missing Data, section 1.2,
/// doi:10.1002/9781119482260.
public struct MissingPatterns: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.missing-patterns", title: "Patterns of missing values", dimension: .fidelity,
      summary: "How far the shares of rows that lack the same values are from the real ones.",
      formula: "½ Σ |share of real rows − share of synthetic rows| over sets of lacking columns",
      direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "values that are there"],
      sees: [.missing],
      blindTo: [.shift, .scale, .droppedLevel, .inventedLevel, .clippedTail, .rounding],
      cannotSee: "whether what is missing goes with the values that are there",
      defaults: ["columns": "all that are not excluded, whatever their kind"],
      howToRead:
        "0.05 means that five rows in a hundred would have to lack other values than they do.",
      citations: [
        .init(
          "Little & Rubin (2019), Statistical Analysis with Missing Data, section 1.2",
          doi: "10.1002/9781119482260")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.columns.indices.filter {
      !frame.schema.columns[$0].isExcluded && frame.unfit[$0] == nil
    }
    let patterns = PatternCounts(frame, columns)
    let nothing = "no value is missing on either side"
    let made = MeasuredColumns(descriptor: descriptor, workspace: workspace, nothing: nothing)
    var result = MetricResult(scores: [])
    for (against, role) in MeasuredColumns.sides where frame.rowCount(role) != nil {
      var counts = RowCounts(synthetic: frame.rowCount(.synthetic))
      if role == .training {
        counts.training = frame.rowCount(role)
      } else {
        counts.holdout = frame.rowCount(role)
      }
      var score = Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: against,
        outcome: .notApplicable(reason: nothing), unit: descriptor.unit, n: counts)
      if patterns.anyMissing(role),
        let gap = CountGap(
          real: patterns[role], synthetic: patterns[.synthetic], pooled: patterns.real)
      {
        let floor = try gap.floor()
        try made.judge(
          &score, gap.value, floor: floor, deviation: gap.deviation(atLeast: floor.spread))
        score.test = try gap.test()
        score.details = patterns.details(gap, role, k: workspace.plan.k, frame)
        if role == .holdout {
          score.reference =
            CountGap(real: patterns[role], synthetic: patterns[.training], pooled: [])?.value
        }
      }
      result.scores.append(score)
    }
    return result
  }
}

/// How many rows of each role have each pattern of missing values.
private struct PatternCounts {
  private var counts: [TableRole: [Double]] = [:]
  /// The columns that rows of each pattern lack.
  private var lacking: [[Int]] = []

  init(_ frame: ReferenceFrame, _ columns: [Int]) {
    // Columns are mixed into a key by exclusive or: two patterns share one with a chance of 2⁻⁶⁴.
    var places: [UInt64: Int] = [0: 0]
    lacking = [[]]
    for role in TableRole.allCases {
      guard let table = frame.table(role) else { continue }
      var keys = [UInt64](repeating: 0, count: table.rowCount)
      for column in columns {
        var mix = RandomStream(seed: UInt64(column), name: "missing pattern")
        let key = mix.next()
        table.columns[column].forEachMissing { keys[$0] ^= key }
      }
      var own = [Double](repeating: 0, count: lacking.count)
      for row in keys.indices {
        let place: Int
        if keys[row] == 0 {
          place = 0
        } else if let known = places[keys[row]] {
          place = known
        } else {
          place = lacking.count
          places[keys[row]] = place
          lacking.append(columns.filter { !table.columns[$0].isPresent(row) })
        }
        if place >= own.count {
          own += [Double](repeating: 0, count: place + 1 - own.count)
        }
        own[place] += 1
      }
      counts[role] = own
    }
  }

  /// The counts of a role; zeros where it is absent.
  subscript(role: TableRole) -> [Double] {
    let own = counts[role] ?? []
    return own + [Double](repeating: 0, count: lacking.count - own.count)
  }

  /// Training and holdout together.
  var real: [Double] { zip(self[.training], self[.holdout]).map { $0 + $1 } }

  /// Whether a value is missing in a real role or in the synthetic rows.
  func anyMissing(_ role: TableRole) -> Bool {
    lacking.indices.dropFirst().contains { self[role][$0] + self[.synthetic][$0] > 0 }
  }

  func details(
    _ gap: CountGap, _ role: TableRole, k: Int, _ frame: ReferenceFrame
  ) -> [String: DetailValue] {
    let own = self[role]
    let synthetic = self[.synthetic]
    var details: [String: DetailValue] = [
      "realPatterns": .integer(own.count { $0 > 0 }),
      "syntheticPatterns": .integer(synthetic.count { $0 > 0 }),
      "newPatterns": .integer(real.indices.count { real[$0] == 0 && synthetic[$0] > 0 }),
    ]
    if let worst = gap.worst, own[worst.cell] == 0 || own[worst.cell] >= Double(k) {
      details["worst"] = .object([
        "lacking": .strings(lacking[worst.cell].map { frame.schema.columns[$0].name }),
        "real": .finite(CellLabels.share(worst.real)),
        "synthetic": .finite(CellLabels.share(worst.synthetic)),
      ])
    }
    return details
  }
}
