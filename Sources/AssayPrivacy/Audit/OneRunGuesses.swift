/// Guesses about which records were in a training run, from a score of each.
///
/// For the records that score most it is guessed that they were included, for those that score least that
/// they were left out, and of the others nothing is said. Where each record was in or out by chance,
/// training that is (ε, δ) private bounds how many guesses can be right.
///
/// Source: Steinke, Nasr & Jagielski (2023), doi:10.48550/arXiv.2305.08846.
public struct OneRunGuesses: Sendable, Hashable, Codable {
  /// Records that were in or out by chance.
  public var candidates: Int
  /// Guesses made: half of them 'included', half 'left out'.
  public var guesses: Int
  /// Right guesses.
  public var correct: Int

  /// Counts that are known.
  public init(candidates: Int, guesses: Int, correct: Int) {
    self.candidates = candidates
    self.guesses = guesses
    self.correct = correct
  }

  /// Guesses and counts.
  ///
  /// - Parameters:
  ///   - scores: One score a record; larger is more likely included. Equal scores are taken in the order
  ///     of the records, which must say nothing of inclusion.
  ///   - included: Which were included.
  ///   - guesses: How many guesses to make, even; decided before scores are seen.
  /// - Complexity: O(records · log records).
  public init(scores: [Double], included: [Bool], guesses: Int) {
    precondition(scores.count == included.count, "a score for each record is expected")
    candidates = scores.count
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    let half = min(guesses, scores.count) / 2
    self.guesses = 2 * half
    correct =
      order.prefix(half).count { included[$0] } + order.suffix(half).count { !included[$0] }
  }

  /// As many guesses as are made where nobody says how many: about half of the records.
  public static func usual(of candidates: Int) -> Int { candidates / 4 * 2 }
}
