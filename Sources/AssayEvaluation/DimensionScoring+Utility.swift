import AssayDocument

extension DimensionScoring {
  /// The score of utility.
  var utility: DimensionScore { absent(.utility, "this version measures no utility") }
}
