import AssayDocument
import AssayMetrics
import AssayNumerics

/// Puts candidates that one prepared evaluation judged beside each other.
struct CandidateRanking {
  let judged: [JudgedCandidate]
  /// The confidence of intervals; contrasts beyond its complement are differences.
  let level: Double

  /// The dimensions in which candidates get places.
  static let ranked: [Dimension] = [.fidelity, .utility]

  func comparison() throws(NumericsError) -> CandidateComparison? {
    guard let first = judged.first?.document else { return nil }
    let axes = axes()
    let front = front(axes)
    let order = order(front)
    let sorted = order.map { judged[$0] }
    let contrasts = try contrasts(sorted)
    let candidates = sorted.enumerated().map { position, one in
      CandidateComparison.Candidate(
        input: one.document.inputs.synthetic, dimensions: one.document.dimensions,
        answers: one.document.verdict.answers,
        scores: one.document.scores.filter(\.subject.isTable),
        findings: Array(one.document.findings.prefix(3)),
        places: places(position, of: sorted, contrasts),
        coordinates: axes.map { coordinate($0.dimension, one.document) },
        isOnFront: front[order[position]])
    }
    let shown = Set(candidates.flatMap { $0.scores.map(\.metric) })
    return CandidateComparison(
      tool: first.tool, plan: first.plan, about: first.about, training: first.inputs.training,
      holdout: first.inputs.holdout, metrics: first.metrics.filter { shown.contains($0.id) },
      candidates: candidates, contrasts: contrasts, axes: axes)
  }

  /// Whether every candidate has a score of privacy: without a holdout none has.
  private var hasPrivacyScores: Bool {
    judged.allSatisfy { $0.document.dimension(.privacy)?.score != nil }
  }

  /// Where a candidate stands on an axis; `nil` where that was not measured.
  private func coordinate(_ dimension: Dimension, _ document: EvaluationDocument) -> Double? {
    guard dimension == .privacy, !hasPrivacyScores else {
      return document.dimension(dimension)?.score
    }
    // Without the score, closeness beyond a fresh real sample orders what was screened.
    guard
      let score = document.summary(of: "privacy.distance-to-closest-record", against: .both)
        ?? document.summary(of: "privacy.distance-to-closest-record"),
      let value = score.value, let floor = score.floor
    else { return nil }
    return max(0, value - floor.value)
  }

  private func axes() -> [CandidateComparison.Axis] {
    let titles: [(Dimension, String, Bool)] = [
      (.fidelity, "fidelity: 0 the far end, 1 a fresh real sample", false),
      (.utility, "utility: 0 nothing learned, 1 a fresh real sample", false),
      hasPrivacyScores
        ? (
          .privacy,
          "privacy: what the worst leak test cannot rule out; 0 copied rows, 1 a fresh real sample",
          false
        )
        : (
          .privacy, "share of rows closer to real than to holdout, beyond a fresh real sample",
          true
        ),
    ]
    return titles.map { dimension, title, lower in
      let lacking = judged.filter { coordinate(dimension, $0.document) == nil }
      var axis = CandidateComparison.Axis(
        dimension: dimension, title: title, lowerIsBetter: lower)
      if let one = lacking.first {
        let reason = one.document.dimension(dimension)?.reason ?? "not measured"
        axis.absence =
          lacking.count == judged.count
          ? reason : "\(one.document.inputs.synthetic.name) has none: \(reason)"
      }
      return axis
    }
  }

  private func front(_ axes: [CandidateComparison.Axis]) -> [Bool] {
    let used = axes.filter { $0.absence == nil }
    let points = judged.map { one in
      used.compactMap { coordinate($0.dimension, one.document) }
    }
    return ParetoFront.members(points, lowerIsBetter: used.map(\.lowerIsBetter))
  }

  /// The front first, then by fidelity, then as given.
  private func order(_ front: [Bool]) -> [Int] {
    func fidelity(_ index: Int) -> Double {
      judged[index].document.dimension(.fidelity)?.score ?? -.infinity
    }
    return judged.indices.sorted { left, right in
      if front[left] != front[right] { return front[left] }
      let (a, b) = (fidelity(left), fidelity(right))
      return a == b ? left < right : a > b
    }
  }

  private func parts(_ one: JudgedCandidate, _ dimension: Dimension) -> [ScaledFacet] {
    let side: Against = one.document.inputs.holdout == nil ? .training : .holdout
    return one.facets.filter { $0.dimension == dimension && $0.against == side }
      .compactMap(ScaledFacet.init)
  }

  private func contrasts(
    _ sorted: [JudgedCandidate]
  ) throws(NumericsError) -> [CandidateComparison.Contrast] {
    var all: [CandidateComparison.Contrast] = []
    let z = try normalQuantile(1 - (1 - level) / 2)
    for dimension in Self.ranked {
      var own: [CandidateComparison.Contrast] = []
      for first in sorted.indices {
        for second in sorted.indices where second > first {
          own += contrast(first, second, dimension, sorted, z: z)
        }
      }
      all += try Self.adjusted(own)
    }
    return all
  }

  /// The contrast of two candidates; none where one of them has no score.
  private func contrast(
    _ first: Int, _ second: Int, _ dimension: Dimension, _ sorted: [JudgedCandidate], z: Double
  ) -> [CandidateComparison.Contrast] {
    guard sorted[first].document.dimension(dimension)?.score != nil,
      sorted[second].document.dimension(dimension)?.score != nil,
      let found = FacetContrast.between(
        parts(sorted[first], dimension), parts(sorted[second], dimension))
    else { return [] }
    let reach = z * found.deviation
    return [
      .init(
        dimension: dimension, first: first, second: second, difference: found.difference,
        interval: ScoreInterval(
          lower: found.difference - reach, upper: found.difference + reach, level: level,
          method: "normal"), pValue: found.pValue, adjusted: 1,
        method: found.isPaired ? FacetContrast.paired : FacetContrast.mixed)
    ]
  }

  private static func adjusted(
    _ contrasts: [CandidateComparison.Contrast]
  ) throws(NumericsError) -> [CandidateComparison.Contrast] {
    var contrasts = contrasts
    let values = contrasts.map(\.pValue)
    let adjusted = try holmAdjustedPValues(values.span)
    for index in contrasts.indices { contrasts[index].adjusted = adjusted[index] }
    return contrasts
  }

  private func places(
    _ position: Int, of sorted: [JudgedCandidate], _ contrasts: [CandidateComparison.Contrast]
  ) -> [CandidateComparison.Place] {
    Self.ranked.compactMap { dimension in
      guard sorted[position].document.dimension(dimension)?.score != nil else { return nil }
      let count = sorted.count { $0.document.dimension(dimension)?.score != nil }
      var better = 0
      var worse = 0
      for contrast in contrasts where contrast.dimension == dimension && isClear(contrast) {
        if contrast.first == position {
          if contrast.difference > 0 { worse += 1 } else { better += 1 }
        } else if contrast.second == position {
          if contrast.difference > 0 { better += 1 } else { worse += 1 }
        }
      }
      return .init(dimension: dimension, best: 1 + better, worst: count - worse)
    }
  }

  private func isClear(_ contrast: CandidateComparison.Contrast) -> Bool {
    contrast.adjusted <= 1 - level && contrast.difference != 0
  }
}
