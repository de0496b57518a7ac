public import AssayDocument
import AssayNumerics
public import AssayTable

/// Whether missing values go with the values that are there as they do in real rows, by column.
///
/// ```
/// ½ (|A_real(real) − A_real(synthetic)| + |A_synthetic(synthetic) − A_synthetic(real)|)
/// ```
///
/// A_r(s) is the area under the ROC curve of boosted trees that are trained on half of the rows of r
/// to say of a row whether it lacks a value of the column, from all other columns, and tried on the
/// other half of the rows of s. Where values are missing at random among real rows both areas are ½;
/// where they are missing with age, say, the first is above, and a generator that drops values at
/// random shows an area of ½ under the real model. The second difference sees what only synthetic rows
/// have. ``MissingRate`` and ``MissingPatterns`` see none of it.
///
/// Rows that are alike are in one half, whichever side they are on, so that copies are judged by a model
/// that has not seen them. Given its model both areas of a difference are independent: DeLong's variances
/// give what a fresh real sample gets, and a normal p-value, the smaller of two twice. Columns of text
/// are not looked at.
///
/// - Complexity: O(trees · depth · rows · columns) a column that lacks values.
///
/// Source: Little & Rubin (2019), Statistical Analysis with Missing Data, section 1.3,
/// doi:10.1002/9781119482260; DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595.
public struct MissingDependence: Metric {
  /// Columns that are looked at, at most.
  private static let limit = 20
  /// Rows of a side, at most.
  private static let rowLimit = 5_000
  /// Trees, at most.
  private static let trees = 50
  /// Rows that lack the value, and rows that have it, in each half of a side, at least.
  static let fewest = 20

  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.missing-dependence", title: "What missing values go with",
      dimension: .fidelity,
      summary: "Whether missing values go with other columns as they do in real rows.",
      formula:
        "mean over both models of |AUC of missing on real − on synthetic rows|, held out",
      upperLimit: 1, direction: .lowerIsBetter, anchor: .none,
      invariances: [
        "order of rows", "order of columns", "names of levels",
        "linear transforms of a number on all sides",
      ],
      sees: [], blindTo: [],
      cannotSee:
        "how many values are missing; whether what is missing would have been large; what trees of "
        + "a few thousand rows do not find",
      defaults: [
        "columns":
          "the 20 that lack most training values, and have 20 rows with and without in a half",
        "trees": "50 of depth 6", "rows": "5,000 of a side",
      ],
      howToRead:
        "0.1 means that which rows lack a value is a tenth of the area easier or harder to say than in "
        + "real rows. The details give all four areas.",
      citations: [
        .init(
          "Little & Rubin (2019), Statistical Analysis with Missing Data, section 1.3",
          doi: "10.1002/9781119482260"),
        .init(
          "DeLong, DeLong & Clarke-Pearson (1988), Comparing the areas under two or more correlated "
            + "receiver operating characteristic curves", doi: "10.2307/2531595"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let limit = min(Self.rowLimit, workspace.plan.classifierRows)
    var tables: [TableRole: EncodedTable] = [:]
    for role in TableRole.allCases where frame.rowCount(role) != nil {
      tables[role] = try await workspace.value(of: EncodedRows(role: role, limit: limit))
    }
    guard let training = tables[.training], let synthetic = tables[.synthetic] else {
      throw MetricError(code: "role.absent", message: "training and synthetic rows are expected")
    }
    let width = training.width
    let lacking = (0..<width).map { column in
      (0..<training.count).count { training.values[$0 * width + column].isNaN }
    }
    // Columns are in the order of their names.
    let chosen = (0..<width).filter { lacking[$0] > 0 && width > 1 }
      .sorted { (lacking[$1], $0) < (lacking[$0], $1) }.prefix(Self.limit)
    let places = training.encoding.columns.map(\.place)
    let trees = min(Self.trees, workspace.plan.classifierTrees)
    let all = tables
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace,
      nothing: "no column has 20 rows with a value and 20 without in a half of each side"
    ).result(chosen.map { places[$0] }) { place, role throws(MetricError) in
      guard let column = places.firstIndex(of: place), let real = all[role] else { return [] }
      do throws(NumericsError) {
        return [try Self.entry(place, column, real, synthetic, trees: trees)]
      } catch {
        throw MetricError(error)
      }
    }
  }

