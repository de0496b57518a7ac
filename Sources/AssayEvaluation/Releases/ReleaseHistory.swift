public import AssayDocument
import AssayNumerics

/// Follows the scores of several saved documents.
///
/// All are held against the last one: documents with another holdout, and scores of metrics with
/// another revision, are left out and said to be. Levels are searched by
/// ``/AssayNumerics/changePoints(values:deviations:level:draws:seed:)``, each series at `level` shared by
/// the number of series (Bonferroni).
public enum ReleaseHistory {
  /// How changes of level are found.
  public static let method =
    "binary segmentation by the largest difference of weighted means, calibrated by simulation; values "
    + "vary by their own intervals and, from six releases on, by what neighbours differ beyond them; 5 % "
    + "over all series"

  /// The trend.
  ///
  /// - Parameters:
  ///   - documents: The documents in their order, two or more.
  ///   - names: What each is called.
  ///   - level: The probability of a false change over all series.
  /// - Returns: The scores over the documents, with changes of level.
  /// - Throws: ``EvaluationError`` with fewer than two documents.
  public static func trend(
    _ documents: [EvaluationDocument], names: [String], level: Double = 0.05
  ) throws(EvaluationError) -> ReleaseTrend {
    guard let last = documents.last, documents.count > 1, names.count == documents.count else {
      throw EvaluationError(.data, ["a trend needs two documents or more, each with a name"])
    }
    let matches = documents.map { ReleaseMatch($0, last) }
    var releases: [ReleaseTrend.Release] = []
    for (index, document) in documents.enumerated() {
      var release = ReleaseTrend.Release(name: names[index], input: document.inputs.synthetic)
      if matches[index].comparability == .none {
        release.absence = matches[index].reasons.first ?? "it does not compare with the last"
      }
      releases.append(release)
    }
    var series = dimensions(documents, releases) + metrics(documents, matches, releases)
    let searched = series.count {
      $0.points.count > 1 && $0.points.allSatisfy { $0.interval != nil }
    }
    do throws(NumericsError) {
      for index in series.indices {
        try search(&series[index], level: level / Double(max(1, searched)))
      }
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
    return ReleaseTrend(
      releases: releases, series: series, method: method,
      remarks: remarks(documents, matches, names))
  }

  private static func remarks(
    _ documents: [EvaluationDocument], _ matches: [ReleaseMatch], _ names: [String]
  ) -> [String] {
    var remarks: [String] = []
    for (index, match) in matches.enumerated() where match.comparability != .full {
      for reason in match.reasons { remarks.append("\(names[index]) and the last: \(reason)") }
    }
    if documents.count < 6 {
      remarks.append(
        "with fewer than six releases, what they vary by beyond their intervals is not known: a "
          + "change of level may be one release that differs")
    }
    return remarks
  }

  private static func dimensions(
    _ documents: [EvaluationDocument], _ releases: [ReleaseTrend.Release]
  ) -> [ReleaseTrend.Series] {
    [Dimension.fidelity, .utility].compactMap { dimension in
      let points = documents.enumerated().compactMap { index, document -> ReleaseTrend.Point? in
        guard releases[index].absence == nil, let score = document.dimension(dimension),
          let value = score.score
        else { return nil }
        return .init(release: index, value: value, interval: score.interval)
      }
      guard points.count > 1 else { return nil }
      return .init(
        title: dimension.rawValue, dimension: dimension, metric: nil, against: nil,
        direction: .higherIsBetter, points: points, changes: [], absence: nil)
    }
  }

  private static func metrics(
    _ documents: [EvaluationDocument], _ matches: [ReleaseMatch],
    _ releases: [ReleaseTrend.Release]
  ) -> [ReleaseTrend.Series] {
    guard let last = documents.last else { return [] }
    let tables = documents.map { document in
      Dictionary(
        document.scores.filter(\.subject.isTable).map { ($0.key, $0) },
        uniquingKeysWith: { first, _ in first })
    }
    return last.scores.filter { $0.subject.isTable && $0.value != nil }.compactMap { score in
      guard let descriptor = last.descriptor(score.metric) else { return nil }
      let points = documents.indices.compactMap { index -> ReleaseTrend.Point? in
        guard releases[index].absence == nil, matches[index].metrics.contains(score.metric),
          matches[index].holds(score.against, documents[index], last),
          let own = tables[index][score.key], let value = own.value
        else { return nil }
        return .init(release: index, value: value, interval: own.interval)
      }
      guard points.count > 1 else { return nil }
      return .init(
        title: descriptor.title, dimension: score.dimension, metric: score.metric,
        against: score.against, direction: descriptor.direction, points: points, changes: [],
        absence: nil)
    }
  }

  private static func search(
    _ series: inout ReleaseTrend.Series, level: Double
  ) throws(NumericsError) {
    let deviations = series.points.compactMap { DrawsComparison.spread($0.interval) }
    guard deviations.count == series.points.count else {
      series.absence = "its values have no intervals"
      return
    }
    let values = series.points.map(\.value)
    // Enough draws that the smallest probability lies well below the level.
    let draws = min(19_999, max(1_999, Int((40 / level).rounded(.up))))
    series.changes = try changePoints(
      values: values.span, deviations: deviations.span, level: level, draws: draws
    ).map { change in
      .init(
        release: series.points[change.position].release, before: change.before,
        after: change.after, pValue: change.pValue)
    }
  }
}
