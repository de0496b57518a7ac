import AssayDocument
import AssayNumerics
package import AssayTable

/// Random subsamples of the training rows, of growing size: 1 for the groups that are in.
package struct SubsampleDraws: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// The shares of rows that are tried.
  package static let shares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
  /// Subsamples of each share.
  package static func repeats(_ preset: EvaluationPlan.Preset) -> Int { preset == .quick ? 4 : 8 }

  /// Subsamples with their shares.
  package struct Value: Sendable {
    package var draws: Draws
    /// The share of rows of each subsample.
    package var shares: [Double]
    /// Where the subsamples of each size start, with the number of subsamples at the end.
    package var steps: [Int]
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Value {
    let layout = try await workspace.value(of: Shards(role: .training))
    let groups = layout.count
    let repeats = Self.repeats(workspace.plan.preset)
    // Small tables have fewer groups than the smallest share needs.
    let sizes = Set(Self.shares.map { max(1, Int(($0 * Double(groups)).rounded())) })
      .filter { $0 < groups }.sorted()
    var weights = [Float](repeating: 0, count: sizes.count * repeats * groups)
    var shares: [Double] = []
    for (step, size) in sizes.enumerated() {
      for turn in 0..<repeats {
        var stream = RandomStream(
          seed: workspace.plan.seed, path: ["subsample", String(size), String(turn)])
        var positions = Array(0..<groups)
        stream.shuffle(&positions)
        var rows = 0
        for position in positions.prefix(size) {
          weights[(step * repeats + turn) * groups + position] = 1
          rows += layout.offsets[position + 1] - layout.offsets[position]
        }
        shares.append(Double(rows) / Double(max(1, layout.order.count)))
      }
    }
    return Value(
      draws: Draws(replicates: shares.count, groups: groups, weights: weights), shares: shares,
      steps: (0...sizes.count).map { $0 * repeats })
  }
}

/// How far random subsamples of the real rows are from all of them: what a distance is worth in
/// rows.
package struct SubsampleLadder: Sendable {
  /// Shares of rows, ascending.
  package let shares: [Double]
  /// The mean distance at each share, never rising.
  package let distances: [Double]

  /// Averages the subsamples of each size and makes the averages fall with the share.
  package init(_ draws: SubsampleDraws.Value, distances: [Double]) {
    var shares: [Double] = []
    var means: [(sum: Double, count: Double)] = []
    if distances.count == draws.shares.count {
      for (start, end) in zip(draws.steps, draws.steps.dropFirst()) where end > start {
        shares.append(draws.shares[start..<end].reduce(0, +) / Double(end - start))
        means.append((distances[start..<end].reduce(0, +), Double(end - start)))
      }
    }
    self.init(shares: shares, means: means)
  }

  /// Takes means of subsamples: sums with their counts, a share each.
  package init(shares: [Double], means: [(sum: Double, count: Double)]) {
    // Neighbours in the wrong order are pooled until none are left.
    var pools: [(sum: Double, count: Double, size: Int)] = []
    for mean in means {
      pools.append((mean.sum, mean.count, 1))
      while pools.count > 1 {
        let last = pools[pools.count - 1]
        let before = pools[pools.count - 2]
        guard before.sum / before.count < last.sum / last.count else { break }
        pools.removeLast(2)
        pools.append((before.sum + last.sum, before.count + last.count, before.size + last.size))
      }
    }
    self.shares = shares
    distances = pools.flatMap { Array(repeating: $0.sum / $0.count, count: $0.size) }
  }

  /// The share of rows whose random subsample is as far away; `nil` above the least share that was
  /// tried.
  package func share(of distance: Double) -> Double? {
    guard let furthest = distances.first, distance <= furthest else { return nil }
    // All rows are at distance 0.
    let ladder = zip(shares + [1], distances + [0])
    var before: (share: Double, distance: Double)?
    for (share, own) in ladder {
      if let before, distance >= own {
        let gap = before.distance - own
        guard gap > 0 else { return before.share }
        return before.share + (before.distance - distance) / gap * (share - before.share)
      }
      before = (share, own)
    }
    return 1
  }

  /// A share in words: `a random 40 % of the real rows`.
  package func words(_ distance: Double) -> String {
    guard let smallest = shares.first else { return "no subsample of the real rows" }
    guard let share = share(of: distance) else {
      return "less than a random \(Self.percent(smallest)) of the real rows"
    }
    return "a random \(Self.percent(share)) of the real rows"
  }

  private static func percent(_ share: Double) -> String {
    let percent = share * 100
    return percent < 9.95
      ? "\((percent * 10).rounded() / 10) %" : "\(Int(percent.rounded())) %"
  }
}
