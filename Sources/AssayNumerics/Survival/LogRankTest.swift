/// The log-rank test that two samples of times, censored or not, have one survival function.
public struct LogRankTest: Sendable, Hashable {
  /// Events of the first sample less those expected: below 0 the first lives longer.
  public var difference: Double
  /// Its variance, hypergeometric at each event time.
  public var variance: Double
  /// difference²/variance, about χ² with one degree of freedom; 0 where nothing varies.
  public var statistic: Double
  /// The two-sided p-value.
  public var pValue: Double

  /// Tests two samples.
  ///
  /// - Parameters:
  ///   - first: The times and events of the first sample.
  ///   - second: Those of the second.
  /// - Throws: ``NumericsError`` `.tooFewObservations` where a sample is empty, `.domain` for times that
  ///   are negative or not finite.
  /// - Complexity: O((*n* + *m*) log(*n* + *m*)).
  /// Source: Mantel (1966), Evaluation of survival data and two new rank order statistics arising in its
  /// consideration, Cancer Chemotherapy Reports 50, 163–170.
  public init(
    _ first: (times: Span<Double>, events: Span<Bool>),
    _ second: (times: Span<Double>, events: Span<Bool>)
  ) throws(NumericsError) {
    let n = first.times.count
    let m = second.times.count
    precondition(
      first.events.count == n && second.events.count == m, "one event a time is expected")
    guard n > 0, m > 0 else {
      throw NumericsError(.tooFewObservations, "a log-rank test needs rows of both samples")
    }
    var times: [Double] = []
    var events: [Bool] = []
    for row in 0..<n {
      times.append(first.times[row])
      events.append(first.events[row])
    }
    for row in 0..<m {
      times.append(second.times[row])
      events.append(second.events[row])
    }
    guard times.allSatisfy({ $0 >= 0 && $0 < .infinity }) else {
      throw NumericsError(.domain, "finite times of at least 0 are expected")
    }
    let order = sortPermutation(times.span).map { Int($0) }
    var (own, all) = (Double(n), Double(n + m))
    var difference = 0.0
    var variance = 0.0
    var start = 0
    while start < order.count {
      var end = start
      var (died, mine, left) = (0.0, 0.0, 0.0)
      while end < order.count, times[order[end]] == times[order[start]] {
        let isOwn = order[end] < n
        if isOwn { left += 1 }
        if events[order[end]] {
          died += 1
          if isOwn { mine += 1 }
        }
        end += 1
      }
      if died > 0 {
        difference += mine - died * own / all
        if all > 1 {
          variance += died * own / all * (1 - own / all) * (all - died) / (all - 1)
        }
      }
      own -= left
      all -= Double(end - start)
      start = end
    }
    self.difference = difference
    self.variance = variance
    statistic = variance > 0 ? difference * difference / variance : 0
    pValue = try chiSquareSurvival(statistic, degreesOfFreedom: 1)
  }
}
