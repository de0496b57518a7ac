public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Whether any test saw that the generator followed single training rows: the verdict on membership.
///
/// ```
/// p = min(1, m · smallest p of m tests)      exposed = 0 unless p ≤ 0.0001
/// ```
///
/// The tests are those of exact matches, of replayed rare combinations (partial copies), of the closest
/// records and of the battery of membership attacks.
/// The share closer to training is not among them: nearness is a diagnostic with a requirement of its
/// own. Each test is exact, and together they raise a false alarm in one of ten
/// thousand clean tables at most: an alarm fails a release, and a table that is clean must not. The value
/// is the share of training records of which it is certain that they are exposed: the largest lower bound
/// among the tests, and where there is an alarm at least one record; 0 where nothing was seen.
///
/// It is judged only where the holdout can stand for unseen rows. What it did not see may still be there:
/// read it beside the power.
///
/// - Complexity: that of its tests, which are made once.
///
/// Source: the combination is Bonferroni's; the tests name their own.
public struct AnyLeak: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// The chance of a false alarm of all tests together.
  public static let level = 0.0001

  /// That of each of them.
  static let levelOfEach = level / 4

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.any-leak", revision: 4, title: "Any leak", dimension: .privacy,
      summary:
        "The share of training records of which it is certain that they are exposed, over all "
        + "tests of copies, partial copies, closest records and membership together.",
      formula:
        "max over tests of the lower bound of the exposed share, where m·min p ≤ 0.0001; else 0",
      direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of rows", "order of columns"], sees: [.copy, .jitteredCopy, .leak],
      blindTo: [.shuffledColumns],
      cannotSee: "leaks smaller than the stated power; attributes that can be guessed of anybody",
      defaults: ["level": "1 in 10,000 for all tests together: a clean table must not be accused"],
      howToRead:
        "0 says that no test saw a leak, not that there is none: the power says what would have been "
        + "seen. Undecided without a holdout that can stand for unseen rows.",
      citations: [
        .init(
          "Phipson & Smyth (2010), Permutation p-values should never be zero",
          doi: "10.2202/1544-6115.1585")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard frame.table(.holdout) != nil else {
      return absent("there is no holdout: nothing shows what unseen rows would get")
    }
    guard let validity = try await workspace.value(of: HoldoutValidity()),
      let battery = try await workspace.value(of: MembershipBattery()),
      let tails = try await workspace.value(of: RecordTails())
    else { return absent("no feature can be compared, or all rows are one entity") }
    let exact = try await workspace.value(
      of: ResultOf(ExactMatchMeasurement(descriptor: ExactMatch().descriptor))
    ).scores
    let combinations = try await workspace.value(of: ResultOf(RareCombinationsMeasurement()))
    var problems = validity.problems
    if exact.contains(where: { $0.details["contaminated"]?.booleanValue == true }) {
      problems.append(
        "the holdout is contaminated: synthetic rows repeat it, so it does not stand for unseen rows"
      )
    }
    do throws(NumericsError) {
      var tests: [Test] = []
      if let test = try Test("exact-match", exact.first) { tests.append(test) }
      if let test = try Test("rare-combinations", combinations.scores.first) { tests.append(test) }
      tests.append(Test(name: "record-tails", pValue: tails.pValue, exposed: tails.certain))
      tests.append(
        Test(name: "membership-inference", pValue: battery.pValue, exposed: battery.certain))
      return MetricResult(scores: [
        try score(
          tests, problems, validity, exact.first?.details["variance"]?.doubleValue,
          workspace.plan, frame)
      ])
    } catch {
      throw MetricError(error)
    }
  }

  private func absent(_ reason: String) -> MetricResult {
    MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .both,
        outcome: .notApplicable(reason: reason))
    ])
  }

  /// One of the tests that are combined.
  private struct Test {
    var name: String
    var pValue: Double
    /// The lower bound of the share that is exposed.
    var exposed: Double

    init(name: String, pValue: Double, exposed: Double) {
      self.name = name
      self.pValue = pValue
      self.exposed = exposed
    }

    /// A test of a share by label permutation, resolved further where it is as small as it can be.
    init?(_ name: String, _ score: Score?) throws(NumericsError) {
      guard let score, let test = score.test,
        let records = ReplayedRecords(score.details["records"])
      else { return nil }
      self.name = name
      pValue = score.details["sharpPValue"]?.doubleValue ?? test.pValue
      exposed = try records.certain(level: 1 - AnyLeak.levelOfEach)
    }
  }

  private func score(
    _ tests: [Test], _ problems: [String], _ validity: HoldoutValidity.Found,
    _ variance: Double?, _ plan: EvaluationPlan, _ frame: ExchangeableFrame
  ) throws(NumericsError) -> Score {
    let pValue = min(1, Double(tests.count) * (tests.map(\.pValue).min() ?? 1))
    let isSeen = pValue <= Self.level
    // Where the combined test is an alarm, at least one record is exposed.
    let least = 1 / Double(max(1, validity.trainingRows))
    let exposed = isSeen ? min(1, max(least, tests.map(\.exposed).max() ?? 0)) : 0
    var details: [String: DetailValue] = [
      "tests": .array(
        tests.map {
          .object([
            "test": .string($0.name), "pValue": .finite($0.pValue),
            "exposed": .finite(Published.rounded($0.exposed)),
          ])
        }),
      "problems": .strings(problems),
    ]
    details["smallestCopies"] = smallest(validity, variance, frame).map { .finite($0) } ?? .null
    let test = TestResult(
      statistic: Double(tests.count), pValue: pValue, adjusted: pValue,
      family: "tests of privacy (\(tests.count))", method: "Bonferroni over exact tests")
    let n = RowCounts(
      training: validity.trainingRows, synthetic: frame.synthetic.rowCount,
      holdout: validity.holdoutRows)
    guard problems.isEmpty else {
      return Score(
        metric: descriptor.id, dimension: .privacy, against: .both,
        outcome: .notApplicable(reason: problems.joined(separator: "; ")), test: test, n: n,
        details: details)
    }
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .both, outcome: .measured(exposed),
      bounds: ScoreBounds(counted: exposed, level: plan.level),
      floor: ScoreFloor(value: 0, spread: 1e-9, method: FloorMethod.closedForm),
      baseline: ScoreBaseline(value: 1, method: "copied-rows"), test: test, n: n,
      details: details)
  }

  /// The smallest share of synthetic rows that, as verbatim copies of different training rows, would
  /// raise an alarm with a chance of 80 %: by the normal law of the exact-match test.
  ///
  /// c copies add c(1 − s) to what chance gives and c·s(1 − s) to its variance, s the share of training
  /// rows among the real ones.
  private func smallest(
    _ validity: HoldoutValidity.Found, _ variance: Double?, _ frame: ExchangeableFrame
  ) -> Double? {
    guard let variance, let alarm = try? normalQuantile(1 - Self.levelOfEach),
      let power = try? normalQuantile(0.8)
    else { return nil }
    let real = Double(validity.trainingRows + validity.holdoutRows)
    let share = Double(validity.trainingRows) / real
    let rows = frame.synthetic.rowCount
    var low = 1
    var high = rows
    func isSeen(_ count: Int) -> Bool {
      let added = Double(count) * (1 - share)
      let after = variance + Double(count) * share * (1 - share)
      return added >= alarm * after.squareRoot() + power * variance.squareRoot()
    }
    guard isSeen(high) else { return nil }
    while low < high {
      let middle = (low + high) / 2
      if isSeen(middle) { high = middle } else { low = middle + 1 }
    }
    return Double(low) / Double(rows)
  }
}
