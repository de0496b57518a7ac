public import AssayNumerics

/// How often something happened, several times a trial, where the events of one trial may depend on
/// each other.
public struct EventRate: Sendable, Hashable {
  /// How often it happened.
  public private(set) var hits = 0
  /// How often it could have.
  public private(set) var count = 0
  private var trials: [Trial] = []

  private struct Trial: Sendable, Hashable {
    var hits: Int
    var count: Int
  }

  /// Nothing yet.
  public init() {}

  /// Adds a trial.
  public mutating func add(hits: Int, of count: Int) {
    guard count > 0 else { return }
    self.hits += hits
    self.count += count
    trials.append(Trial(hits: hits, count: count))
  }

  /// The share.
  public var share: Double { count > 0 ? Double(hits) / Double(count) : 0 }

  /// How many trials counted.
  public var trialCount: Int { trials.count }

  /// How many independent events tell as much: the events, divided by the factor by which their
  /// variance between trials exceeds that of independent ones (the design effect; 1 at least, and the
  /// events of one trial at most).
  public var effectiveCount: Double {
    guard trials.count > 1, count > 0, hits > 0, hits < count else {
      // Nothing varies: the trials alone are certainly independent.
      return Double(trials.count)
    }
    let n = Double(trials.count)
    let squares = trials.reduce(0.0) { sum, trial in
      let excess = Double(trial.hits) - share * Double(trial.count)
      return sum + excess * excess
    }
    let between = squares * n / (n - 1) / (Double(count) * Double(count))
    let alone = share * (1 - share) / Double(count)
    return Double(count) / min(max(1, between / alone), Double(count) / n)
  }

  /// The chance of so large a share, or a larger one, if the event had a probability of `limit`.
  ///
  /// Exact for independent events: the binomial tail. For others that of ``effectiveCount`` events.
  ///
  /// - Throws: ``/AssayNumerics/NumericsError``.
  public func tail(above limit: Double) throws(NumericsError) -> Double {
    guard count > 0, share > limit else { return 1 }
    let size = max(1, Int(effectiveCount.rounded(.down)))
    let found = Int((share * Double(size) + 1e-9).rounded(.down))
    return try binomialUpperTail(atLeast: found, trials: size, probability: limit)
  }

  /// Which of many rates lie above their limits beyond chance: Holm's procedure over all of them.
  ///
  /// - Returns: The adjusted tails, in order.
  /// - Throws: ``/AssayNumerics/NumericsError``.
  public static func adjustedTails(
    _ rates: [(rate: EventRate, limit: Double)]
  ) throws(NumericsError) -> [Double] {
    var tails: [Double] = []
    for entry in rates { tails.append(try entry.rate.tail(above: entry.limit)) }
    return try holm(tails)
  }

  /// p-values adjusted by Holm's procedure, in order.
  ///
  /// - Throws: ``/AssayNumerics/NumericsError``.
  public static func holm(_ pValues: [Double]) throws(NumericsError) -> [Double] {
    try holmAdjustedPValues(pValues.span)
  }
}
