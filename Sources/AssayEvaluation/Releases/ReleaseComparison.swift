public import AssayDocument
import AssayNumerics

/// Holds two saved documents against each other.
///
/// A change is the newer value less the older. Documents hold no rows, so the two are taken as
/// independent: `sd = √(sd_old² + sd_new²)`, each from its own interval. Where both were compared with
/// the same real rows this overstates the noise, and small changes go unseen; `assay compare` on the
/// tables themselves pairs them. Changes are adjusted by Holm, scores of the table as a whole and those
/// of columns and pairs each in a family of their own.
public enum ReleaseComparison {
  /// The name of the method.
  public static let method = "unpaired, from the intervals of both documents"

  /// What changed.
  ///
  /// - Parameters:
  ///   - old: The older document.
  ///   - new: The newer one.
  ///   - level: The confidence; changes count from its complement on.
  /// - Returns: Whether they compare, and what changed beyond noise.
  /// - Throws: ``EvaluationError`` where the level is no probability.
  /// - Complexity: O(n log n) in the number of scores.
  public static func change(
    from old: EvaluationDocument, to new: EvaluationDocument, level: Double = 0.95
  ) throws(EvaluationError) -> ReleaseChange {
    let match = ReleaseMatch(old, new)
    var change = ReleaseChange(
      old: old.inputs.synthetic, new: new.inputs.synthetic, comparability: match.comparability,
      reasons: match.reasons, changes: [], compared: 0, unsure: 0, turns: turns(old, new),
      appeared: lacking(new.findings, in: old.findings),
      gone: lacking(old.findings, in: new.findings))
    guard match.comparability != .none else { return change }
    do throws(NumericsError) {
      let wide = try entries(old, new, match, level: level) { $0.subject.isTable }
      let narrow = try entries(old, new, match, level: level) { !$0.subject.isTable }
      let whole = try adjusted(try dimensions(old, new, level: level) + wide)
      let parts = try adjusted(narrow)
      let all = whole + parts
      change.compared = all.count
      change.unsure = all.count { $0.pValue == nil && $0.old != $0.new }
      change.changes = all.filter { ($0.adjusted ?? 1) <= 1 - level }
        .enumerated().sorted {
          ($0.element.adjusted ?? 1, $0.offset) < ($1.element.adjusted ?? 1, $1.offset)
        }.map(\.element)
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
    return change
  }

  private static func lacking(_ findings: [Finding], in others: [Finding]) -> [Finding] {
    let known = Set(others.map(\.id))
    return findings.filter { $0.severity != .notice && !known.contains($0.id) }
  }

  private static func turns(
    _ old: EvaluationDocument, _ new: EvaluationDocument
  ) -> [ReleaseChange.Turn] {
    new.verdict.answers.compactMap { answer in
      guard let before = old.verdict.answers.first(where: { $0.question == answer.question }),
        before.mark != answer.mark
      else { return nil }
      return .init(question: answer.question, old: before, new: answer)
    }
  }

  private static func dimensions(
    _ old: EvaluationDocument, _ new: EvaluationDocument, level: Double
  ) throws(NumericsError) -> [ReleaseChange.Entry] {
    var found: [ReleaseChange.Entry] = []
    // The share of hard checks has no interval; privacy has no number.
    for dimension in [Dimension.fidelity, .utility] {
      guard let before = old.dimension(dimension), let after = new.dimension(dimension),
        let first = before.score, let second = after.score
      else { continue }
      found.append(
        try entry(
          dimension.rawValue, dimension, nil, nil, .table, (first, before.interval),
          (second, after.interval), isBetter: second == first ? nil : second > first, level: level))
    }
    return found
  }

  private static func entries(
    _ old: EvaluationDocument, _ new: EvaluationDocument, _ match: ReleaseMatch, level: Double,
    where isWanted: (Score) -> Bool
  ) throws(NumericsError) -> [ReleaseChange.Entry] {
    let known = Dictionary(old.scores.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let descriptors = Dictionary(
      new.metrics.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var found: [ReleaseChange.Entry] = []
    for score in new.scores where isWanted(score) {
      guard match.metrics.contains(score.metric), match.holds(score.against, old, new),
        let before = known[score.key], let first = before.value, let second = score.value,
        let descriptor = descriptors[score.metric]
      else { continue }
      found.append(
        try entry(
          descriptor.title, score.dimension, score.metric, score.against, score.subject,
          (first, before.interval), (second, score.interval),
          isBetter: better(first, second, descriptor, before.floor?.value, score.floor?.value),
          level: level))
    }
    return found
  }

  private static func better(
    _ old: Double, _ new: Double, _ descriptor: MetricDescriptor, _ oldFresh: Double?,
    _ newFresh: Double?
  ) -> Bool? {
    guard old != new else { return nil }
    switch descriptor.direction {
    case .lowerIsBetter: return new < old
    case .higherIsBetter: return new > old
    case .closerToFreshSample:
      guard let oldFresh, let newFresh else { return nil }
      let (before, after) = (abs(old - oldFresh), abs(new - newFresh))
      return before == after ? nil : after < before
    }
  }

  private static func entry(
    _ title: String, _ dimension: Dimension, _ metric: MetricID?, _ against: Against?,
    _ subject: Subject, _ old: (Double, ScoreInterval?), _ new: (Double, ScoreInterval?),
    isBetter: Bool?, level: Double
  ) throws(NumericsError) -> ReleaseChange.Entry {
    var entry = ReleaseChange.Entry(
      title: title, dimension: dimension, metric: metric, against: against, subject: subject,
      old: old.0, new: new.0, interval: nil, pValue: nil, adjusted: nil, isBetter: isBetter,
      method: method)
    guard let first = DrawsComparison.spread(old.1), let second = DrawsComparison.spread(new.1)
    else { return entry }
    let deviation = (first * first + second * second).squareRoot()
    let difference = new.0 - old.0
    let z = try normalQuantile(1 - (1 - level) / 2)
    entry.interval = ScoreInterval(
      lower: difference - z * deviation, upper: difference + z * deviation, level: level,
      method: "normal")
    entry.pValue =
      deviation > 0
      ? min(1, 2 * normalSurvival(abs(difference) / deviation)) : difference == 0 ? 1 : 0
    return entry
  }

  private static func adjusted(
    _ entries: [ReleaseChange.Entry]
  ) throws(NumericsError) -> [ReleaseChange.Entry] {
    var entries = entries
    let places = entries.indices.filter { entries[$0].pValue != nil }
    let known = places.compactMap { entries[$0].pValue }
    let values = try holmAdjustedPValues(known.span)
    for (place, value) in zip(places, values) { entries[place].adjusted = value }
    return entries
  }
}
