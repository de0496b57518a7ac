/// What yes-or-no predictions came to in one group of rows.
///
/// Counts may be weighted. A rate whose rows are absent has no value.
public struct GroupOutcomes: Sendable, Hashable {
  /// The rows.
  public var rows: Double
  /// The rows whose answer is yes.
  public var positives: Double
  /// The rows that are predicted to be yes.
  public var predicted: Double
  /// The rows whose answer is yes and that are predicted to be yes.
  public var truePositives: Double

  /// Makes outcomes from counts.
  public init(rows: Double, positives: Double, predicted: Double, truePositives: Double) {
    self.rows = rows
    self.positives = positives
    self.predicted = predicted
    self.truePositives = truePositives
  }

  /// The share of rows whose answer is yes.
  public var positiveRate: Double? { Self.ratio(positives, rows) }
  /// The share of rows that are predicted to be yes: what demographic parity compares.
  public var selectionRate: Double? { Self.ratio(predicted, rows) }
  /// The share of yes rows that are predicted to be yes: what equal opportunity compares.
  public var truePositiveRate: Double? { Self.ratio(truePositives, positives) }
  /// The share of no rows that are predicted to be yes.
  public var falsePositiveRate: Double? {
    Self.ratio(predicted - truePositives, rows - positives)
  }
  /// The share of rows predicted to be yes that are: what predictive parity compares.
  public var precision: Double? { Self.ratio(truePositives, predicted) }

  private static func ratio(_ part: Double, _ whole: Double) -> Double? {
    whole > 0 ? part / whole : nil
  }
}

/// The largest rate of any group less the smallest; rates that are absent play no part.
///
/// - Returns: A number in 0...1 for rates; `nil` below two rates.
/// - Complexity: O(groups).
public func groupGap(_ rates: some Sequence<Double?>) -> Double? {
  let present = rates.compactMap(\.self)
  guard present.count >= 2, let least = present.min(), let most = present.max() else { return nil }
  return most - least
}

/// The smallest rate of any group over the largest; rates that are absent play no part.
///
/// - Returns: A number in 0...1; 1 where all rates are 0; `nil` below two rates.
/// - Complexity: O(groups).
public func groupRatio(_ rates: some Sequence<Double?>) -> Double? {
  let present = rates.compactMap(\.self)
  guard present.count >= 2, let least = present.min(), let most = present.max() else { return nil }
  return most > 0 ? least / most : 1
}

/// The larger of the gaps of the true positive and of the false positive rates between groups.
///
/// - Returns: A number in 0...1; `nil` where neither rate is known of two groups.
/// - Complexity: O(groups). Source: Hardt, Price & Srebro (2016), Equality of opportunity in
///   supervised learning, NeurIPS 29.
public func equalisedOddsGap(_ groups: [GroupOutcomes]) -> Double? {
  [groupGap(groups.map(\.truePositiveRate)), groupGap(groups.map(\.falsePositiveRate))]
    .compactMap(\.self).max()
}

/// The smaller of the ratios of the true positive and of the false positive rates between groups.
///
/// - Returns: A number in 0...1; `nil` where neither rate is known of two groups.
/// - Complexity: O(groups).
public func equalisedOddsRatio(_ groups: [GroupOutcomes]) -> Double? {
  [groupRatio(groups.map(\.truePositiveRate)), groupRatio(groups.map(\.falsePositiveRate))]
    .compactMap(\.self).min()
}
