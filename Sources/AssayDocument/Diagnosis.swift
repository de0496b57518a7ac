/// A pattern in the scores that has a name: what several findings have in common, and what to try.
public struct Diagnosis: Sendable, Hashable, Codable {
  /// The stable name of the pattern, such as `shuffled-columns`.
  public var id: String
  /// The name that readers see.
  public var name: String
  /// What is the case, in a sentence or two.
  public var sentence: String
  /// The columns that it shows in, the clearest first; none where it is the table's.
  public var subject: Subject
  /// The numbers that make the pattern.
  public var evidence: [String: DetailValue]
  /// The identifiers of findings that it explains.
  public var explains: [String]
  /// What to try, whatever the generator.
  public var remedy: String
  /// What to try by kind of generator: `autoregressive`, `copula`, `diffusion`, `gan`, `llm`, `vae`.
  public var remedies: [String: String]
  /// The kind of generator that the owner states, where it is one of these.
  @Nullable public var generator: String?

  /// Makes a diagnosis.
  public init(
    id: String, name: String, sentence: String, subject: Subject = .table,
    evidence: [String: DetailValue] = [:], explains: [String] = [], remedy: String,
    remedies: [String: String] = [:], generator: String? = nil
  ) {
    self.id = id
    self.name = name
    self.sentence = sentence
    self.subject = subject
    self.evidence = evidence
    self.explains = explains
    self.remedy = remedy
    self.remedies = remedies
    self.generator = generator
  }

  /// What to try: for the stated kind of generator, if there is such advice, else for any.
  public var advice: String { generator.flatMap { remedies[$0] } ?? remedy }
}
