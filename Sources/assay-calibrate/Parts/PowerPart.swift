import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTestKit

extension CalibrationPart {
  /// The ladder of planted damage.
  static let power = CalibrationPart(
    name: "power", title: "From which strength on a damage is seen",
    meaning: """
      Each damage that a metric says to see, or not to see, planted in 1, 2, 5, 10 and 20 % strength \
      into fresh rows. *From*: the first strength at which four seeds in five score worse than 95 % \
      of fresh rows. What a metric says to see must not get better as the damage grows; what it \
      says to be blind to must leave it where a fresh real sample is.
      """
  ) { setting in
    let seeds = min(50, setting.runs)
    let rows = 500
    let found = try await PowerStudy(seeds: seeds, rows: rows)
      .run(MetricCatalog.standard.metrics, threads: setting.threads, progress: setting.say)
    let seen = found.filter(\.claimed)
    let adjusted = try CalibrationWords.holm(seen.map { min(1, $0.reversalTail) })
    let steps = PowerStudy.strengths.count
    var table = CalibrationTable(
      columns: [
        ("damage", "damage"), ("metric", "metric"), ("against", "against"), ("claim", "claim"),
      ]
        + PowerStudy.strengths.map { ("at_\($0)", CalibrationTable.percent($0)) } + [
          ("seen_from", "from"), ("reversals", "reversals"), ("adjusted_tail", "adjusted tail"),
        ])
    var violations = 0
    var place = 0
    for row in found {
      var tail: Double?
      if row.claimed {
        tail = adjusted[place]
        place += 1
      }
      if tail.map({ $0 <= 0.05 }) ?? !row.isBlind { violations += 1 }
      table.add(
        [
          .word(row.damage.rawValue), .word(row.metric.rawValue), .word(row.against.rawValue),
          .word(row.claimed ? "sees" : row.isBlind ? "blind" : "blind, but moves"),
        ] + row.worsening.map { .number($0) } + [
          .rate(row.claimed ? row.seenFrom : nil), .count(row.reversals), .number(tail),
        ])
    }
    let reversals = seen.reduce(0) { $0 + $1.reversals }
    let late = seen.count { $0.seenFrom == nil }
    return CalibrationFindings(
      outcome:
        "\(seen.count) claims to see a damage: \(seen.count - late) are seen at 20 % or less; "
        + "\(reversals) of \(seen.count * steps) steps go back by more than two standard errors, "
        + "\(adjusted.count { $0 <= 0.05 }) beyond chance. \(found.count - seen.count) claims to be "
        + "blind: \(found.count { !$0.claimed && !$0.isBlind }) move.",
      text: """
        The mean worsening over \(seeds) simulated populations of \(rows) rows a side, in deviations of \
        fresh rows. *Reversals*: steps at which the mean gets better by more than two standard errors; \
        where a damage is too weak to be seen, chance alone does that at one step in forty. *Adjusted \
        tail*: the chance of the largest such step where the damage changes nothing, by Student's t \
        and Holm's procedure over all rows; at 0.05 and below it is a violation.

        \(table.markdown())
        """, tables: [table], violations: violations)
  }
}
