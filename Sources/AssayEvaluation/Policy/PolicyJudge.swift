public import AssayDocument
import AssayNumerics

/// Judges a document by a policy: every requirement passes, fails or stays undecided.
///
/// - **passed**: the unfavourable one-sided bound, at 95 %, keeps to the margin. All requirements
///   must, so no correction is needed (intersection–union).
/// - **failed**: the favourable bound lies outside the margin at the level that Holm's procedure
///   leaves to the comparison, out of the policy's error probability for all its comparisons. A
///   table that meets every requirement fails with at most that probability.
/// - **undecided**: neither, or nothing was measured, with what would decide it.
///
/// Of several draws of one generator each is judged, and a requirement is what its worst draw is:
/// failed where one fails, passed where all pass. The comparisons of all draws share the policy's
/// error probability, so that a generator that meets the policy fails no oftener for drawing more.
///
/// Counted quantities are compared as they are. With fewer than ``smallestSide`` rows on a side, or for
/// privacy without a holdout, nothing passes.
///
/// Source: Holm (1979), A simple sequentially rejective multiple test procedure; Berger (1982),
/// Multiparameter hypothesis testing and acceptance sampling, doi:10.1080/00401706.1982.10487790.
public struct PolicyJudge: Sendable {
  /// Fewer rows than this on any side, and nothing passes.
  public static let smallestSide = 200
  /// The confidence that a pass asks for.
  public static let passLevel = 0.95
  /// The most rows that one requirement has in a verdict; the others are put into one.
  static let listLimit = 200

  /// The policy.
  public let policy: Policy
  /// What is judged.
  public let document: EvaluationDocument
  /// An earlier document that changes are measured from.
  public let previous: EvaluationDocument?
  /// The day that waivers are read against.
  public let day: PolicyDay?
  /// The number of this run among those of the policy; `nil` where no history is kept.
  public let run: Int?
  /// The policy as the user names it, for commands.
  public let name: String

  /// Makes a judge.
  ///
  /// - Throws: ``PolicyError/Code/day`` where a waiver ends on a day and no day is given.
  public init(
    policy: Policy, document: EvaluationDocument, previous: EvaluationDocument? = nil,
    day: PolicyDay? = nil, run: Int? = nil, name: String? = nil
  ) throws(PolicyError) {
    if policy.needsDay, day == nil {
      throw PolicyError(
        .day,
        [
          "policy \(policy.name) has waivers that end on a day: say which day it is, "
            + "as in --as-of 2026-05-31"
        ])
    }
    precondition((run ?? 1) >= 1, "runs are counted from 1, not \(run ?? 0)")
    self.policy = policy
    self.document = document
    self.previous = previous
    self.day = day
    self.run = run
    self.name = name ?? policy.name
  }

  /// The judgement.
  ///
  /// - Throws: ``PolicyError/Code/internal`` where a bound cannot be computed; no document is known to
  ///   cause it.
  /// - Complexity: O(c log c) in the number c of comparisons, with about fifty bounds for each whose
  ///   value lies outside its margin.
  public func judgement() throws(PolicyError) -> PolicyJudgement {
    do throws(NumericsError) {
      return try judged()
    } catch {
      throw PolicyError(.internal, ["a bound could not be computed: \(error.message)"])
    }
  }

  private func commands(_ draw: EvaluationDocument) -> PolicyCommands {
    PolicyCommands(
      document: draw, policy: name, hasPrevious: previous != nil, day: day?.description,
      hasHistory: run != nil)
  }

  private func judged() throws(NumericsError) -> PolicyJudgement {
    let draws = document.eachDraw
    let comparisons = draws.map { draw in
      let resolution = PolicyResolution(document: draw, previous: previous)
      return policy.requirements.flatMap(resolution.comparisons)
    }
    let alpha = policy.alpha * (run.map(OnlineControl.share) ?? 1)
    let allowed = try levels(comparisons.flatMap(\.self), alpha: alpha)
    let waivers = PolicyWaivers(policy: policy, day: day)
    var judged: [[PolicyRow]] = []
    var position = 0
    for (draw, own) in zip(draws, comparisons) {
      let obstacles = PolicyObstacles(draw)
      let words = PolicyWhy(document: draw, alpha: alpha, comparisons: allowed.estimated)
      var rows: [PolicyRow] = []
      for comparison in own {
        var row = try PolicyRow(
          comparison, allowed: allowed.tails[position], obstacles: obstacles, words: words)
        position += 1
        row.onUndecided = policy.onUndecided(comparison.requirement)
        row.verdict.command = commands(draw).command(comparison)
        rows.append(row)
      }
      judged.append(rows)
    }
    let merging = PolicyDraws(document)
    var rows = PolicyListing.limited(
      merging.worst(judged).map { row in
        var row = row
        waivers.apply(to: &row, requirement: row.requirement)
        return row
      }, to: Self.listLimit)
    let coverage = draws.map { PolicyCoverage(policy: policy, document: $0).rows() }
    for var row in merging.worst(coverage) {
      waivers.apply(to: &row, requirement: row.verdict.id)
      rows.append(row)
    }
    let consequences = rows.map(\.consequence)
    let answers = PolicyAnswers(document: document, rows: rows).answers()
    let verdict = Verdict(
      policy: reference, advisory: policy.isAdvisory, asOf: day?.description, run: run,
      draws: draws.count > 1 ? draws.count : nil, status: status(rows), answers: answers,
      requirements: rows.map(\.verdict))
    return PolicyJudgement(
      verdict: verdict, consequences: consequences, run: run ?? 1, alpha: alpha,
      comparisons: allowed.estimated)
  }

  /// The policy's name, version and digest.
  public var reference: Verdict.PolicyReference { policy.reference }

  /// What becomes of the whole; what is waived does not count, and is shown.
  private func status(_ rows: [PolicyRow]) -> Verdict.Status {
    if policy.isAdvisory { return .evaluated }
    let counted = rows.filter { !$0.isWaived }.map(\.consequence)
    if counted.contains(.failed) { return .failed }
    return counted.contains { $0 != .none } ? .undecided : .passed
  }

  /// The error probability at which each comparison may fail: Holm over the estimated quantities, in
  /// the order of how much speaks against them.
  private func levels(
    _ comparisons: [PolicyComparison], alpha: Double
  ) throws(NumericsError) -> (tails: [Double?], estimated: Int) {
    var violations: [(position: Int, tail: Double)] = []
    for (position, comparison) in comparisons.enumerated() {
      guard case .quantity(let quantity) = comparison.found, !quantity.isExact else { continue }
      violations.append((position, try comparison.requirement.margin.violation(of: quantity)))
    }
    violations.sort { ($0.tail, $0.position) < ($1.tail, $1.position) }
    var tails = [Double?](repeating: nil, count: comparisons.count)
    // Holm stops at the first that is not significant: none after it may fail, and none can, since
    // its tail is no smaller.
    var stop: Double?
    for (rank, entry) in violations.enumerated() {
      let own = alpha / Double(violations.count - rank)
      if stop == nil, entry.tail > own { stop = own }
      tails[entry.position] = stop ?? own
    }
    return (tails, violations.count)
  }
}

extension Policy {
  /// Its name, version and the digest of its canonical form.
  public var reference: Verdict.PolicyReference {
    Verdict.PolicyReference(
      name: name, version: version, hash: PlanFreezing.sha256(canonical))
  }
}
