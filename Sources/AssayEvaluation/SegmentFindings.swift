import AssayDocument

/// Puts the worst parts of the rows into sentences.
struct SegmentFindings {
  /// What a finding is made of.
  struct Sentence {
    var columns: [String]
    var segment: String
    var text: String
    var evidence: [String: DetailValue]
  }

  /// The worst parts, each column set once.
  let sentences: [Sentence]

  /// Parts that get a sentence, at most.
  private static let limit = 3
  /// Differences of shares below this are not worth one.
  private static let least = 0.05

  init(_ scores: [Score]) {
    var sentences: [Sentence] = []
    // That few of A are B is also that few of B are A: once is enough.
    var told: Set<Set<String>> = []
    for score in scores
    where score.metric == "fidelity.segments" && score.details["accused"]?.booleanValue == true {
      guard sentences.count < Self.limit, let segment = score.subject.segment,
        let worst = score.details["differs"]?.arrayValue?.first,
        let column = worst["column"]?.stringValue, let words = worst["words"]?.stringValue,
        let real = worst["real"]?.doubleValue, let synthetic = worst["synthetic"]?.doubleValue,
        abs(synthetic - real) >= Self.least
      else { continue }
      let columns = score.subject.columns + [column]
      let around = worst["around"]
      let gap = (around?["synthetic"]?.doubleValue ?? 0) - (around?["real"]?.doubleValue ?? 0)
      // What is as wrong elsewhere is no matter of this part.
      guard around == nil || abs(gap) <= abs(synthetic - real) / 2,
        told.insert(Set(columns)).inserted
      else { continue }
      var text =
        "among rows with \(segment): \(words) in \(FindingCollection.percent(synthetic)), real "
        + FindingCollection.percent(real)
      if let realAround = around?["real"]?.doubleValue,
        let syntheticAround = around?["synthetic"]?.doubleValue
      {
        text +=
          "; among the rows around \(FindingCollection.percent(syntheticAround)), real "
          + FindingCollection.percent(realAround)
      }
      sentences.append(
        Sentence(
          columns: columns, segment: segment, text: text,
          evidence: [
            "real": .finite(real), "synthetic": .finite(synthetic),
            "adjusted": worst["adjusted"] ?? .null,
          ]))
    }
    self.sentences = sentences
  }
}
