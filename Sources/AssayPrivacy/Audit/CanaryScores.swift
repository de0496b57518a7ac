public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How much each planted record looks as if it came back in the synthetic rows.
///
/// ```
/// distance to the closest real row − distance to the closest synthetic row
/// ```
///
/// in the rank-Gower space of real rows and canaries together. The record's own isolation is taken off,
/// so that a record that lies far from everything is not taken for one that was left out. Nothing
/// depends on which records were included.
///
/// Source: calibrated distances as in Chen, Yu, Zhang & Fritz (2020), GAN-Leaks,
/// doi:10.1145/3372297.3417238.
public enum CanaryScores {
  /// The score of each canary, and whether a synthetic row equals it.
  public struct Found: Sendable, Hashable {
    /// One score a canary; larger is more likely included.
    public var scores: [Double]
    /// Whether the closest synthetic row is at distance 0.
    public var returned: [Bool]
    /// How many columns were compared.
    public var columns: Int
  }

  /// Scores canaries.
  ///
  /// - Parameters:
  ///   - comparison: Real rows without canaries as training, all canaries as holdout.
  ///   - threads: The most threads to use.
  /// - Returns: One score and one mark a canary.
  /// - Throws: ``/AssayMetrics/MetricError`` where no column can be compared.
  /// - Complexity: O(canaries · rows · columns).
  public static func measure(
    _ comparison: Comparison, threads: Int
  ) throws(MetricError) -> Found {
    let frame = comparison.exchangeable
    let columns = AttackRows.columns(frame)
    guard !columns.isEmpty, frame.table(.holdout) != nil else {
      throw MetricError(
        code: "canary.columns", message: "no column of the canaries can be compared")
    }
    let space = try MixedSpace(frame, columns: columns, threads: threads)
    let synthetic = try space.points(frame.synthetic, rows: nil)
    do throws(NumericsError) {
      let own = try nearest(queries: space.pooled[1], base: space.pooled[0], threads: threads)
      let other = try nearest(queries: space.pooled[1], base: synthetic, threads: threads)
      return Found(
        scores: zip(own.distances, other.distances).map { ($0 - $1) / Double(columns.count) },
        returned: other.distances.map { $0 == 0 }, columns: columns.count)
    } catch {
      throw MetricError(error)
    }
  }
}

/// What the guesses about canaries say of the privacy of one training run.
public struct CanaryAudit: Sendable, Hashable, Codable {
  /// Records that were in or out by a coin each.
  public var candidates: Int
  /// How many were included.
  public var included: Int
  /// Guesses made: half of them 'included', half 'left out'.
  public var guesses: Int
  /// Right guesses.
  public var correct: Int
  /// δ of the claim.
  public var delta: Double
  /// The confidence of the bound.
  public var confidence: Double
  /// No training that is (ε, δ) private for a smaller ε explains the guesses; `nil` where no ε does.
  @Nullable public var epsilonLowerBound: Double?
  /// Included records that a synthetic row equals.
  public var returnedIncluded: Int
  /// Records that were left out and that a synthetic row equals.
  public var returnedExcluded: Int
  /// The ε that is claimed.
  @Nullable public var claimedEpsilon: Double?
  /// How likely the guesses are if the claim is true, at most.
  @Nullable public var pValue: Double?
  /// Whether the claim is refuted; a claim that is not refuted is not proved.
  @Nullable public var isRefuted: Bool?

  /// Guesses and counts.
  ///
  /// - Parameters:
  ///   - scores: One score a canary; larger is more likely included.
  ///   - included: Which were included.
  ///   - returned: Which a synthetic row equals.
  ///   - guesses: How many guesses to make, even; decided before scores are seen.
  ///   - delta: δ of the claim.
  ///   - claimedEpsilon: The ε that is claimed.
  ///   - confidence: The confidence of the bound.
  /// - Throws: ``/AssayNumerics/NumericsError`` `.domain` for counts out of range.
  /// Source: Steinke, Nasr & Jagielski (2023), doi:10.48550/arXiv.2305.08846.
  public init(
    scores: [Double], included: [Bool], returned: [Bool], guesses: Int, delta: Double = 0,
    claimedEpsilon: Double? = nil, confidence: Double = 0.95
  ) throws(MetricError) {
    precondition(
      scores.count == included.count && scores.count == returned.count,
      "a score and a mark for each canary are expected")
    let made = OneRunGuesses(scores: scores, included: included, guesses: guesses)
    candidates = made.candidates
    self.included = included.count(where: \.self)
    self.delta = delta
    self.confidence = confidence
    self.claimedEpsilon = claimedEpsilon
    returnedIncluded = zip(included, returned).count { $0 && $1 }
    returnedExcluded = zip(included, returned).count { !$0 && $1 }
    self.guesses = made.guesses
    correct = made.correct
    do throws(NumericsError) {
      let bound = try oneRunEpsilonLowerBound(
        delta: delta, candidates: candidates, guesses: made.guesses, correct: correct,
        confidence: confidence)
      epsilonLowerBound = bound.isFinite ? bound : nil
      guard let claimedEpsilon else { return }
      let chance = try oneRunPValue(
        epsilon: claimedEpsilon, delta: delta, candidates: candidates, guesses: made.guesses,
        correct: correct)
      pValue = chance
      isRefuted = chance < 1 - confidence
    } catch {
      throw MetricError(error)
    }
  }
}
