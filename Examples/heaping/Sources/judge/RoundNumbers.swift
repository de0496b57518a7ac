import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// How far the share of multiples of ten in each column of whole numbers is from the real one.
///
/// People who are asked for a number say 'fifty'; a generator that draws from a smooth curve does not.
struct RoundNumbers {
  let descriptor = MetricDescriptor(
    id: "fidelity.round-numbers", title: "Round numbers", dimension: .fidelity,
    summary: "How far the share of multiples of ten in each column is from the real one.",
    formula: "|share_real − share_synthetic| of the values that are multiples of ten",
    direction: .lowerIsBetter, anchor: .none,
    invariances: ["order of rows", "order of columns"],
    sees: [], blindTo: [.shuffledColumns],
    cannotSee: "which round numbers there are; relations between columns; other bases than ten",
    howToRead: "0.05 means that five values in a hundred would have to be rounded, or not.",
    citations: [])
}

extension RoundNumbers: Metric {
  func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var scores: [Score] = []
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)] {
      guard let real = frame.table(role), let own = frame.table(.synthetic) else { continue }
      var columns: [Score] = []
      var found: [Certainty] = []
      for place in frame.schema.featureIndices {
        var score = blank(against, Subject(columns: [frame.schema.columns[place].name]))
        if let reason = frame.unfit[place] {
          score.outcome = .notApplicable(reason: reason)
        } else if frame.schema.columns[place].kind == .integer,
          let real = Tally(real.columns[place]), let own = Tally(own.columns[place])
        {
          score.outcome = .measured(abs(real.share - own.share))
          score.n = real.counts(role, synthetic: own)
          let certainty = try Certainty(real, own)
          try certainty.write(to: &score, level: workspace.plan.level)
          found.append(certainty)
        }
        columns.append(score)
      }
      var table = blank(against, .table)
      let values = columns.compactMap(\.value)
      if !values.isEmpty {
        table.outcome = .measured(values.reduce(0, +) / Double(values.count))
        try Certainty(mean: found).write(to: &table, level: workspace.plan.level)
      }
      scores.append(table)
      scores += columns
    }
    return MetricResult(scores: scores)
  }

  /// A score that has no value yet, and says why.
  private func blank(_ against: Against, _ subject: Subject) -> Score {
    Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against, subject: subject,
      outcome: .notApplicable(reason: "there are no whole numbers to compare"))
  }
}

/// How many of the numbers of a column are multiples of ten.
private struct Tally {
  var round = 0
  var count = 0
  var share: Double { Double(round) / Double(count) }

  /// - Returns: `nil` where the column holds no number.
  init?(_ column: ColumnData) {
    guard let values = column.numeric?.presentValues, !values.isEmpty else { return nil }
    count = values.count
    round = values.count { $0.truncatingRemainder(dividingBy: 10) == 0 }
  }

  func counts(_ role: TableRole, synthetic: Tally) -> RowCounts {
    role == .training
      ? RowCounts(training: count, synthetic: synthetic.count)
      : RowCounts(synthetic: synthetic.count, holdout: count)
  }
}

/// How sure a value is, and what a fresh real sample would get.
private struct Certainty {
  /// The expected difference of two samples of the real rows: E|A/n − B/m| for binomial A and B.
  var floor: Double
  /// How much that differs from sample to sample.
  var spread: Double
  /// The standard deviation of the difference at hand.
  var deviation: Double

  init(_ real: Tally, _ own: Tally) throws(MetricError) {
    let (n, m) = (Double(real.count), Double(own.count))
    do throws(NumericsError) {
      floor = try expectedAbsoluteProportionDifference(
        p: real.share, n: real.count, m: own.count)
    } catch {
      throw MetricError(code: "numerics", message: error.description)
    }
    let variance = real.share * (1 - real.share) * (1 / n + 1 / m)
    spread = max(0, variance - floor * floor).squareRoot()
    // A count of 0 does not make a share certain: one row of each kind is added.
    let (p, q) = ((Double(real.round) + 1) / (n + 2), (Double(own.round) + 1) / (m + 2))
    deviation = (p * (1 - p) / n + q * (1 - q) / m).squareRoot()
  }

  /// The mean over columns, which may depend on each other: spreads are averaged as if they moved
  /// together, which is the widest that they can be.
  init(mean parts: [Certainty]) {
    func mean(_ part: (Certainty) -> Double) -> Double {
      parts.reduce(0) { $0 + part($1) } / Double(parts.count)
    }
    floor = mean(\.floor)
    spread = mean(\.spread)
    deviation = mean(\.deviation)
  }

  func write(to score: inout Score, level: Double) throws(MetricError) {
    guard let value = score.value else { return }
    let (oneSided, twoSided): (Double, Double)
    do throws(NumericsError) {
      (oneSided, twoSided) = (try normalQuantile(level), try normalQuantile((1 + level) / 2))
    } catch {
      throw MetricError(code: "numerics", message: error.description)
    }
    score.floor = ScoreFloor(value: floor, spread: spread, method: "closed-form")
    // A difference that is 0 in truth is measured above 0: the lower end makes up for it.
    score.interval = ScoreInterval(
      lower: max(0, value - floor - twoSided * deviation),
      upper: min(1, value + twoSided * deviation), level: level, method: "normal")
    score.bounds = ScoreBounds(
      lower: max(0, value - floor - oneSided * deviation),
      upper: min(1, value + oneSided * deviation), level: level,
      law: .normal(
        .init(
          lowerCentre: value - floor, upperCentre: value, deviation: deviation, lowest: 0,
          highest: 1)),
      excessLaw: .normal(
        .init(lowerCentre: value - floor, upperCentre: value - floor, deviation: deviation)))
  }
}
