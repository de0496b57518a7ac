/// The plan of an evaluation as it is written down: frozen before the synthetic side was read.
public struct PlanRecord: Sendable, Hashable {
  /// The digest of the canonical form of everything below.
  public var hash: String
  /// The seed that every random stream is derived from.
  public var seed: UInt64
  /// The preset: quick, standard or full.
  public var preset: String
  /// Counts below this are pooled or coarsened before they are published.
  public var k: Int
  /// Columns by role, such as `target: [income]`.
  public var roles: [String: [String]]
  /// Bins and cells per column, and how they were made.
  public var binning: DetailValue
  /// The real sides that scores are computed against.
  public var against: [Against]
  /// The metrics that were asked for, with revision.
  public var metrics: [String]
  /// Replicates, samples and what was left out for the budget.
  public var sampling: [String: DetailValue]
  /// Differences that are declared to be on purpose.
  public var intended: DetailValue
  /// What the user said of columns, files and spelling, so that the plan can be run again.
  public var given: DetailValue
  /// By what the evaluation will be judged; no part of the hash, since it follows from the policy and
  /// the numbers of rows.
  public var judging: PlannedJudging?

  /// Makes a plan record.
  public init(
    hash: String, seed: UInt64, preset: String, k: Int, roles: [String: [String]],
    binning: DetailValue, against: [Against], metrics: [String],
    sampling: [String: DetailValue], intended: DetailValue = .null,
    given: DetailValue = .null, judging: PlannedJudging? = nil
  ) {
    self.hash = hash
    self.seed = seed
    self.preset = preset
    self.k = k
    self.roles = roles
    self.binning = binning
    self.against = against
    self.metrics = metrics
    self.sampling = sampling
    self.intended = intended
    self.given = given
    self.judging = judging
  }
}

/// The policy that an evaluation will be judged by, and what these numbers of rows cannot decide of it.
public struct PlannedJudging: Sendable, Hashable, Codable {
  /// The policy.
  public var policy: Verdict.PolicyReference
  /// How many synthetic rows were assumed: as many as there are training rows.
  public var syntheticRows: Int
  /// The requirements that a fresh real sample of these sizes would leave undecided, a sentence each.
  public var undecidable: [String]

  /// Makes a record.
  public init(policy: Verdict.PolicyReference, syntheticRows: Int, undecidable: [String]) {
    self.policy = policy
    self.syntheticRows = syntheticRows
    self.undecidable = undecidable
  }
}

extension PlanRecord: Codable {
  private enum CodingKeys: String, CodingKey {
    case hash, seed, preset, k, roles, binning, against, metrics, sampling, intended
    case given, judging
  }

  /// Reads a plan.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      hash: try c.decode(String.self, forKey: .hash),
      seed: try c.decode(UInt64.self, forKey: .seed),
      preset: try c.decode(String.self, forKey: .preset),
      k: try c.decode(Int.self, forKey: .k),
      roles: try c.decodeIfPresent([String: [String]].self, forKey: .roles) ?? [:],
      binning: try c.decodeIfPresent(DetailValue.self, forKey: .binning) ?? .null,
      against: try c.decodeIfPresent([Against].self, forKey: .against) ?? [],
      metrics: try c.decodeIfPresent([String].self, forKey: .metrics) ?? [],
      sampling: try c.decodeIfPresent([String: DetailValue].self, forKey: .sampling) ?? [:],
      intended: try c.decodeIfPresent(DetailValue.self, forKey: .intended) ?? .null,
      given: try c.decodeIfPresent(DetailValue.self, forKey: .given) ?? .null,
      judging: try c.decodeIfPresent(PlannedJudging.self, forKey: .judging))
  }
}
