public import AssayDocument

extension ReleaseComparison {
  /// The change with the scores of dimensions paired: both tables were judged over the same resampled
  /// real rows, so that what these leave open does not count twice.
  ///
  /// - Parameters:
  ///   - change: What the documents alone say.
  ///   - comparison: Both tables beside each other, found by the digests of their files.
  ///   - level: The confidence; changes count from its complement on.
  /// - Returns: The change, where the scores of dimensions that were paired take the place of those
  ///   that were not; every other score stays unpaired.
  public static func paired(
    _ change: ReleaseChange, with comparison: CandidateComparison, level: Double = 0.95
  ) -> ReleaseChange {
    func position(_ input: InputRecord) -> Int? {
      comparison.candidates.firstIndex { $0.input.sha256 == input.sha256 }
    }
    guard change.comparability != .none, let old = position(change.old),
      let new = position(change.new), old != new
    else { return change }
    let contrasts = comparison.contrasts.filter { Set([$0.first, $0.second]) == [old, new] }
    let dimensions = Set(contrasts.map(\.dimension))
    let entries = contrasts.compactMap { contrast -> ReleaseChange.Entry? in
      func score(_ index: Int) -> Double? {
        comparison.candidates[index].dimensions.first { $0.id == contrast.dimension }?.score
      }
      guard let before = score(old), let after = score(new) else { return nil }
      // A contrast is first less second; a change is newer less older.
      let isTurned = contrast.first == old
      let interval = contrast.interval.map {
        isTurned
          ? ScoreInterval(
            lower: -$0.upper, upper: -$0.lower, level: $0.level, method: $0.method) : $0
      }
      return ReleaseChange.Entry(
        title: contrast.dimension.rawValue, dimension: contrast.dimension, metric: nil,
        against: nil, subject: .table, old: before, new: after, interval: interval,
        pValue: contrast.pValue, adjusted: min(1, contrast.pValue * Double(contrasts.count)),
        isBetter: before == after ? nil : after > before, method: contrast.method)
    }
    var paired = change
    let kept = change.changes.filter { $0.metric != nil || !dimensions.contains($0.dimension) }
    paired.changes = entries.filter { ($0.adjusted ?? 1) <= 1 - level } + kept
    return paired
  }
}
