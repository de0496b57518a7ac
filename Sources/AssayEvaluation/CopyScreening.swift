import AssayDocument

/// Reads the copy tests: which of them saw more than chance explains.
struct CopyScreening {
  /// One sentence for each alarm, gravest first.
  let alarms: [String]

  init(_ scores: [Score]) {
    var alarms: [String] = []
    if let exact = scores.first(where: {
      $0.metric == "privacy.exact-match" && $0.subject.isTable && $0.against == .training
    }), let value = exact.value, let floor = exact.floor {
      let expected = exact.details["freshUpper"]?.doubleValue ?? floor.value + 3 * floor.spread
      let lower = exact.bounds?.lower ?? value
      let chance = exact.test?.pValue ?? 1
      if chance <= FirstLook.copyLevel || (exact.test == nil && lower > expected) {
        if value > floor.value {
          alarms.append(
            "\(FindingCollection.percent(value)) of the rows are training rows, "
              + "a fresh real sample has \(FindingCollection.percent(floor.value))")
        }
      }
    }
    if let share = scores.first(where: {
      $0.metric == "privacy.distance-to-closest-record" && $0.subject.isTable
    }), let value = share.value, let floor = share.floor, let test = share.test {
      let lower = share.bounds?.lower ?? value
      // Where the holdout is another population, closer to training says nothing.
      if test.pValue <= FirstLook.copyLevel, lower - floor.value > FirstLook.copyMargin,
        HoldoutDrift(scores).columns.isEmpty
      {
        alarms.append(
          "\(FindingCollection.percent(value)) of the rows lie closer to training than to the holdout, "
            + "a fresh real sample has \(FindingCollection.percent(floor.value))")
      }
    }
    if let parts = Self.partialCopies(scores), HoldoutDrift(scores).columns.isEmpty {
      alarms.append(parts)
    }
    self.alarms = alarms
  }

  /// Rows put together from parts of single records, where they are more than the margin for certain.
  private static func partialCopies(_ scores: [Score]) -> String? {
    guard
      let parts = scores.first(where: {
        $0.metric == "privacy.rare-combinations" && $0.subject.isTable
      }), let value = parts.value, let test = parts.test, let lower = parts.bounds?.lower,
      test.pValue <= FirstLook.copyLevel, lower > FirstLook.copyMargin
    else { return nil }
    return partialCopies(value)
  }

  /// What is said of rows that are put together from parts of single records.
  static func partialCopies(_ value: Double) -> String {
    "\(FindingCollection.percent(value)) of the rows repeat rare combinations of values of one training "
      + "record, beyond what the holdout shows to be chance"
  }
}
