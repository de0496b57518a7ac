/// What a policy may ask of a draw after the first: its scores without tests and details, and its
/// dimensions.
public struct DrawEvidence: Sendable, Hashable, Codable {
  /// The most scores of further draws that one document carries before pairs of columns are left
  /// out.
  public static let scoreLimit = 20_000

  /// The scores: value, bounds, floor, far end and what explains their absence.
  public var scores: [Score]
  /// The dimensions.
  public var dimensions: [DimensionScore]
  /// Whether scores of pairs were left out because they were too many.
  public var lacksPairs: Bool

  /// Makes evidence of a draw's own document.
  ///
  /// - Parameters:
  ///   - document: The draw judged on its own.
  ///   - lacksPairs: Whether scores of more than one column are left out.
  public init(_ document: EvaluationDocument, lacksPairs: Bool) {
    let kept = document.scores.filter { !lacksPairs || $0.subject.columns.count < 2 }
    scores = kept.map { score in
      var score = score
      score.test = nil
      score.interval = nil
      score.details = score.details.filter { Self.details.contains($0.key) }
      return score
    }
    dimensions = document.dimensions
    self.lacksPairs = lacksPairs
  }

  /// The details that decide whether a requirement can be judged.
  private static let details: Set<String> = ["contaminated"]
}

extension EvaluationDocument {
  /// A document for each draw, this one first; only this one where there are no others.
  ///
  /// Those of further draws hold what a policy may ask, and no findings. A document whose draws came
  /// without evidence stands for its first draw alone.
  public var eachDraw: [EvaluationDocument] {
    guard let draws, draws.evidence.count + 1 == draws.inputs.count else { return [self] }
    var first = self
    first.draws = nil
    return [first]
      + zip(draws.inputs.dropFirst(), draws.evidence).map { input, evidence in
        var document = first
        document.inputs.synthetic = input
        document.scores = evidence.scores
        document.dimensions = evidence.dimensions
        document.findings = []
        return document
      }
  }
}
