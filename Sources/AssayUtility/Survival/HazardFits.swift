import AssayMetrics
import AssayNumerics
import AssayTable

/// How models of hazards of real and of synthetic rows order the same holdout rows.
struct HazardGap: Sendable {
  var real, synthetic: ConcordanceIndex
  /// The standard deviation of the gap over rows to judge by, both models fixed.
  var fixed: Double
  /// What rows to train on add; `nil` where there are too few.
  var spread: RefitSpread?
  /// Real rows that a model was trained on, and synthetic ones.
  var size, syntheticRows: Int
  /// Whether the synthetic rows could teach anything.
  var isFitted: Bool
  var leftOut: [String]
  /// Rows that models were judged by.
  var testRows: Int
  /// Events among the rows of training, among as many synthetic ones, and among those to judge by.
  var events: (training: Int, synthetic: Int, holdout: Int)

  var value: Double { real.value - synthetic.value }

  /// Rows that models trained again are judged by, at most.
  private static let refitTestRows = 4_000

  init(
    _ found: HazardTables.Found, settings: UtilitySettings, seed: UInt64, threads: Int
  ) throws(NumericsError) {
    let surplus = HazardModel.surplus(found.training.rows, seed: seed)
    leftOut = found.leftOut + surplus.map { found.training.rows.columns[$0].name }
    func own(_ rows: HazardRows) -> HazardRows {
      HazardRows(rows: rows.rows.without(surplus), times: rows.times)
    }
    let (training, synthetic, test) = (
      own(found.training), own(found.synthetic), own(found.holdout)
    )
    // As many rows of both; where no synthetic row has a time, all real ones.
    let rows = synthetic.count == 0 ? training.count : min(training.count, synthetic.count)
    size = rows
    testRows = test.count
    syntheticRows = min(rows, synthetic.count)
    let sides = [training.prefix(rows), synthetic.prefix(rows)]
    let models = try parallelChunks(count: 2, chunk: 1, threads: threads) {
      range throws(NumericsError) -> HazardModel in try HazardModel(sides[range.lowerBound])
    }
    isFitted = models[1].isFitted
    real = try Self.judge(models[0], test)
    let other = try Self.judge(models[1], test)
    self.synthetic = other
    fixed = MeasureInfluence.spread(zip(real.influence, other.influence).map { $0 - $1 })
    events = (
      sides[0].events.count { $0 }, sides[1].events.count { $0 }, test.events.count { $0 }
    )
    spread = try Self.refits(
      sides, test.prefix(Self.refitTestRows), settings: settings, seed: seed, threads: threads)
  }

  private static func judge(
    _ model: HazardModel, _ test: HazardRows
  ) throws(NumericsError) -> ConcordanceIndex {
    let (times, events, risks) = (test.times, test.events, model.risks(test.rows))
    return try ConcordanceIndex(times: times.span, events: events.span, risks: risks.span)
  }

  /// Models of halves of either side at most, drawn without replacement.
  private static func refits(
    _ sides: [HazardRows], _ test: HazardRows, settings: UtilitySettings, seed: UInt64,
    threads: Int
  ) throws(NumericsError) -> RefitSpread? {
    let size = min(sides[0].count, sides[1].count)
    let own = min(size / 2, settings.refitRows)
    let count = settings.refits
    guard own >= 10, count >= 2 else { return nil }
    let values = try parallelChunks(count: 2 * count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> Double in
      let side = range.lowerBound / count
      var stream = RandomStream(
        seed: seed,
        path: [
          "hazard-refit", side == 0 ? "training" : "synthetic", String(range.lowerBound % count),
        ])
      var order = Array(0..<size)
      stream.shuffle(&order)
      return try judge(HazardModel(sides[side].rows(order.prefix(own))), test).value
    }
    let scale = Double(own) / Double(size - own)
    let (first, second) = (Array(values.prefix(count)), Array(values.suffix(count)))
    return RefitSpread(
      real: try variance(first.span) * scale, synthetic: try variance(second.span) * scale,
      refits: count, rowsEach: own, testRows: test.count)
  }
}
