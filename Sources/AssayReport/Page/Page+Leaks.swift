import AssayDocument

extension ReportPage {
  /// Whether training rows can be told from rows that were never seen: what would have been seen, the
  /// strongest attack's curve, all attacks, and where they succeed.
  func leaks(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard section.dimension == .privacy else { return }
    power(into: &html)
    validity(into: &html)
    let attacks = document.scores.filter {
      $0.metric == "privacy.membership-inference" && $0.subject.segment == "all"
        && $0.value != nil
    }.sorted { ($0.test?.statistic ?? 0) > ($1.test?.statistic ?? 0) }
    guard !attacks.isEmpty else { return }
    html.tag(.h3, .class("label"), text: "Membership attacks")
    html.tag(.p, .class("small"), text: Self.reading)
    if let (chart, table) = AttackChart.make(attacks) { figure(chart, table, into: &html) }
    table(attackTable(attacks), into: &html)
    if let groups = groupTable() {
      html.tag(.h3, .class("label"), text: "Groups of records")
      table(groups, into: &html)
    }
    if let cohorts = cohortTable() {
      html.tag(.h3, .class("label"), text: "Exposed records")
      table(cohorts, into: &html)
    }
  }

  private static let reading =
    "Each attack orders training and holdout rows by how surely it takes them for training rows, "
    + "without knowing which is which. Adjusted p-values are for all attacks, groups and cuts together."

  /// What would have been seen.
  private func power(into html: inout HTMLBuilder) {
    let verdict = document.scores.first {
      $0.metric == "privacy.any-leak" && $0.subject.isTable && $0.value != nil
    }
    guard let verdict, let tests = verdict.details["tests"]?.arrayValue else { return }
    var sentence =
      "\(tests.count) exact tests are read together, at a chance of 1 in 10,000 that a clean table is "
      + "accused."
    if let share = verdict.details["smallestCopies"]?.doubleValue {
      sentence +=
        " Verbatim copies of \(numbers.percent(share)) of the rows or more would have been seen in four "
        + "of five such tables; noisier copies need more."
    }
    let planted = document.power.filter { $0.metric == verdict.metric && $0.unit == .rows }
    if let first = planted.first {
      sentence +=
        " Planted among these rows, they would have seen "
        + planted.map { record in
          let defect = Wording.spaced(record.defect)
          return record.smallest.map { "\(defect) from \(numbers.percent($0)) of the rows on" }
            ?? "no \(defect) up to \(numbers.percent(record.largest)) of the rows"
        }.joined(separator: "; ") + ", with a chance of \(numbers.percent(first.power))."
    }
    html.tag(.p, text: sentence)
  }

  /// Whether the holdout can stand for unseen rows.
  private func validity(into html: inout HTMLBuilder) {
    guard
      let score = document.scores.first(where: {
        $0.metric == "privacy.holdout-validity" && $0.value != nil
      })
    else { return }
    let problems = score.details["problems"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let area = score.details["area"]?.doubleValue.map(numbers.position) ?? "–"
    html.tag(
      .p, .class("small"),
      text: problems.isEmpty
        ? "Training and holdout rows cannot be told apart without the synthetic rows (area \(area), "
          + "½ cannot be told), so the holdout stands for rows that were never seen."
        : "Membership is undecided: " + problems.joined(separator: "; ") + ".")
  }

  private func attackTable(_ attacks: [Score]) -> ChartTable {
    let rates = attacks.first?.details["truePositiveRates"]?.arrayValue?.compactMap {
      $0.arrayValue?.first?.doubleValue
    }
    let rows = attacks.map { score -> [String] in
      let found = score.details["truePositiveRates"]?.arrayValue?.compactMap {
        $0.arrayValue?.last?.doubleValue
      }
      return [score.details["title"]?.stringValue ?? "attack"]
        + [score.details["area"]?.doubleValue.map(numbers.position) ?? "–"]
        + (rates ?? []).indices.map { place in
          (found.flatMap { place < $0.count ? $0[place] : nil }).map(numbers.percent) ?? "–"
        }
        + [
          score.details["epsilonLower"]?.doubleValue.map(numbers.position) ?? "–",
          score.test?.adjusted.map(numbers.number) ?? "–",
        ]
    }
    return ChartTable(
      caption: "Attacks over all records, the strongest first",
      headers: ["Attack", "Area"]
        + (rates ?? []).map { "Found at \(numbers.percent($0))" } + ["ε at least", "Adjusted p"],
      rows: rows,
      note:
        "Area: ½ is guessing. Found: training rows at so many false alarms. ε: a lower bound from "
        + "this one split, a hint and no proof.")
  }

  private func groupTable() -> ChartTable? {
    let groups = document.scores.filter {
      $0.metric == "privacy.record-tails" && $0.subject.segment != nil && $0.value != nil
    }
    guard !groups.isEmpty else { return nil }
    return ChartTable(
      caption: "The closest records of each group",
      headers: ["Group", "Training", "Holdout", "Advantage", "Adjusted p"],
      rows: groups.map { score in
        [
          VisibleText.clipped(score.details["stratum"]?.stringValue ?? "group"),
          score.n.training.map { numbers.count($0) } ?? "–",
          score.n.holdout.map { numbers.count($0) } ?? "–",
          score.value.map(numbers.position) ?? "–",
          score.test?.adjusted.map(numbers.number) ?? "–",
        ]
      }, note: nil)
  }

  private func cohortTable() -> ChartTable? {
    let score = document.scores.first {
      $0.metric == "privacy.exposed-share" && $0.value != nil
    }
    guard let cohorts = score?.details["cohorts"]?.arrayValue, !cohorts.isEmpty else { return nil }
    return ChartTable(
      caption: "Training records nearer to a synthetic row than all but 1 in 1,000 unseen records",
      headers: ["Group", "Records", "Exposed"],
      rows: cohorts.map { cohort in
        [
          VisibleText.clipped(cohort["group"]?.stringValue ?? "group"),
          cohort["records"]?.doubleValue.map { numbers.count(Int($0)) } ?? "–",
          cohort["exposed"]?.stringValue
            ?? cohort["exposed"]?.doubleValue.map { numbers.count(Int($0)) } ?? "–",
        ]
      },
      note: "Row numbers are written to a file of their own with --exposure, for the owner alone.")
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
