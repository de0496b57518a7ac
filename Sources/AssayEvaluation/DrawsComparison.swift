public import AssayDocument
import AssayNumerics

extension PreparedEvaluation {
  /// One document for several draws of a generator: that of the first draw, with the values of all
  /// draws side by side in `draws`.
  ///
  /// No score is averaged over draws: an interval of a mean would have to know how draws depend on
  /// each other through the real rows that all of them are compared with.
  ///
  /// - Parameter documents: A document for each draw, of one and the same prepared evaluation; one
  ///   or more.
  /// - Returns: The first document, with `draws` where there are several.
  /// - Throws: ``EvaluationError`` where there is no document or their plans differ.
  /// - Complexity: O(draws · scores).
  public static func document(
    ofDraws documents: [EvaluationDocument]
  ) throws(EvaluationError) -> EvaluationDocument {
    guard var first = documents.first else {
      throw EvaluationError(.internal, ["there is no draw to speak of"])
    }
    guard documents.allSatisfy({ $0.plan.hash == first.plan.hash }) else {
      throw EvaluationError(.internal, ["the draws were judged by different plans"])
    }
    guard documents.count > 1 else { return first }
    var record = DrawsComparison(documents: documents).record()
    do throws(NumericsError) {
      record.regressions = try CoefficientCombination(documents: documents).regressions()
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
    first.draws = record
    return first
  }
}

/// Puts the values of several draws side by side.
struct DrawsComparison {
  let documents: [EvaluationDocument]

  func record() -> DrawsRecord {
    let others = documents.dropFirst()
    let count = others.reduce(0) { $0 + $1.scores.count }
    return DrawsRecord(
      inputs: documents.map(\.inputs.synthetic),
      scores: (dimensions + facets + metrics).filter { $0.values.contains { $0 != nil } },
      evidence: others.map {
        DrawEvidence($0, lacksPairs: count > DrawEvidence.scoreLimit)
      })
  }

  private var dimensions: [DrawnScore] {
    (documents.first?.dimensions ?? []).map { dimension in
      let all = documents.map { $0.dimension(dimension.id) }
      return DrawnScore(
        kind: .dimension, id: dimension.id.rawValue, against: nil, values: all.map { $0?.score },
        spreads: all.map { Self.spread($0?.interval) })
    }
  }

  private var facets: [DrawnScore] {
    (documents.first?.dimensions ?? []).flatMap { dimension in
      dimension.members.map { member in
        let all = documents.map { document in
          document.dimension(dimension.id)?.members.first {
            $0.facet == member.facet && $0.against == member.against
          }
        }
        return DrawnScore(
          kind: .facet, id: "\(dimension.id.rawValue).\(member.facet)", against: member.against,
          values: all.map { $0?.score }, spreads: all.map { Self.spread($0?.interval) })
      }
    }
  }

  private var metrics: [DrawnScore] {
    let tables = documents.map { document in
      Dictionary(
        document.scores.filter(\.subject.isTable).map { ($0.key, $0) },
        uniquingKeysWith: { first, _ in first })
    }
    return (documents.first?.scores ?? []).filter(\.subject.isTable).map { score in
      let all = tables.map { $0[score.key] }
      return DrawnScore(
        kind: .metric, id: score.metric.rawValue, against: score.against,
        values: all.map { $0?.value }, spreads: all.map { Self.spread($0?.interval) })
    }
  }

  /// The standard deviation for which a normal interval would be as wide.
  static func spread(_ interval: ScoreInterval?) -> Double? {
    // The quantile is defined for every level between 0 and 1; others have no spread.
    guard let interval, let z = try? normalQuantile((1 + interval.level) / 2), z > 0 else {
      return nil
    }
    return (interval.upper - interval.lower) / (2 * z)
  }
}
