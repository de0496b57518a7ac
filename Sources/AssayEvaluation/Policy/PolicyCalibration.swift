public import AssayDocument
import AssayNumerics
import Foundation

/// Finds margins from documents that were accepted, and says how often they would raise an alarm.
public struct PolicyCalibration: Sendable {
  /// What accepted documents say of one requirement.
  public struct Proposal: Sendable, Hashable {
    /// The requirement.
    public var id: String
    /// Its margin now.
    public var margin: Double
    /// The margin at which all accepted documents pass, rounded away from them to two digits; `nil`
    /// where none of them measured it.
    public var proposed: Double?
    /// How many accepted documents have it.
    public var documents: Int
    /// How often the next document like them fails to pass at most, with a confidence of 95 %.
    public var highestRate: Double
  }

  /// Proposes margins.
  ///
  /// Each accepted document gives its unfavourable bound at 95 %; the worst of them, rounded, is the
  /// proposal. If the next document is drawn as these were, it does worse than all N of them with a
  /// chance of 1/(N + 1); with a confidence of 95 % the rate is at most `1 − 0.05^(1/N)` (exact
  /// binomial bound of none among N).
  ///
  /// - Throws: ``PolicyError`` where a bound cannot be computed.
  public static func proposals(
    _ policy: Policy, accepted documents: [EvaluationDocument]
  ) throws(PolicyError) -> [Proposal] {
    do throws(NumericsError) {
      var proposals: [Proposal] = []
      for requirement in policy.requirements {
        proposals.append(try proposal(requirement, documents))
      }
      return proposals
    } catch {
      throw PolicyError(.internal, ["a bound could not be computed: \(error.message)"])
    }
  }

  private static func proposal(
    _ requirement: PolicyRequirement, _ documents: [EvaluationDocument]
  ) throws(NumericsError) -> Proposal {
    var worst: Double?
    var count = 0
    for document in documents {
      var own: Double?
      let comparisons = document.eachDraw.flatMap { draw in
        PolicyResolution(document: draw, previous: nil).comparisons(requirement)
      }
      for comparison in comparisons {
        guard case .quantity(let quantity) = comparison.found,
          let ends = try quantity.bounds(level: PolicyJudge.passLevel)
        else { continue }
        let bound = requirement.margin.unfavourable(ends)
        own = own.map { requirement.margin.worse($0, bound) } ?? bound
      }
      guard let own else { continue }
      count += 1
      worst = worst.map { requirement.margin.worse($0, own) } ?? own
    }
    return Proposal(
      id: requirement.id, margin: requirement.margin.value,
      proposed: worst.map { requirement.margin.roundedAway($0) }, documents: count,
      highestRate: count > 0 ? 1 - pow(0.05, 1 / Double(count)) : 1)
  }
}

extension PolicyRequirement.Margin {
  /// The worse of two bounds.
  func worse(_ first: Double, _ second: Double) -> Double {
    if case .atMost = self { max(first, second) } else { min(first, second) }
  }

  /// A bound in two digits, on the side on which it still passes.
  func roundedAway(_ bound: Double) -> Double {
    guard bound != 0, bound.isFinite else { return bound }
    let digits = 1 - Int(floor(log10(abs(bound))))
    let scale = pow(10, Double(abs(digits)))
    let scaled = digits >= 0 ? bound * scale : bound / scale
    let rounded: Double
    if case .atMost = self {
      rounded = scaled.rounded(.up)
    } else {
      rounded = scaled.rounded(.down)
    }
    return digits >= 0 ? rounded / scale : rounded * scale
  }
}

/// How often each requirement of a policy passed, stayed undecided and failed.
public struct PolicyTally: Sendable, Hashable {
  /// One requirement, or the whole.
  public struct Row: Sendable, Hashable {
    /// The requirement's name.
    public var id: String
    /// How often it passed.
    public var passed = 0
    /// How often it stayed undecided.
    public var undecided = 0
    /// How often it failed.
    public var failed = 0
  }

  /// The requirements in the order of the policy, then the whole.
  public private(set) var rows: [Row]
  /// How many runs were counted.
  public private(set) var runs = 0

  /// Counts nothing yet.
  public init(_ policy: Policy) {
    rows =
      policy.requirements.map { Row(id: $0.id) }
      + policy.coverage.metrics.map { Row(id: "coverage/\($0)") }
      + policy.coverage.dimensions.map { Row(id: "coverage/\($0.rawValue)") } + [
        Row(id: "the whole")
      ]
  }

  /// Counts a verdict; a requirement with several subjects counts by its gravest.
  public mutating func add(_ verdict: Verdict) {
    runs += 1
    for index in rows.indices.dropLast() {
      let id = rows[index].id
      let own = verdict.requirements.filter { $0.id == id || $0.id.hasPrefix(id + " (") }
      let statuses = own.map(\.status)
      count(
        index,
        statuses.contains(.failed)
          ? .failed : statuses.contains(.undecided) || statuses.isEmpty ? .undecided : .passed)
    }
    count(rows.count - 1, verdict.status)
  }

  private mutating func count(_ index: Int, _ status: Verdict.Status) {
    switch status {
    case .passed, .evaluated: rows[index].passed += 1
    case .undecided: rows[index].undecided += 1
    case .failed: rows[index].failed += 1
    }
  }

  /// The highest rate that is consistent, at 95 %, with `count` in all runs: Clopper & Pearson.
  public func highestRate(of count: Int) throws(PolicyError) -> Double {
    guard runs > 0 else { return 1 }
    do throws(NumericsError) {
      return try clopperPearsonUpper(successes: count, trials: runs, tail: 0.05)
    } catch {
      throw PolicyError(.internal, [error.message])
    }
  }

  /// Splits rows at random in three parts of equal size: training, holdout, fresh.
  ///
  /// - Returns: the rows of each part in ascending order; a remainder of one or two is in none.
  public static func thirds(rows: Int, seed: UInt64, run: Int) -> [[Int]] {
    var stream = RandomStream(seed: seed, name: "policy", "thirds", "\(run)")
    var order = Array(0..<rows)
    stream.shuffle(&order)
    let size = rows / 3
    return (0..<3).map { order[$0 * size..<($0 + 1) * size].sorted() }
  }
}
