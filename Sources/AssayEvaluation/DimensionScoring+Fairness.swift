import AssayDocument

extension DimensionScoring {
  /// The score of fairness.
  var fairness: DimensionScore { absent(.fairness, "this version measures no fairness") }
}
