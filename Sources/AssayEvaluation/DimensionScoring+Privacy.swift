import AssayDocument
import AssayTable

extension DimensionScoring {
  /// No mean of privacy: one leak is not made good by its absence elsewhere.
  var privacy: DimensionScore {
    DimensionScore(
      id: .privacy, score: nil, method: "none: copy screening, not a privacy verdict",
      counts: counts(.privacy),
      reason: comparison.real.holdout == nil
        ? "no holdout: nothing shows what rows that were never seen would get"
        : "copy screening, not a privacy verdict")
  }
}
