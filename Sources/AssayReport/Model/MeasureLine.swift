import AssayDocument

/// What a measure is taken of.
enum MeasureScope: String, CaseIterable {
  case columns = "single columns"
  case pairs = "relations between columns"
  case rows = "whole rows"
}

extension ReportModel {
  /// A measure of the table as a whole with its readings against each real side.
  struct MeasureLine {
    var title: String
    var descriptor: MetricDescriptor?
    var scope: MeasureScope
    var readings: [ScoreReading]
  }
}

extension MeasureScope {
  /// The scope of each metric, by the subjects that it has scores of.
  static func scopes(_ scores: [Score]) -> [MetricID: MeasureScope] {
    var scopes: [MetricID: MeasureScope] = [:]
    for score in scores where score.subject.segment == nil {
      switch score.subject.columns.count {
      case 1: if scopes[score.metric] == nil { scopes[score.metric] = .columns }
      case 2: scopes[score.metric] = .pairs
      default: continue
      }
    }
    return scopes
  }
}
