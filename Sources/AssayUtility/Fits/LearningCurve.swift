import AssayDocument
package import AssayMetrics
import AssayNumerics
package import AssayTable
import Foundation

/// What boosted trees get that are trained on ever more real rows.
package struct LearningCurves: Artifact {
  package typealias Frame = ReferenceFrame

  /// The target's place in the schema.
  package var target: Int

  package init(target: Int) { self.target = target }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> LearningCurve? {
    guard let found = try await workspace.value(of: GapOfTarget(target: target)),
      let gap = found.gap, found.rows.role == .holdout,
      let fit = try await workspace.value(of: LearnerFits(target: target, learner: .boostedTrees)),
      let spread = try await workspace.value(of: RefitSpreads(target: target))
    else { return nil }
    do throws(NumericsError) {
      return try LearningCurve(
        found.rows, fit: fit, gap: gap, spread: spread, settings: workspace.plan.utility,
        level: workspace.plan.level, seed: workspace.plan.seed, threads: workspace.threads)
    } catch {
      throw MetricError(error)
    }
  }
}

/// A learning curve and the number of real rows that the synthetic rows are worth.
///
/// The means over subsets of each size are made monotone (pool adjacent violators), and the curve runs
/// straight between them over the logarithm of the size.
package struct LearningCurve: Sendable {
  /// Sizes, ascending.
  package var sizes: [Int]
  /// The mean of the measure at each size, made monotone.
  package var values: [Double]
  /// Subsets of each size.
  package var repeats: [Int]
  /// The number of real rows that train as well, with the ends of its interval.
  package var rows: (value: Double, lower: Double, upper: Double)
  /// One-sided bounds of it.
  package var bounds: (lower: Double, upper: Double)

  /// Subsets smaller than this teach too little to be worth a point.
  private static let smallest = 25

  init?(
    _ rows: TargetRows.Found, fit: LearnerFit, gap: PairedGap, spread: RefitSpread,
    settings: UtilitySettings, level: Double, seed: UInt64, threads: Int
  ) throws(NumericsError) {
    let full = fit.trainingRows
    let sizes = [1, 2, 3, 4, 6, 8].map { full >> $0 }.filter { $0 >= Self.smallest }.sorted()
    guard !sizes.isEmpty else { return nil }
    let test = rows.test
    let task = rows.problem.task
    let repeats = max(1, settings.curveRepeats)
    let jobs = sizes.flatMap { size in (0..<repeats).map { (size, $0) } }
    let found = try parallelChunks(count: jobs.count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> Double in
      let (size, draw) = jobs[jobs.count - 1 - range.lowerBound]
      var stream = RandomStream(
        seed: seed, path: ["learning-curve", rows.problem.name, String(size), String(draw)])
      var order = Array(0..<full)
      stream.shuffle(&order)
      let model = try Learner.boostedTrees.train(
        rows.training.rows(order.prefix(size)), task: task, trees: settings.trees)
      return try gap.measure.value(try model.predictions(test), test, task: task)
    }
    let values = Array(found.reversed())
    self.sizes = sizes + [full]
    self.repeats = sizes.map { _ in repeats } + [1]
    let means = sizes.indices.map { place in
      values[place * repeats..<(place + 1) * repeats].reduce(0, +) / Double(repeats)
    }
    self.values = Self.monotone(means + [gap.real], weights: self.repeats.map(Double.init))
    let curve = (self.sizes, self.values)
    let centre = Self.inverse(gap.synthetic, curve)
    // A point of the curve is a mean over subsets, whose models vary as their size lets them.
    let place = self.sizes.firstIndex { Double($0) >= centre } ?? sizes.count
    let ofCurve =
      spread.real * Double(full) / (Double(self.sizes[place]) * Double(self.repeats[place]))
    let deviation = (gap.deviation * gap.deviation + ofCurve).squareRoot()
    func ends(_ tail: Double) throws(NumericsError) -> (lower: Double, upper: Double) {
      let reach = try normalQuantile(tail) * deviation
      return (
        Self.inverse(gap.synthetic - reach, curve), Self.inverse(gap.synthetic + reach, curve)
      )
    }
    let interval = try ends((1 + level) / 2)
    self.rows = (centre, interval.lower, interval.upper)
    bounds = try ends(level)
  }

  /// The ascending values nearest to `values` in least squares.
  static func monotone(_ values: [Double], weights: [Double]) -> [Double] {
    var blocks: [(mean: Double, weight: Double, count: Int)] = []
    for (value, weight) in zip(values, weights) {
      blocks.append((value, weight, 1))
      while blocks.count > 1, blocks[blocks.count - 2].mean > blocks[blocks.count - 1].mean {
        let last = blocks.removeLast()
        let before = blocks.removeLast()
        let total = last.weight + before.weight
        blocks.append(
          (
            (last.mean * last.weight + before.mean * before.weight) / total, total,
            last.count + before.count
          ))
      }
    }
    return blocks.flatMap { [Double](repeating: $0.mean, count: $0.count) }
  }

  /// The size at which an ascending curve reaches a value; its ends where it lies beyond them.
  static func inverse(_ value: Double, _ curve: (sizes: [Int], values: [Double])) -> Double {
    let (sizes, values) = curve
    guard let upper = values.firstIndex(where: { $0 >= value }) else {
      return Double(sizes[sizes.count - 1])
    }
    guard upper > 0 else { return Double(sizes[0]) }
    let (low, high) = (values[upper - 1], values[upper])
    let share = high > low ? (value - low) / (high - low) : 1
    let (from, to) = (log(Double(sizes[upper - 1])), log(Double(sizes[upper])))
    return exp(from + share * (to - from))
  }
}
