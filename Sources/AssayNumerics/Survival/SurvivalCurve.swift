/// The Kaplan–Meier estimate of a survival function from times that may be censored.
///
/// ```
/// S(t) = Π_{tᵢ ≤ t} (1 − dᵢ/nᵢ)
/// ```
///
/// with dᵢ events among nᵢ rows at risk at the distinct event time tᵢ. Rows that are censored at an event
/// time are at risk then.
public struct SurvivalCurve: Sendable, Hashable {
  /// The distinct times at which events happened, ascending.
  public let times: [Double]
  /// S just after each of them.
  public let survival: [Double]
  /// Events at each of them.
  public let events: [Double]
  /// Rows at risk at each of them.
  public let atRisk: [Double]
  /// The largest time, event or not.
  public let last: Double
  /// The number of rows.
  public let count: Int

  /// Estimates a survival function.
  ///
  /// - Parameters:
  ///   - times: The times; at least one, finite, at least 0.
  ///   - events: Whether the event happened then; the row is censored otherwise.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without a row, `.domain` for other times.
  /// - Complexity: O(*n* log *n*).
  /// Source: Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452.
  public init(times: Span<Double>, events: Span<Bool>) throws(NumericsError) {
    precondition(
      times.count == events.count, "one event a time is expected, not \(events.count)")
    guard times.count > 0 else {
      throw NumericsError(.tooFewObservations, "a survival function needs a row")
    }
    for row in 0..<times.count where !(times[row] >= 0 && times[row] < .infinity) {
      throw NumericsError(.domain, "finite times of at least 0 are expected")
    }
    let order = sortPermutation(times).map { Int($0) }
    var found: [(time: Double, survival: Double, events: Double, atRisk: Double)] = []
    var survival = 1.0
    var start = 0
    while start < order.count {
      var end = start
      var died = 0
      while end < order.count, times[order[end]] == times[order[start]] {
        if events[order[end]] { died += 1 }
        end += 1
      }
      if died > 0 {
        let risk = Double(order.count - start)
        survival *= 1 - Double(died) / risk
        found.append((times[order[start]], survival, Double(died), risk))
      }
      start = end
    }
    self.times = found.map(\.time)
    self.survival = found.map(\.survival)
    self.events = found.map(\.events)
    atRisk = found.map(\.atRisk)
    last = times[order[order.count - 1]]
    count = times.count
  }

  /// S(t).
  ///
  /// - Complexity: O(log *n*).
  public func survival(at time: Double) -> Double {
    let place = firstAfter(time)
    return place == 0 ? 1 : survival[place - 1]
  }

  /// The number of event times at or below a time.
  private func firstAfter(_ time: Double) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The mean time up to a limit, ∫₀^τ S, and its variance.
  ///
  /// ```
  /// variance = Σ_{tᵢ ≤ τ} (∫_{tᵢ}^τ S)²·dᵢ/(nᵢ·(nᵢ − dᵢ))
  /// ```
  ///
  /// Where all rows at risk have the event there is nothing left to integrate, and the term is 0.
  ///
  /// - Complexity: O(*n*).
  /// Source: Irwin (1949); Royston & Parmar (2013), doi:10.1186/1471-2288-13-152.
  public func restrictedMean(until limit: Double) -> (mean: Double, variance: Double) {
    let count = firstAfter(limit)
    var area = 0.0
    var areas = [Double](repeating: 0, count: count)
    var end = limit
    for index in stride(from: count - 1, through: 0, by: -1) {
      area += survival[index] * (end - times[index])
      areas[index] = area
      end = times[index]
    }
    area += end
    var variance = 0.0
    for index in 0..<count where atRisk[index] > events[index] {
      variance +=
        areas[index] * areas[index] * events[index]
        / (atRisk[index] * (atRisk[index] - events[index]))
    }
    return (area, variance)
  }

  /// The mean absolute difference of two survival functions up to a limit, ∫₀^τ |S − S′|/τ.
  ///
  /// - Returns: A number in 0...1; 0 where the limit is 0.
  /// - Complexity: O(*n* + *m*).
  public func distance(to other: SurvivalCurve, until limit: Double) -> Double {
    guard limit > 0 else { return 0 }
    var (i, j) = (0, 0)
    var (own, theirs) = (1.0, 1.0)
    var at = 0.0
    var area = 0.0
    while at < limit {
      let next = min(
        i < times.count ? times[i] : .infinity, j < other.times.count ? other.times[j] : .infinity,
        limit)
      area += abs(own - theirs) * (next - at)
      at = next
      while i < times.count, times[i] <= at {
        own = survival[i]
        i += 1
      }
      while j < other.times.count, other.times[j] <= at {
        theirs = other.survival[j]
        j += 1
      }
    }
    return area / limit
  }
}
