/// What differs between a document and the same evaluation run again.
///
/// Plan, columns, metrics, scores, dimensions, baselines, power, findings, diagnoses, draws and charts
/// are compared; the verdict only where both were given by the same policy. The program, its libraries
/// and the owner's statements are no results and may differ.
public struct DocumentComparison: Sendable {
  /// A score that differs.
  public struct ScoreDifference: Sendable, Hashable {
    /// Which score.
    public var key: Score.Key
    /// Where its members differ, the value first; empty where one document lacks the score.
    public var members: [ValueDifference]
    /// Whether the first document has the score.
    public var isInFirst: Bool
    /// Whether the second document has it.
    public var isInSecond: Bool
  }

  /// The scores that differ, in the order of the first document, then those it lacks.
  public let scores: [ScoreDifference]
  /// What differs besides scores.
  public let others: [ValueDifference]
  /// By how much numbers may differ, relative to their size: 0, or 1e-9 where the two were
  /// computed with different kernels of linear algebra.
  public let tolerance: Double

  /// Whether nothing differs.
  public var isIdentical: Bool { scores.isEmpty && others.isEmpty }

  /// Compares a recorded document with what was found now.
  ///
  /// - Complexity: linear in the size of the documents.
  public init(_ recorded: EvaluationDocument, _ now: EvaluationDocument) {
    let kernels = [recorded, now].map { $0.tool.libraries["kernel"] }
    let tolerance = kernels[0] == kernels[1] ? 0 : 1e-9
    self.tolerance = tolerance
    scores = Self.scores(recorded.scores, now.scores, tolerance: tolerance)
    others =
      Self.differences(recorded.plan, now.plan, tolerance, at: "plan")
      + Self.differences(recorded.columns, now.columns, tolerance, at: "columns")
      + Self.differences(recorded.metrics, now.metrics, tolerance, at: "metrics")
      + Self.differences(recorded.dimensions, now.dimensions, tolerance, at: "dimensions")
      + Self.differences(recorded.baselines, now.baselines, tolerance, at: "baselines")
      + Self.differences(recorded.power, now.power, tolerance, at: "power")
      + Self.differences(recorded.findings, now.findings, tolerance, at: "findings")
      + Self.differences(recorded.diagnoses, now.diagnoses, tolerance, at: "diagnoses")
      + Self.differences(recorded.draws?.scores, now.draws?.scores, tolerance, at: "draws")
      + Self.differences(
        recorded.draws?.regressions, now.draws?.regressions, tolerance, at: "draws.regressions")
      + Self.differences(recorded.charts, now.charts, tolerance, at: "charts")
      + (recorded.verdict.policy == now.verdict.policy
        ? Self.differences(recorded.verdict, now.verdict, tolerance, at: "verdict") : [])
  }

  private static func differences<Value: Encodable & Equatable>(
    _ first: Value, _ second: Value, _ tolerance: Double, at path: String
  ) -> [ValueDifference] {
    guard first != second else { return [] }
    // Members of a document always encode: numbers that are not finite are written as null.
    let trees = [first, second].map { try? DetailValue(encoding: $0) }
    return ValueDifference.between(trees[0], trees[1], tolerance: tolerance, at: path)
  }

  private static func scores(
    _ first: [Score], _ second: [Score], tolerance: Double
  ) -> [ScoreDifference] {
    let known = Dictionary(second.map { ($0.key, $0) }, uniquingKeysWith: { old, _ in old })
    var found: [ScoreDifference] = []
    for score in first {
      guard let other = known[score.key] else {
        found.append(
          ScoreDifference(key: score.key, members: [], isInFirst: true, isInSecond: false))
        continue
      }
      let members = differences(score, other, tolerance, at: "")
      if !members.isEmpty {
        let value = members.filter { $0.path == "value" }
        found.append(
          ScoreDifference(
            key: score.key, members: value + members.filter { $0.path != "value" },
            isInFirst: true, isInSecond: true))
      }
    }
    let keys = Set(first.map(\.key))
    found += second.filter { !keys.contains($0.key) }.map {
      ScoreDifference(key: $0.key, members: [], isInFirst: false, isInSecond: true)
    }
    return found
  }
}

extension Score.Key {
  /// The score in words: metric, columns, real side.
  public var sentence: String {
    let subject = subject.columns.isEmpty ? "the table" : subject.columns.joined(separator: " × ")
    let part = self.subject.segment.map { ", \($0)" } ?? ""
    return "\(metric), \(subject)\(part), against \(against.rawValue)"
  }
}