  private static func entry(
    _ place: Int, _ column: Int, _ real: EncodedTable, _ synthetic: EncodedTable, trees: Int
  ) throws(NumericsError) -> MeasuredColumns.Entry {
    var entry = MeasuredColumns.Entry(column: place)
    let sides = [LackingRows(real, column), LackingRows(synthetic, column)]
    guard sides.allSatisfy({ $0.fewest >= fewest }) else {
      entry.reason =
        "a half of a side has fewer than 20 rows that lack a value, or that have one"
      return entry
    }
    var areas: [[AreaUnderCurve]] = []
    var deviations: [Double] = []
    var least = 1.0
    for trained in 0..<2 {
      let model = try sides[trained].model(trees: trees)
      let own = try sides[trained].area(of: model)
      let other = try sides[1 - trained].area(of: model)
      let deviation = try (own.deLongVariance() + other.deLongVariance()).squareRoot()
      let gap = own.value - other.value
      if deviation > 0 { least = min(least, 2 * normalSurvival(abs(gap) / deviation)) }
      entry.value += abs(gap) / 2
      deviations.append(deviation)
      areas.append([own, other])
    }
    // Both differences are of the same rows: taken as wholly dependent.
    let deviation = (deviations[0] + deviations[1]) / 2
    entry.floor = (
      (2 / Double.pi).squareRoot() * deviation, (1 - 2 / Double.pi).squareRoot() * deviation
    )
    entry.deviation = deviation
    entry.test = TestResult(
      statistic: entry.value, pValue: min(1, 2 * least),
      method: "two areas of one model, DeLong, Bonferroni over two models")
    func share(_ area: AreaUnderCurve) -> DetailValue { .finite(CellLabels.share(area.value)) }
    entry.details = [
      "realModel": .object(["real": share(areas[0][0]), "synthetic": share(areas[0][1])]),
      "syntheticModel": .object(["real": share(areas[1][1]), "synthetic": share(areas[1][0])]),
    ]
    return entry
  }
}

/// The rows of one side in halves, as what is known of whether they lack a value of one column.
private struct LackingRows {
  /// The numbers of all other columns, row-major, of each half.
  var values: [[Float]] = [[], []]
  /// Whether each row lacks the value.
  var lacks: [[Bool]] = [[], []]
  let width: Int

  init(_ table: EncodedTable, _ column: Int) {
    width = table.width - 1
    for row in 0..<table.count {
      // Rows that are alike have one key, so one half.
      let half = Int(truncatingIfNeeded: table.keys[row] >> 17) & 1
      let start = row * table.width
      values[half] += table.values[start..<start + column]
      values[half] += table.values[start + column + 1..<start + table.width]
      lacks[half].append(table.values[start + column].isNaN)
    }
  }

  /// The fewest rows of a half that lack the value, or that have it.
  var fewest: Int {
    lacks.map { own in
      let lacking = own.count { $0 }
      return min(lacking, own.count - lacking)
    }.min() ?? 0
  }

  /// Trees that are trained on half 0.
  func model(trees: Int) throws(NumericsError) -> BoostedTrees {
    let labels: [Float] = lacks[0].map { $0 ? 1 : 0 }
    let own = values[0]
    return try BoostedTrees(
      own.span, labels: labels.span, columns: width,
      parameters: BoostedPair.parameters(trees: trees))
  }

  /// How well a model tells the rows of half 1.
  func area(of model: BoostedTrees) throws(NumericsError) -> AreaUnderCurve {
    let own = values[1]
    let scores = try model.predictions(own.span)
    var lacking: [Double] = []
    var having: [Double] = []
    for (score, lacks) in zip(scores, lacks[1]) {
      if lacks { lacking.append(score) } else { having.append(score) }
    }
    return try AreaUnderCurve(positives: lacking.span, negatives: having.span)
  }
}
