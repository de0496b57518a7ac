/// Which pairs of columns are furthest from the real ones: one rule for what is drawn and what is listed.
public struct PairOrder: Sendable {
  /// The pairs that have a value, furthest first; equals as they come in the scores.
  public let pairs: [[String]]

  /// Orders the pairs of the scores.
  ///
  /// A pair counts by the score that states the relation on both sides and is furthest from what a
  /// fresh real sample gets; without such a score by whichever is furthest; against the preferred
  /// side where a score has it.
  ///
  /// - Complexity: O(n log n) in the number of scores.
  public init(_ scores: [Score], metrics: [MetricDescriptor], preferred: Against) {
    let known = Dictionary(metrics.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var order: [[String]] = []
    var bySubject: [[String]: [Score]] = [:]
    for score in scores where score.subject.isPlain && score.subject.columns.count == 2 {
      if bySubject[score.subject.columns] == nil { order.append(score.subject.columns) }
      bySubject[score.subject.columns, default: []].append(score)
    }
    let ranked = order.compactMap { columns -> (columns: [String], excess: Double)? in
      let all = bySubject[columns] ?? []
      let own = all.filter { score in
        score.value != nil
          && (score.against == preferred
            || !all.contains {
              $0.metric == score.metric && $0.against == preferred
                && $0.parameters == score.parameters
            })
      }
      guard !own.isEmpty else { return nil }
      return (columns, Self.excess(own, known))
    }
    pairs = ranked.indices.sorted {
      ranked[$0].excess == ranked[$1].excess ? $0 < $1 : ranked[$0].excess > ranked[$1].excess
    }.map { ranked[$0].columns }
  }

  private static func excess(
    _ scores: [Score], _ known: [MetricID: MetricDescriptor]
  ) -> Double {
    let stated = scores.filter { $0.coefficients != nil }
    let pool = stated.isEmpty ? scores.filter { $0.isRanked(known[$0.metric]) } : stated
    let main = pool.max { $0.excess(known[$0.metric]) < $1.excess(known[$1.metric]) }
    return main.map { $0.isRanked(known[$0.metric]) ? $0.excess(known[$0.metric]) : 0 } ?? 0
  }
}

extension Subject {
  /// Whether this is the table, a column or a pair, and no segment of it.
  public var isPlain: Bool {
    segment == nil && given == nil && columns.count <= 2 && (target == nil || !columns.isEmpty)
  }
}

extension Score {
  /// How much worse than a fresh real sample the value is, in the metric's own unit.
  public func excess(_ descriptor: MetricDescriptor?) -> Double {
    guard let value else { return 0 }
    let fresh = floor?.value
    switch descriptor?.direction ?? .lowerIsBetter {
    case .lowerIsBetter: return value - (fresh ?? descriptor?.lowerLimit ?? 0)
    case .higherIsBetter: return (fresh ?? descriptor?.upperLimit ?? value) - value
    case .closerToFreshSample: return abs(value - (fresh ?? value))
    }
  }

  /// The strength of a relation on both sides, where the score states it.
  public var coefficients: (real: Double, synthetic: Double)? {
    guard let real = details["real"]?.doubleValue,
      let synthetic = details["synthetic"]?.doubleValue
    else { return nil }
    return (real, synthetic)
  }

  /// Whether values lie in 0 to 1 or so, and can be ranked beside others.
  public func isRanked(_ descriptor: MetricDescriptor?) -> Bool {
    let unit = self.unit.isEmpty ? descriptor?.unit ?? "" : self.unit
    return (unit.isEmpty || unit == "share")
      && (descriptor?.upperLimit).map { $0 <= 2 } ?? false
  }
}
