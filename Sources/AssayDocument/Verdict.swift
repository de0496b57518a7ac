/// One of the five questions that every summary answers, in the same order.
public enum Question: String, Sendable, Hashable, Codable, CaseIterable {
  /// Valid?
  case valid
  /// Looks real?
  case looksReal
  /// Useful?
  case useful
  /// Fair?
  case fair
  /// Leaks?
  case leaks

  /// The question as it is asked.
  public var title: String {
    switch self {
    case .valid: "Valid?"
    case .looksReal: "Looks real?"
    case .useful: "Useful?"
    case .fair: "Fair?"
    case .leaks: "Leaks?"
    }
  }
}

/// The answer to one of the five questions.
public struct Answer: Sendable, Hashable, Codable {
  /// What a mark beside the answer may say.
  public enum Mark: String, Sendable, Hashable, Codable {
    /// As it should be.
    case good
    /// Not as it should be.
    case bad
    /// These data cannot tell.
    case undecided
    /// Nothing was measured.
    case notJudged
  }

  /// The question.
  public var question: Question
  /// Whether the answer is good news.
  public var mark: Mark
  /// The answer in a word or two, such as `yes` or `none seen`.
  public var word: String
  /// The sentence after it: what was seen, what would decide it, or the flag that would judge it.
  public var sentence: String

  /// Makes an answer.
  public init(question: Question, mark: Mark, word: String, sentence: String) {
    self.question = question
    self.mark = mark
    self.word = word
    self.sentence = sentence
  }
}

/// What a policy makes of a document.
public struct Verdict: Sendable, Hashable, Codable {
  /// Which policy judged.
  public struct PolicyReference: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// Its version.
    public var version: String
    /// The digest of its canonical form.
    public var hash: String

    /// Makes a reference.
    public init(name: String, version: String, hash: String) {
      self.name = name
      self.version = version
      self.hash = hash
    }
  }

  /// What became of the whole.
  public enum Status: String, Sendable, Hashable, Codable {
    /// Measured, not gated.
    case evaluated
    /// Every requirement passed.
    case passed
    /// A requirement failed.
    case failed
    /// A requirement could not be decided.
    case undecided
  }

  /// One requirement and what became of it.
  public struct Requirement: Sendable, Hashable, Codable {
    /// The requirement's name in the policy.
    public var id: String
    /// passed, failed or undecided.
    public var status: Status
    /// The policy's severity word.
    public var severity: String
    /// What it speaks of.
    public var subject: Subject
    /// What was compared, in words.
    public var compared: String
    /// The bound that was judged.
    @Nullable public var bound: Double?
    /// The margin that it was judged against.
    @Nullable public var margin: Double?
    /// Why it fell as it did.
    public var why: String
    /// The command that reproduces it.
    @Nullable public var command: String?
    /// The waiver that applied.
    @Nullable public var waiver: String?

    /// Makes a requirement's verdict.
    public init(
      id: String, status: Status, severity: String, subject: Subject, compared: String,
      bound: Double?, margin: Double?, why: String, command: String? = nil, waiver: String? = nil
    ) {
      self.id = id
      self.status = status
      self.severity = severity
      self.subject = subject
      self.compared = compared
      self.bound = bound
      self.margin = margin
      self.why = why
      self.command = command
      self.waiver = waiver
    }
  }

  /// The policy.
  public var policy: PolicyReference
  /// Whether the policy only advises.
  public var advisory: Bool
  /// The day that waivers were read against.
  @Nullable public var asOf: String?
  /// The number of this run among those of the policy, by which its error probability is shared;
  /// `nil` where no history was kept.
  @Nullable public var run: Int?
  /// How many draws of the generator were judged, each requirement by the worst; `nil` for one.
  @Nullable public var draws: Int?
  /// What became of the whole.
  public var status: Status
  /// The answers to the five questions, in their order.
  public var answers: [Answer]
  /// The requirements.
  public var requirements: [Requirement]

  /// Makes a verdict.
  public init(
    policy: PolicyReference, advisory: Bool, asOf: String? = nil, run: Int? = nil,
    draws: Int? = nil, status: Status, answers: [Answer], requirements: [Requirement]
  ) {
    self.policy = policy
    self.advisory = advisory
    self.asOf = asOf
    self.run = run
    self.draws = draws
    self.status = status
    self.answers = answers
    self.requirements = requirements
  }
}

extension Verdict {
  /// Whether the built-in policy answered because none was given.
  public var isFirstLook: Bool { advisory && policy.name == "first-look" }
}
