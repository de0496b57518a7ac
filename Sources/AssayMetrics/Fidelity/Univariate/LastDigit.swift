public import AssayDocument
import AssayNumerics
public import AssayTable
import Foundation

/// The total variation distance of the last digits of every column of numbers.
///
/// ```
/// ½ Σ over digits 0…9, and "finer", of |share of real values − share of synthetic values|
/// ```
///
/// The last digit is that of the finest decimal that training values are written with; a synthetic
/// value with more decimals is "finer". People round and heap (prices at 0 and 5, blood pressures at
/// even numbers), generators round otherwise or not at all, and any classifier can tell: this says
/// what it saw. Columns that span fewer than fifty steps of the last digit have none to speak of.
/// The details give the shares of multiples of ten and of five steps. Dates are left out; missing
/// values too.
///
/// - Complexity: O(rows) a column.
///
/// Source: A'Hearn, Baten & Crayen (2009), Quantifying quantitative literacy: age heaping and the
/// history of human capital, Journal of Economic History 69, 783–808.
public struct LastDigit: Metric {
  /// Steps of the last digit that a column must span.
  private static let smallestSpan = 50.0

  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.last-digit", title: "Last digits and heaping", dimension: .fidelity,
      summary: "How far the shares of last digits of each column's numbers are from the real ones.",
      formula: "½ Σ_d |p_d − q_d| over last digits d at the training decimals, and finer values",
      direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns"],
      sees: [.rounding], blindTo: [.shuffledColumns, .missing],
      cannotSee: "all digits but the last; relations between columns",
      defaults: [
        "digit": "the finest decimal of the training values",
        "span": "at least fifty steps: else the last digit is the value",
      ],
      howToRead:
        "0.3 means that three values in ten end wrongly. Rounding is easy to mend after generating, "
        + "and gives a synthetic table away at once.",
      citations: [
        .init(
          "A'Hearn, Baten & Crayen (2009), Quantifying quantitative literacy: age heaping and the "
            + "history of human capital, Journal of Economic History 69, 783–808")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter {
      frame.fits[$0]?.numeric != nil && frame.schema.columns[$0].kind != .datetime
    }
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace,
      nothing: "no column of numbers spans fifty steps of its last digit"
    ).result(columns) { column, role throws(MetricError) in
      guard let fit = frame.fits[column]?.numeric else { return [] }
      return [try Self.entry(column, fit, role, frame: frame)]
    }
  }

  private static func entry(
    _ column: Int, _ fit: NumericFit, _ role: TableRole, frame: ReferenceFrame
  ) throws(MetricError) -> MeasuredColumns.Entry {
    var entry = MeasuredColumns.Entry(column: column)
    let declared =
      frame.schema.columns[column].kind == .integer ? 0 : frame.schema.columns[column].decimals
    guard let digits = LastDigits(fit.sorted, decimals: declared) else {
      entry.reason = "the values have too many digits to tell the last one"
      return entry
    }
    guard let low = fit.sorted.first, let high = fit.sorted.last,
      (high - low) * digits.scale >= smallestSpan
    else {
      entry.reason = "the values span fewer than fifty steps of the last digit"
      return entry
    }
    let own = digits.counts(frame.table(role)?.columns[column].numeric)
    let training =
      role == .training ? own : digits.counts(frame.table(.training)?.columns[column].numeric)
    let holdout =
      role == .holdout ? own : digits.counts(frame.table(.holdout)?.columns[column].numeric)
    let synthetic = digits.counts(frame.table(.synthetic)?.columns[column].numeric)
    guard
      let gap = CountGap(
        real: own, synthetic: synthetic, pooled: zip(training, holdout).map { $0 + $1 })
    else {
      entry.reason = "a side has no value"
      return entry
    }
    entry.value = gap.value
    entry.floor = try gap.floor()
    entry.deviation = gap.deviation(atLeast: entry.floor.spread)
    entry.test = try gap.test()
    if role == .holdout {
      entry.reference = CountGap(real: own, synthetic: training, pooled: [])?.value
    }
    let n = own.reduce(0, +)
    let m = synthetic.reduce(0, +)
    func shares(_ cells: [Int]) -> DetailValue {
      .object([
        "real": .finite(CellLabels.share(cells.reduce(0) { $0 + own[$1] } / n)),
        "synthetic": .finite(CellLabels.share(cells.reduce(0) { $0 + synthetic[$1] } / m)),
      ])
    }
    entry.details = [
      "decimals": .integer(digits.decimals), "multiplesOfTen": shares([0]),
      "multiplesOfFive": shares([0, 5]), "finer": shares([10]),
      "worst": .string(
        gap.worst.map { $0.cell == 10 ? "finer" : String($0.cell) } ?? ""),
    ]
    return entry
  }
}

/// The last digits of numbers at the decimals of the training values.
struct LastDigits {
  /// The number of decimals.
  let decimals: Int
  /// Ten to that.
  let scale: Double

  /// - Parameters:
  ///   - sorted: Training values, ascending.
  ///   - decimals: How many are known to be written; `nil` looks at some of the values.
  ///
  /// There are none where a double cannot hold all digits, or more than nine decimals are needed.
  init?(_ sorted: [Double], decimals: Int?) {
    guard let first = sorted.first, let last = sorted.last else { return nil }
    let size = max(abs(first), abs(last))
    var found = decimals
    if found == nil {
      let step = max(1, sorted.count / 500)
      found = (0...9).first { places in
        let scale = pow(10, Double(places))
        return stride(from: 0, to: sorted.count, by: step).allSatisfy {
          Self.isWhole(sorted[$0] * scale)
        }
      }
    }
    guard let places = found, places <= 15 else { return nil }
    self.decimals = places
    scale = pow(10, Double(places))
    // Beyond 10¹⁴ steps rounding of the product would decide the digit.
    guard size * scale < 1e14 else { return nil }
  }

  /// Counts by last digit, values with more decimals last.
  func counts(_ values: NumericValues?) -> [Double] {
    var counts = [Double](repeating: 0, count: 11)
    guard let values else { return counts }
    for row in 0..<values.count where values.validity?[row] ?? true {
      let steps = values.values[row] * scale
      if Self.isWhole(steps), abs(steps) < 9e15 {
        counts[Int(steps.rounded().magnitude) % 10] += 1
      } else {
        counts[10] += 1
      }
    }
    return counts
  }

  private static func isWhole(_ steps: Double) -> Bool {
    abs(steps - steps.rounded()) <= 1e-6 + abs(steps) * 1e-14
  }
}
