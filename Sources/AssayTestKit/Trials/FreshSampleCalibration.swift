public import AssayDocument
public import AssayMetrics
import AssayNumerics

/// Whether what a metric says a fresh real sample gets is what fresh real samples get.
public struct FreshSampleCalibration: Sendable, Hashable {
  /// The score.
  public var key: Score.Key
  /// Its values and the stated ones over seeds.
  public var series: ScoreSeries

  /// Evaluates metrics on fresh rows over all seeds.
  ///
  /// - Returns: One for each score that has a value and says what a fresh real sample gets.
  public static func of(
    _ metrics: [any Metric], over trials: SimulatedTrials, tablesOnly: Bool = true
  ) async throws -> [FreshSampleCalibration] {
    let series = try await trials.series(of: metrics, tablesOnly: tablesOnly)
    return series.filter { $0.value.excess.count > 1 }.sorted { $0.key.words < $1.key.words }
      .map { FreshSampleCalibration(key: $0.key, series: $0.value) }
  }

  /// Whether the mean excess over the stated value is within a share of the deviation of the
  /// values, up to what chance does to so few seeds: the 99.9 % limits of Student's t.
  ///
  /// - Parameter tolerance: A share of the deviation from seed to seed.
  /// - Returns: Whether what is said of a fresh real sample may be true.
  public func isCalibrated(tolerance: Double = 0.5) -> Bool {
    let excess = series.excess
    let limit =
      (try? studentQuantile(0.9995, degreesOfFreedom: Double(max(1, excess.count - 1)))) ?? 3
    return abs(excess.mean) <= tolerance * series.deviation + limit * excess.standardError + 1e-9
  }

  /// The stated spread as a multiple of the deviation from seed to seed; `nil` where that is 0.
  public var spreadRatio: Double? {
    series.deviation > 0 ? series.meanSpread / series.deviation : nil
  }

  /// The figures in one line.
  public var trace: String {
    let columns = key.subject.columns.joined(separator: " × ")
    return "\(key.metric) \(columns) against \(key.against.rawValue): mean "
      + "\(DamageLadder.short(series.mean)), a fresh sample is said to get "
      + "\(DamageLadder.short(series.meanFloor)); deviation "
      + "\(DamageLadder.short(series.deviation)), said to be "
      + "\(DamageLadder.short(series.meanSpread))"
  }
}
