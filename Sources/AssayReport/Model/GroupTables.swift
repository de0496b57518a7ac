import AssayDocument

/// The groups of one sensitive column, or of several together, with what was measured of each.
struct GroupTable {
  /// One group.
  struct Row {
    var label: String
    /// Shares and their ratio.
    var realShare, syntheticShare, ratio: Double?
    var ratioLimits: (lower: Double, upper: Double)?
    /// The rate of the outcome.
    var real, synthetic: Chart.Dots.Mark?
    var change: Double?
    var changeLimits: (lower: Double, upper: Double)?
    /// Rows that models predict to be yes.
    var predictedReal, predictedSynthetic: Double?
    /// Why a rate is not compared.
    var reason: String?
  }

  var columns: [String]
  var target: String?
  /// What of the target is counted.
  var positive: String?
  var against: Against
  var rows: [Row]

  var isIntersection: Bool { columns.count > 1 }

  /// The tables of a document, by target and columns in the order of its scores, against the
  /// holdout where there is one.
  static func make(_ scores: [Score]) -> [GroupTable] {
    let own = scores.filter { $0.dimension == .fairness }
    let against: Against = own.contains { $0.against == .holdout } ? .holdout : .training
    let shares = own.filter {
      $0.metric == "fairness.representation" && $0.against == against && $0.subject.segment != nil
    }
    let rates = own.filter {
      $0.metric == "fairness.outcome-rates" && $0.against == against && $0.subject.segment != nil
    }
    let predicted = own.filter {
      $0.metric == "fairness.demographic-parity" && $0.subject.segment != nil
    }
    var targets: [String?] = []
    for score in rates where !targets.contains(score.subject.target) {
      targets.append(score.subject.target)
    }
    if targets.isEmpty { targets = [nil] }
    var tables: [GroupTable] = []
    for target in targets {
      for score in shares
      where !tables.contains(where: {
        $0.columns == score.subject.columns && $0.target == target
      }) {
        let columns = score.subject.columns
        guard !columns.contains(target ?? "") || targets.count == 1 else { continue }
        let groups = shares.filter { $0.subject.columns == columns }
        tables.append(
          GroupTable(
            columns: columns, target: target,
            positive: rates.first {
              $0.subject.columns == columns && $0.subject.target == target
                && $0.details["positive"] != nil
            }?.details["positive"]?.stringValue, against: against,
            rows: groups.map { group in
              let subject = Subject(
                columns: columns, segment: group.subject.segment, target: target)
              return row(
                group, rate: rates.first { $0.subject == subject },
                predicted: predicted.first { $0.subject == subject })
            }))
      }
    }
    return tables
  }

  private static func row(_ share: Score, rate: Score?, predicted: Score?) -> Row {
    var row = Row(label: share.subject.segment ?? "")
    row.realShare = share.details["realShare"]?.doubleValue
    row.syntheticShare = share.details["syntheticShare"]?.doubleValue
    row.ratio = share.details["ratio"]?.doubleValue
    if let lower = share.details["ratioLower"]?.doubleValue,
      let upper = share.details["ratioUpper"]?.doubleValue
    {
      row.ratioLimits = (lower, upper)
    }
    row.reason = share.reason ?? rate?.reason
    if let rate {
      row.real = mark(.real, "real", rate)
      row.synthetic = mark(.synthetic, "synthetic", rate)
      row.change = rate.details["change"]?.doubleValue
      if let lower = rate.details["changeLower"]?.doubleValue,
        let upper = rate.details["changeUpper"]?.doubleValue
      {
        row.changeLimits = (lower, upper)
      }
    }
    row.predictedReal = predicted?.details["real"]?.doubleValue
    row.predictedSynthetic = predicted?.details["synthetic"]?.doubleValue
    return row
  }

  private static func mark(
    _ series: Chart.Series, _ name: String, _ score: Score
  ) -> Chart.Dots.Mark? {
    guard let value = score.details[name + "Rate"]?.doubleValue else { return nil }
    return Chart.Dots.Mark(
      series: series, value: value, lower: score.details[name + "Lower"]?.doubleValue,
      upper: score.details[name + "Upper"]?.doubleValue)
  }
}
