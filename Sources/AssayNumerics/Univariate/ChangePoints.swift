/// A place at which a series of estimates moves to another level.
public struct ChangePoint: Sendable, Hashable {
  /// The position of the first value of the new level.
  public var position: Int
  /// The mean from the change before this one on, or from the first value, weighed by precision.
  public var before: Double
  /// The mean up to the change after this one, or to the last value.
  public var after: Double
  /// The difference in standard errors.
  public var statistic: Double
  /// The probability of so large a statistic at any place of the stretch where its level is constant.
  public var pValue: Double
}

/// Where the level of a series of estimates with known standard deviations changes.
///
/// ```
/// v_t = s_t² + τ²,   z_k = (mean after k − mean before k) / √(1/W_before + 1/W_after),  W = Σ 1/v
/// ```
///
/// The largest |z_k| of a stretch is held against the same maximum over normal series of constant level
/// with the same v. Where its probability is at most `level` the stretch is cut at k and both sides are
/// searched again (binary segmentation); a stretch that is searched at depth d gets level / 2ᵈ, so that
/// a series without a change is cut with probability at most `level`. τ², what values vary by beyond
/// their own standard deviations, is `max(0, median((x_{t+1} − x_t)²) / (2 · 0.4549) − mean s²)`: the
/// median keeps a few changes of level out of it. It is 0 below six values, where it cannot be known.
///
/// It does not see drifts as such (a slow slope is cut somewhere in its middle), and no change within
/// the last values that is smaller than about three of their standard deviations.
///
/// - Parameters:
///   - values: The estimates, in order; finite.
///   - deviations: The standard deviation of each; finite, 0 or above.
///   - level: The probability of cutting a series of constant level, between 0 and 1.
///   - draws: Simulated series a stretch.
///   - seed: The seed of the simulation.
/// - Returns: Changes in the order of their positions.
/// - Throws: ``NumericsError`` where lengths differ, a number is not finite, or the level is no
///   probability.
/// - Complexity: O(draws · n) a stretch.
///
/// Source: Vostrikova (1981), Detecting "disorder" in multidimensional random processes (binary
/// segmentation); the maximum is calibrated by simulation here, since series are short.
public func changePoints(
  values: Span<Double>, deviations: Span<Double>, level: Double = 0.05, draws: Int = 1_999,
  seed: UInt64 = 1
) throws(NumericsError) -> [ChangePoint] {
  guard values.count == deviations.count else {
    throw NumericsError(
      .domain,
      "each value needs its deviation: \(values.count) and \(deviations.count) were given")
  }
  guard level > 0, level < 1, draws > 0 else {
    throw NumericsError(.domain, "the level must lie between 0 and 1, with one draw or more")
  }
  var series: [Double] = []
  var variances: [Double] = []
  for index in 0..<values.count {
    guard values[index].isFinite, deviations[index].isFinite, deviations[index] >= 0 else {
      throw NumericsError(.domain, "values and deviations must be finite, deviations not below 0")
    }
    series.append(values[index])
    variances.append(deviations[index] * deviations[index])
  }
  let extra = variationBetween(series, variances)
  for index in variances.indices { variances[index] += extra }
  var found: [ChangePoint] = []
  search(
    series, variances, 0..<series.count, level: level, draws: draws, seed: seed, into: &found)
  found.sort { $0.position < $1.position }
  // A stretch that was cut again has no level of its own: what stands between two changes has.
  let starts = [0] + found.map(\.position)
  let ends = found.map(\.position) + [series.count]
  let levels = zip(starts, ends).map { stretchMean(series, variances, $0..<$1) }
  for index in found.indices {
    (found[index].before, found[index].after) = (levels[index], levels[index + 1])
  }
  return found
}

/// The mean of a stretch, weighed by precision; plain where a value is known exactly.
private func stretchMean(_ values: [Double], _ variances: [Double], _ range: Range<Int>) -> Double {
  let isExact = range.contains { variances[$0] <= 0 }
  var (weight, sum) = (0.0, 0.0)
  for index in range {
    let own = isExact ? 1 : 1 / variances[index]
    weight += own
    sum += own * values[index]
  }
  return sum / weight
}

/// What values vary by beyond their own variances, from the median of squared steps.
func variationBetween(_ values: [Double], _ variances: [Double]) -> Double {
  guard values.count >= 6 else { return 0 }
  let steps = zip(values.dropFirst(), values).map { ($0 - $1) * ($0 - $1) }.sorted()
  let middle = steps.count / 2
  let median =
    steps.count.isMultiple(of: 2) ? (steps[middle - 1] + steps[middle]) / 2 : steps[middle]
  // The median of a squared standard normal, chi-square with one degree of freedom, is 0.4549.
  let variance = median / (2 * 0.454_936_423_119_572_8)
  return max(0, variance - variances.reduce(0, +) / Double(variances.count))
}

private func search(
  _ values: [Double], _ variances: [Double], _ range: Range<Int>, level: Double, draws: Int,
  seed: UInt64, into found: inout [ChangePoint]
) {
  guard range.count > 1, let best = largestStep(values, variances, range) else { return }
  var stream = RandomStream(
    seed: seed, path: ["change-points", String(range.lowerBound), String(range.upperBound)])
  var atLeast = 0
  var simulated = values
  for _ in 0..<draws {
    for index in range { simulated[index] = stream.normal() * variances[index].squareRoot() }
    if let step = largestStep(simulated, variances, range),
      abs(step.statistic) >= abs(best.statistic)
    {
      atLeast += 1
    }
  }
  let p = Double(atLeast + 1) / Double(draws + 1)
  guard p <= level else { return }
  var change = best
  change.pValue = p
  found.append(change)
  search(
    values, variances, range.lowerBound..<best.position, level: level / 2, draws: draws,
    seed: seed, into: &found)
  search(
    values, variances, best.position..<range.upperBound, level: level / 2, draws: draws,
    seed: seed, into: &found)
}

/// The cut of a stretch with the largest difference in standard errors; `nil` without variance.
private func largestStep(
  _ values: [Double], _ variances: [Double], _ range: Range<Int>
) -> ChangePoint? {
  var weight = 0.0
  var sum = 0.0
  for index in range {
    guard variances[index] > 0 else { return exactStep(values, range) }
    weight += 1 / variances[index]
    sum += values[index] / variances[index]
  }
  var best: ChangePoint?
  var ownWeight = 0.0
  var ownSum = 0.0
  for index in range.dropLast() {
    ownWeight += 1 / variances[index]
    ownSum += values[index] / variances[index]
    let rest = weight - ownWeight
    let before = ownSum / ownWeight
    let after = (sum - ownSum) / rest
    let statistic = (after - before) / (1 / ownWeight + 1 / rest).squareRoot()
    if abs(statistic) > abs(best?.statistic ?? -0.0) || best == nil {
      best = ChangePoint(
        position: index + 1, before: before, after: after, statistic: statistic, pValue: 1)
    }
  }
  return best
}

/// Counted values have no deviation: the first that differs from the one before is a change.
private func exactStep(_ values: [Double], _ range: Range<Int>) -> ChangePoint? {
  for index in range.dropFirst() where values[index] != values[index - 1] {
    return ChangePoint(
      position: index, before: values[index - 1], after: values[index],
      statistic: values[index] > values[index - 1] ? .infinity : -.infinity, pValue: 1)
  }
  return nil
}
