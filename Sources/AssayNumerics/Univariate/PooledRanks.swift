/// Two samples as one ordered pool: how many of each are in every run of equal values.
///
/// Everything that a rank test needs, ties included. The statistics are in extensions; each is a
/// number for one way to label the pool, so that one permutation serves all of them.
public struct PooledRanks: Sendable, Hashable {
  /// The number of pooled values in each run, in ascending order of the values.
  public var runSizes: [Int]
  /// How many of them belong to the first sample.
  public var firstCounts: [Int]
  /// The size of the first sample.
  public var firstCount: Int
  /// The size of the second sample.
  public var secondCount: Int

  /// The size of the pool.
  public var count: Int { firstCount + secondCount }

  /// Pools two samples.
  ///
  /// - Parameters:
  ///   - first: The first sample, ascending, free of NaN.
  ///   - second: The second sample, ascending, free of NaN.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either sample is empty.
  /// - Complexity: O(*n* + *m*).
  public init(sorted first: Span<Double>, _ second: Span<Double>) throws(NumericsError) {
    guard first.count > 0, second.count > 0 else {
      throw NumericsError(.tooFewObservations, "both samples must have at least one value")
    }
    runSizes = []
    firstCounts = []
    var i = 0
    var j = 0
    while i < first.count || j < second.count {
      let x: Double
      if i == first.count {
        x = second[j]
      } else if j == second.count {
        x = first[i]
      } else {
        x = min(first[i], second[j])
      }
      let (fromFirst, fromSecond) = (i, j)
      while i < first.count, first[i] == x { i += 1 }
      while j < second.count, second[j] == x { j += 1 }
      runSizes.append(i - fromFirst + j - fromSecond)
      firstCounts.append(i - fromFirst)
    }
    firstCount = first.count
    secondCount = second.count
  }

  /// A statistic that is large when two samples differ.
  public struct Statistic: Sendable {
    /// The value for one labelling of the runs.
    let evaluate: @Sendable (PooledRanks) -> Double
  }

  /// How a p-value was reached.
  public enum Method: Sendable, Hashable {
    /// Over all ways to label the pool.
    case exact
    /// Over labellings drawn at random.
    case permutation
  }

  /// The p-value of a statistic: the share of labellings of the pool that reach it.
  ///
  /// - Parameters:
  ///   - statistic: The statistic, such as ``Statistic/andersonDarling``.
  ///   - permutations: How many labellings to draw, B, when there are too many to list.
  ///   - stream: The random numbers.
  ///   - listLimit: The most labellings to list instead; beyond 1,000 pooled values all are drawn.
  /// - Returns: The p-value, (1 + b)/(1 + B) when drawn; and how it was reached.
  /// - Complexity: O(B·*N*).
  /// - Note: Statistics that are equal but for rounding (1e-10) count as reached.
  public func pValue(
    of statistic: Statistic, permutations: Int = 999, stream: inout RandomStream,
    listLimit: Int = 10_000
  ) -> (pValue: Double, method: Method) {
    precondition(permutations >= 1, "at least 1 permutation is expected, not \(permutations)")
    let observed = statistic.evaluate(self)
    let bound = observed - 1e-10 * max(1, abs(observed))
    if labellings(limit: listLimit) <= listLimit {
      var reached = 0.0
      var all = 0.0
      forEachLabelling { labelling, weight in
        all += weight
        if statistic.evaluate(labelling) >= bound { reached += weight }
      }
      return (min(1, reached / all), .exact)
    }
    var relabelled = self
    var hits = 0
    for _ in 0..<permutations {
      relabelled.drawLabels(&stream)
      if statistic.evaluate(relabelled) >= bound { hits += 1 }
    }
    return (Double(1 + hits) / Double(1 + permutations), .permutation)
  }

  /// Gives the pool new labels, each labelling with equal probability.
  mutating func drawLabels(_ stream: inout RandomStream) {
    var rows = count
    var labels = firstCount
    for run in runSizes.indices {
      var taken = 0
      for _ in 0..<runSizes[run] {
        if stream.below(rows) < labels {
          taken += 1
          labels -= 1
        }
        rows -= 1
      }
      firstCounts[run] = taken
    }
  }

  /// How many ways there are to share the runs out, or a number above the limit.
  private func labellings(limit: Int) -> Int {
    // The numbers of labellings that each stands for must fit into a Double, and counting them
    // must not cost more than drawing some would.
    guard count <= 1000, runSizes.count * firstCount <= 1_000_000 else { return limit + 1 }
    // ways[k]: of sharing out the runs so far with k to the first sample.
    var ways = [Int](repeating: 0, count: firstCount + 1)
    ways[0] = 1
    for size in runSizes {
      var window = 0
      var next = ways
      for k in 0...firstCount {
        window += ways[k]
        if k > size { window -= ways[k - size - 1] }
        next[k] = min(window, limit + 1)
      }
      ways = next
    }
    return ways[firstCount]
  }

  /// Calls a body with every way to share the runs out, and how many labellings of rows it stands
  /// for.
  private func forEachLabelling(_ body: (PooledRanks, Double) -> Void) {
    var labelling = self
    // How many values come after each run.
    var after = runSizes
    var total = 0
    for run in runSizes.indices.reversed() {
      after[run] = total
      total += runSizes[run]
    }
    func fill(_ run: Int, _ left: Int, _ weight: Double) {
      guard run < runSizes.count else {
        body(labelling, weight)
        return
      }
      let size = runSizes[run]
      var choose = 1.0
      for taken in 0...min(size, left) {
        if left - taken <= after[run] {
          labelling.firstCounts[run] = taken
          fill(run + 1, left - taken, weight * choose)
        }
        choose *= Double(size - taken) / Double(taken + 1)
      }
    }
    fill(0, firstCount, 1)
  }
}
