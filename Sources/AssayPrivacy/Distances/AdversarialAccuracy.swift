public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Whether synthetic and real rows mix as neighbours: once against training and once against the holdout.
///
/// ```
/// AA(R, S) = ½ (share of R with d(r, S) > d(r, R∖r) + share of S with d(s, R) > d(s, S∖s))
/// privacy loss = AA(holdout, S) − AA(training, S)
/// ```
///
/// A fresh real sample gets ½ and no loss; copies get an accuracy below ½ against training. Also shown:
/// *authenticity*, the share of synthetic rows that are farther from their closest training row than
/// that row is from its own closest one, and *identifiability*, the share of training rows closer to a
/// synthetic row than to any other training row; both about ½ for a fresh sample, not 1 or 0. Sides are
/// cut to equal size, without which none of these means anything.
///
/// - Complexity: six neighbour searches on stated samples of rows.
///
/// Source: Yale et al. (2020), doi:10.1016/j.neucom.2019.12.136; Alaa et al. (2022); Yoon et al. (2020),
/// doi:10.1109/JBHI.2020.2980262.
public struct AdversarialAccuracy: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.adversarial-accuracy", title: "Nearest-neighbour adversarial accuracy",
      dimension: .privacy,
      summary: "Whether synthetic rows are neighbours of real rows as real rows are of each other.",
      formula: "½ (P[d(r,S) > d(r,R∖r)] + P[d(s,R) > d(s,S∖s)])",
      direction: .closerToFreshSample, frame: .exchangeable, anchor: .none,
      invariances: ["order of rows", "order of columns"], sees: [.copy, .jitteredCopy],
      blindTo: [],
      cannotSee: "leaks of a few rows; a display, not a test of membership",
      howToRead:
        "½ is a fresh real sample. Well below ½ against training and not against the holdout: copies.",
      citations: [
        .init(
          "Yale et al. (2020), Generation and evaluation of privacy preserving synthetic health data",
          doi: "10.1016/j.neucom.2019.12.136"),
        .init("Alaa et al. (2022), How faithful is your synthetic data?"),
        .init(
          "Yoon et al. (2020), Anonymization through data synthesis using ADS-GAN",
          doi: "10.1109/JBHI.2020.2980262"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard let rows = try await workspace.value(of: MembershipRows()) else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .both,
          outcome: .notApplicable(
            reason: frame.table(.holdout) == nil
              ? "there is no holdout: nothing shows what unseen rows would get"
              : "no feature can be compared"))
      ])
    }
    let points = try AttackPoints(frame, rows, space: .rank, threads: workspace.threads)
    let size = min(rows.members.count, rows.others.count, rows.synthetic.count)
    let sides: [(Against, MixedPoints)] = [
      (.training, points.targets.rows(Array(0..<size))),
      (.holdout, points.targets.rows(Array(rows.members.count..<rows.members.count + size))),
    ]
    let synthetic = points.synthetic.rows(Array(0..<size))
    var scores: [Score] = []
    do throws(NumericsError) {
      for (against, real) in sides {
        let found = try NeighbourMixing(real, synthetic, threads: workspace.threads)
        scores.append(
          Score(
            metric: descriptor.id, dimension: .privacy, against: against,
            outcome: .measured(found.accuracy),
            floor: ScoreFloor(
              value: 0.5, spread: 0.5 / Double(max(1, size)).squareRoot(),
              method: FloorMethod.closedForm),
            n: RowCounts(
              training: against == .training ? size : nil, synthetic: size,
              holdout: against == .holdout ? size : nil),
            details: [
              "authenticity": .finite(found.authenticity),
              "identifiability": .finite(found.identifiability),
            ]))
      }
    } catch {
      throw MetricError(error)
    }
    if let training = scores[0].value, let holdout = scores[1].value {
      scores[0].details["privacyLoss"] = .finite(holdout - training)
    }
    return MetricResult(scores: scores)
  }
}

/// Who is whose neighbour, of two sets of points of one size.
///
/// Comparisons are strict.
struct NeighbourMixing: Sendable, Hashable {
  var accuracy: Double
  var authenticity: Double
  var identifiability: Double

  init(_ real: MixedPoints, _ synthetic: MixedPoints, threads: Int) throws(NumericsError) {
    let own = try nearest(1, queries: real, base: real, excludingSelf: true, threads: threads)
    let others = try nearest(
      1, queries: synthetic, base: synthetic, excludingSelf: true, threads: threads)
    let toSynthetic = try nearest(1, queries: real, base: synthetic, threads: threads)
    let toReal = try nearest(1, queries: synthetic, base: real, threads: threads)
    self.init(
      real: own.distances, synthetic: others.distances, realToSynthetic: toSynthetic.distances,
      syntheticToReal: toReal.distances, closest: toReal.rows.map { Int($0) })
  }

  /// From distances: within each side, across, and the closest real row of each synthetic one.
  init(
    real: [Double], synthetic: [Double], realToSynthetic: [Double], syntheticToReal: [Double],
    closest: [Int]
  ) {
    func share(_ first: [Double], _ second: [Double]) -> Double {
      guard !first.isEmpty, first.count == second.count else { return 0 }
      return Double(zip(first, second).count { $0 > $1 }) / Double(first.count)
    }
    accuracy = (share(realToSynthetic, real) + share(syntheticToReal, synthetic)) / 2
    identifiability = share(real, realToSynthetic)
    authenticity = share(
      syntheticToReal, closest.map { $0 < real.count ? real[$0] : .infinity })
  }
}
