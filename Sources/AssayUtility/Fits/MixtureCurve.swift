import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// What boosted trees get that are trained on mixtures of real and synthetic rows.
struct MixtureCurves: Artifact {
  typealias Frame = ReferenceFrame

  var target: Int

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MixtureCurve? {
    guard let found = try await workspace.value(of: GapOfTarget(target: target)),
      let gap = found.gap, found.rows.role == .holdout, found.rows.synthetic.count > 0
    else { return nil }
    do throws(NumericsError) {
      return try MixtureCurve(
        found.rows, measure: gap.measure, settings: workspace.plan.utility,
        seed: workspace.plan.seed, threads: workspace.threads)
    } catch {
      throw MetricError(error)
    }
  }
}

/// Models of mixtures, each beside a model of the same real rows alone.
///
/// - *mix*: as many rows throughout, a share of them synthetic;
/// - *added*: all real rows, and synthetic rows as a share of them on top;
/// - *scarce*: a share of the real rows, and as many synthetic rows on top as there are real ones in
///   all.
///
/// Every repetition draws other real and synthetic rows. The gain of a mixture is the mean over
/// repetitions of what it gets less what the real rows of the same repetition get alone; its variance
/// is that of the mean over repetitions and that over the rows that models are judged by.
struct MixtureCurve: Sendable {
  /// A kind of mixture.
  enum Regime: String, Sendable, CaseIterable {
    case mix, added, scarce

    /// The shares that are tried.
    var shares: [Double] {
      switch self {
      case .mix: [0.25, 0.5, 0.75, 1]
      case .added: [0.25, 0.5, 1]
      case .scarce: [0.05, 0.1, 0.25]
      }
    }
  }

  /// A mixture.
  struct Point: Sendable {
    var regime: Regime
    /// The share of synthetic rows, or of real rows where they are scarce.
    var share: Double
    /// Real rows, and synthetic ones.
    var rows: (real: Int, synthetic: Int)
    /// What the real rows get alone, in the mean.
    var alone: Double
    /// What the mixture gets, in the mean.
    var mixed: Double
    /// The standard deviation of the gain.
    var deviation: Double
    /// The degrees of freedom of it.
    var freedom: Double

    /// Mixed less alone; positive is a gain.
    var gain: Double { mixed - alone }
  }

  /// The points, a regime after the other.
  let points: [Point]
  /// Repetitions.
  let repeats: Int
  /// Rows that models were judged by.
  let testRows: Int

  private static let testLimit = 10_000
  /// Fewer leave Student's t too wide to tell anything.
  private static let leastRepeats = 6
  /// Fewer real rows teach too little to be a regime.
  private static let leastRows = 25

  private struct Job: Sendable {
    var point: Int
    var draw: Int
    var real: Int
    var synthetic: Int
    /// The real rows of the model that it is compared with.
    var alone: Int
  }

  init?(
    _ found: TargetRows.Found, measure: HeadlineMeasure, settings: UtilitySettings, seed: UInt64,
    threads: Int
  ) throws(NumericsError) {
    // A part of large sides is enough to see what mixing does.
    let size = min(found.size, settings.refitRows)
    let scarceTop = Double(size)
    let test = measure == .averagePrecision ? found.test : found.test.prefix(Self.testLimit)
    let repeats = max(Self.leastRepeats, settings.curveRepeats)
    var jobs: [Job] = []
    var plan: [(regime: Regime, share: Double, real: Int, synthetic: Int, alone: Int)] = []
    for regime in Regime.allCases {
      for share in regime.shares {
        let part = Int((share * scarceTop).rounded())
        let entry: (regime: Regime, share: Double, real: Int, synthetic: Int, alone: Int) =
          switch regime {
          case .mix: (regime, share, size - part, part, size)
          case .added: (regime, share, size, part, size)
          case .scarce: (regime, share, part, size, part)
          }
        guard regime != .scarce || part >= Self.leastRows else { continue }
        for draw in 0..<repeats {
          jobs.append(
            Job(
              point: plan.count, draw: draw, real: entry.real, synthetic: entry.synthetic,
              alone: entry.alone))
        }
        plan.append(entry)
      }
    }
    guard size >= 2 * Self.leastRows, found.synthetic.count >= size else { return nil }
    let task = found.problem.task
    let name = found.problem.name
    @Sendable func order(_ side: String, _ draw: Int, _ count: Int) -> [Int] {
      var stream = RandomStream(seed: seed, path: ["mixture", name, side, String(draw)])
      var rows = Array(0..<count)
      stream.shuffle(&rows)
      return rows
    }
    // Models of real rows alone serve all mixtures of the same repetition.
    let alone = Set(plan.map(\.alone)).sorted()
    let bases = try parallelChunks(count: alone.count * repeats, chunk: 1, threads: threads) {
      range throws(NumericsError) -> MeasureInfluence in
      let draw = range.lowerBound % repeats
      let rows = found.training.rows(
        order("real", draw, found.training.count).prefix(alone[range.lowerBound / repeats]))
      let model = try Learner.boostedTrees.train(rows, task: task, trees: settings.trees)
      return try Self.judged(measure, try model.predictions(test), test, task)
    }
    let planned = jobs
    let mixtures = try parallelChunks(count: planned.count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> MeasureInfluence in
      let job = planned[range.lowerBound]
      let real = found.training.rows(
        order("real", job.draw, found.training.count).prefix(job.real))
      let other = found.synthetic.rows(
        order("synthetic", job.draw, found.synthetic.count).prefix(job.synthetic))
      let model = try Learner.boostedTrees.train(
        real.appending(other), task: task, trees: settings.trees)
      return try Self.judged(measure, try model.predictions(test), test, task)
    }
    var points: [Point] = []
    for (index, entry) in plan.enumerated() {
      let own = jobs.indices.filter { jobs[$0].point == index }.map { mixtures[$0] }
      let place = alone.firstIndex(of: entry.alone) ?? 0
      let base = Array(bases[place * repeats..<(place + 1) * repeats])
      points.append(try Self.point(entry, own, base))
    }
    self.points = points
    self.repeats = repeats
    testRows = test.count
  }

  /// The measure, with what each row adds to it.
  private static func judged(
    _ measure: HeadlineMeasure, _ predictions: [Double], _ test: LabelledRows,
    _ task: TargetProblem.Task
  ) throws(NumericsError) -> MeasureInfluence {
    // A rare class is judged by the area here too: repetitions say how sure its mean is.
    try MeasureInfluence(measure, predictions, test, task: task)
  }

  private static func point(
    _ entry: (regime: Regime, share: Double, real: Int, synthetic: Int, alone: Int),
    _ own: [MeasureInfluence], _ base: [MeasureInfluence]
  ) throws(NumericsError) -> Point {
    let count = Double(own.count)
    let gains = zip(own, base).map { $0.value - $1.value }
    var rows = [Double](repeating: 0, count: own.first?.rows.count ?? 0)
    for (mixture, alone) in zip(own, base) {
      for row in rows.indices { rows[row] += (mixture.rows[row] - alone.rows[row]) / count }
    }
    let overRows = MeasureInfluence.spread(rows)
    let overDraws = try variance(gains.span) / count
    let total = overRows * overRows + overDraws
    let freedom = overDraws > 0 ? total * total / (overDraws * overDraws / (count - 1)) : 1e6
    return Point(
      regime: entry.regime, share: entry.share, rows: (entry.real, entry.synthetic),
      alone: base.reduce(0) { $0 + $1.value } / count,
      mixed: own.reduce(0) { $0 + $1.value } / count, deviation: total.squareRoot(),
      freedom: min(freedom, 1e6))
  }
}
