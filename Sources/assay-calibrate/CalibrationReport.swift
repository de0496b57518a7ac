import AssayDocument
import AssayTestKit

/// The tables of a calibration, as Markdown and CSV.
struct CalibrationReport {
  let trials: Int
  let rows: Int
  let coverage: [CoverageStudy.Row]
  let pValues: [PValueStudy.Row]
  let uniform: [(population: String, count: Int, pValue: Double)]
  let power: [PowerStudy.Row]
  let absent: [String]

  /// - Throws: ``NumericsError``.
  func page() throws -> String {
    let limit = try CoverageStudy.limit(trials: trials, comparisons: 2 * coverage.count)
    let over = coverage.filter { max($0.above, $0.below) > limit }
    var text = """
      # How often decisions are wrong

      Made by `make calibration`: \(trials) trials of \(rows) rows a side for each population, \
      199 replicates, seeded. \(absent.isEmpty ? "" : "Not there: \(absent.joined(separator: ", ")). ")
      A column of a trial counts as one bound; \(percent(limit)) is the largest rate that chance \
      leaves to a 5 % event over all rows of the table (1 in 1,000).

      ## Bounds

      *False fail*: the lower bound at 95 % lies above the truth, so that a requirement at the \
      truth would fail. *False pass*: the upper bound lies below it. Both should be 5 % or less. \
      The truth of a perfect generator is 0.

      | population | metric | of | bounds | truth | false fail | false pass | |
      | --- | --- | --- | ---: | ---: | ---: | ---: | --- |

      """
    for row in coverage {
      let mark = max(row.above, row.below) > limit ? "**above**" : ""
      text +=
        "| \(row.population) | \(row.metric.rawValue) | \(row.subjects) | \(row.count) "
        + "| \(short(row.truth)) | \(percent(row.above)) | \(percent(row.below)) | \(mark) |\n"
    }
    text += """

      \(over.isEmpty ? "No rate is above its limit." : "\(over.count) rates are above their limit.")

      ## p-values of a perfect generator

      The share of p-values up to each level: at most the level, up to chance.

      | population | metric | test | p-values | ≤ 0.01 | ≤ 0.05 | ≤ 0.1 |
      | --- | --- | --- | ---: | ---: | ---: | ---: |

      """
    for row in pValues {
      text +=
        "| \(row.population) | \(row.metric.rawValue) | \(row.method) | \(row.count) | "
        + row.rates.map(percent).joined(separator: " | ") + " |\n"
    }
    text += "\nExact Kolmogorov–Smirnov p-values, randomised between their two neighbours, against "
    text +=
      "the uniform law:\n\n| population | p-values | p of uniformity |\n| --- | ---: | ---: |\n"
    for row in uniform {
      text += "| \(row.population) | \(row.count) | \(short(row.pValue)) |\n"
    }
    text += """

      ## From which strength on a damage is seen

      Mean worsening over 50 populations of 500 rows a side, in deviations of fresh rows, at the \
      strengths 1, 2, 5, 10 and 20 %; *from*: where four seeds in five are worse than 95 % of \
      fresh rows. Blind: the metric says that it does not see this.

      | damage | metric | against | 1 % | 2 % | 5 % | 10 % | 20 % | from | monotone |
      | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |

      """
    for row in power {
      let from = row.seenFrom.map { percent($0) } ?? "–"
      text +=
        "| \(row.damage.rawValue) | \(row.metric.rawValue) | \(row.against.rawValue) | "
        + row.worsening.map(short).joined(separator: " | ")
        + " | \(row.claimed ? from : "blind") | \(row.claimed ? (row.isMonotone ? "yes" : "no") : "") |\n"
    }
    return text
  }

  var coverageTable: String {
    "population,metric,subjects,bounds,trials,truth,false_fail,false_pass\n"
      + coverage.map {
        "\"\($0.population)\",\($0.metric.rawValue),\($0.subjects),\($0.count),\($0.trials),"
          + "\($0.truth),\($0.above),\($0.below)\n"
      }.joined()
  }

  var pValueTable: String {
    "population,metric,test,count,at_0.01,at_0.05,at_0.1\n"
      + pValues.map {
        "\"\($0.population)\",\($0.metric.rawValue),\"\($0.method)\",\($0.count),"
          + $0.rates.map { "\($0)" }.joined(separator: ",") + "\n"
      }.joined()
  }

  var powerTable: String {
    "damage,metric,against,claimed,at_0.01,at_0.02,at_0.05,at_0.1,at_0.2,seen_from,monotone\n"
      + power.map {
        "\($0.damage.rawValue),\($0.metric.rawValue),\($0.against.rawValue),\($0.claimed),"
          + $0.worsening.map { "\($0)" }.joined(separator: ",")
          + ",\($0.seenFrom.map { "\($0)" } ?? ""),\($0.isMonotone)\n"
      }.joined()
  }

  private func percent(_ share: Double) -> String {
    let tenths = (share * 1_000).rounded() / 10
    return "\(tenths) %"
  }

  private func short(_ value: Double) -> String { "\((value * 1e4).rounded() / 1e4)" }
}
