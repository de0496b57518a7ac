import AssayDocument

extension Sheet {
  /// Several candidates beside each other.
  init(_ comparison: CandidateComparison) {
    let view = CandidateView(comparison: comparison)
    self.init(
      title: comparison.about["title"] ?? "Comparison of \(comparison.candidates.count) tables",
      word: "\(comparison.candidates.count) candidates", mark: .notJudged,
      status: "judged against the same real rows by the same plan; there is no score of everything",
      headline: view.headline, remarks: view.absences,
      parts: [view.table, view.front, view.contrasts, view.multiples].compactMap(\.self),
      evidence: view.evidence)
  }
}

/// What readers see of a comparison of candidates.
private struct CandidateView {
  let comparison: CandidateComparison
  let numbers = NumberText.page

  /// The tables' names without what all share.
  private var names: [String] {
    ShortNames.of(comparison.candidates.map(\.input.name)).map { VisibleText.clipped($0, to: 40) }
  }

  private var used: [Int] {
    comparison.axes.indices.filter { comparison.axes[$0].absence == nil }
  }

  var headline: String {
    let front = zip(names, comparison.candidates).filter(\.1.isOnFront).map(\.0)
    let list = front.joined(separator: ", ").replacingLast(", ", " and ")
    guard !used.isEmpty else {
      return "No dimension was measured for all candidates, so none can be put before another."
    }
    let axes = used.map { comparison.axes[$0].dimension.rawValue }.joined(separator: ", ")
      .replacingLast(", ", " and ")
    return front.count == 1
      ? "\(list) is at least as good as every other in \(axes), and better in one."
      : "No candidate is best in all: \(list) each lead in some of \(axes), or share a lead."
  }

  var absences: [String] {
    comparison.axes.compactMap { axis in
      axis.absence.map { "Not in the comparison: \(axis.dimension.rawValue), since \($0)." }
    }
  }

  private func place(_ candidate: CandidateComparison.Candidate, _ dimension: Dimension) -> String?
  {
    candidate.places.first { $0.dimension == dimension }.map {
      $0.best == $0.worst ? "\($0.best)" : "\($0.best) to \($0.worst)"
    }
  }

  private func score(_ candidate: CandidateComparison.Candidate, _ dimension: Dimension) -> String {
    guard let score = candidate.dimensions.first(where: { $0.id == dimension }),
      let value = score.score
    else { return "–" }
    let reading = ScaleReading.clipped(value, score.interval, facet: score.worst?.facet ?? "")
    return (place(candidate, dimension).map { "place \($0): " } ?? "") + reading.text(numbers)
  }

  var table: Sheet.Part {
    let dimensions: [Dimension] = [.fidelity, .utility]
    let rows = comparison.candidates.map { candidate in
      [candidate.input.name, candidate.isOnFront ? "on the front" : "–"]
        + dimensions.map { score(candidate, $0) }
        + Question.allCases.filter { $0 != .looksReal && $0 != .useful }.map { question in
          candidate.answers.first { $0.question == question }.map {
            Wording.symbol($0.mark) + " " + $0.word
          } ?? "–"
        }
    }
    return Sheet.Part(
      title: "Places",
      lead: "A place is a range where these data cannot tell candidates apart: differences count "
        + "from an adjusted probability of 0.05 on, paired over the same resampled real rows.",
      table: ChartTable(
        caption: "Candidates, those on the front first",
        headers: ["Candidate", "Front", "Looks real?", "Useful?", "Valid?", "Fair?", "Leaks?"],
        rows: rows,
        note: ScoreNames.scale))
  }

  var front: Sheet.Part? {
    guard !used.isEmpty else { return nil }
    var figures: [Sheet.Figure] = []
    for (first, second) in zip(used, used.dropFirst()) { figures.append(scatter(first, second)) }
    if used.count == 3 { figures.append(scatter(used[0], used[2])) }
    let rows = comparison.candidates.map { candidate in
      [candidate.input.name]
        + used.map { axis in candidate.coordinates[axis].map { place($0, on: axis) } ?? "–" }
        + [candidate.isOnFront ? "yes" : "no"]
    }
    return Sheet.Part(
      title: "What no candidate is worse in",
      lead: used.count == 1
        ? "Only one axis was measured, so the front is its best candidate."
        : "A candidate is off the front where another is at least as good on every axis and better "
          + "on one. Filled dots are on the front.",
      table: ChartTable(
        caption: "Where each candidate stands",
        headers: ["Candidate"]
          + used.map {
            comparison.axes[$0].title
              + (comparison.axes[$0].lowerIsBetter ? " (less is better)" : "")
          } + ["On the front"], rows: rows, note: nil),
      figures: figures)
  }

  /// A place between the ends of a scale; closeness to real has no such ends.
  private func place(_ value: Double, on axis: Int) -> String {
    comparison.axes[axis].lowerIsBetter
      ? numbers.number(value) : numbers.position(min(1, max(0, value)))
  }

  private func scatter(_ first: Int, _ second: Int) -> Sheet.Figure {
    func axis(_ index: Int) -> Axis {
      let values = comparison.candidates.compactMap { $0.coordinates[index] }
      let isCloseness =
        comparison.axes[index].dimension == .privacy && comparison.axes[index].lowerIsBetter
      let low = min(0, values.min() ?? 0)
      let high = max(isCloseness ? 0.02 : 1, values.max() ?? 1)
      let word =
        isCloseness
        ? "closeness to real (less is better)" : comparison.axes[index].dimension.rawValue
      return Axis(
        low - (high - low) * 0.03, high + (high - low) * 0.03, format: .number, title: word,
        count: 4)
    }
    let (x, y) = (axis(first), axis(second))
    return .scatter(
      ScatterChart(
        title: "\(x.title) and \(y.title)",
        summary: "Candidates on the front: "
          + comparison.candidates.filter(\.isOnFront)
          .map { VisibleText.clipped($0.input.name) }.joined(separator: ", "),
        x: x, y: y,
        points: zip(names, comparison.candidates).compactMap { name, candidate in
          guard let px = candidate.coordinates[first], let py = candidate.coordinates[second] else {
            return nil
          }
          return .init(
            label: name, x: px, y: py, isFilled: candidate.isOnFront)
        }))
  }

  var contrasts: Sheet.Part? {
    guard !comparison.contrasts.isEmpty else { return nil }
    let ordered = comparison.contrasts.sorted {
      ($0.adjusted, $0.pValue) < ($1.adjusted, $1.pValue)
    }
    let rows = ordered.prefix(200).map { contrast in
      [
        "\(names[contrast.first]) against \(names[contrast.second])",
        Wording.question(contrast.dimension).title,
        numbers.number(contrast.difference),
        contrast.interval.map { numbers.range($0.lower, $0.upper) } ?? "–",
        contrast.adjusted < 0.0001 ? "below 0.0001" : numbers.fixed(contrast.adjusted, decimals: 4),
        contrast.adjusted <= 0.05
          ? "\(names[contrast.difference > 0 ? contrast.first : contrast.second]) is better"
          : "cannot be told apart",
      ]
    }
    let rest = ordered.count - rows.count
    let methods = Set(comparison.contrasts.map(\.method)).sorted().joined(separator: "; ")
    return Sheet.Part(
      title: "One against another",
      lead: "First less second, on the scale from the far end (0) to a fresh real sample (1).",
      table: ChartTable(
        caption: "Every pair of candidates, the clearest first",
        headers: [
          "Pair", "Question", "Difference", "95 % interval", "Adjusted probability",
          "What follows",
        ], rows: Array(rows), note: rest > 0 ? "\(rest) more are in the JSON file" : nil),
      note: "Method: \(methods); two-sided, adjusted by Holm over the pairs of a dimension.")
  }

  var multiples: Sheet.Part? {
    let side: Against = comparison.holdout == nil ? .training : .holdout
    var figures: [Sheet.Figure] = []
    var rows: [[String]] = []
    for metric in comparison.metrics {
      let scores = comparison.candidates.map { candidate in
        candidate.scores.first { $0.metric == metric.id && $0.against == side }
          ?? candidate.scores.first { $0.metric == metric.id }
      }
      guard scores.contains(where: { $0?.value != nil }) else { continue }
      let fresh = scores.compactMap { $0?.floor?.value }.first
      let rowsOfChart = zip(names, scores).map { name, score in
        DotChart.Row(
          label: name, value: score?.value, lower: score?.interval?.lower,
          upper: score?.interval?.upper)
      }
      let title = VisibleText.clipped(metric.title)
      figures.append(
        .dots(
          DotChart(
            title: title, summary: Wording.direction(metric.direction),
            axisTitle: Wording.direction(metric.direction), rows: rowsOfChart,
            reference: fresh.map { ($0, "fresh real sample") })))
      rows.append(
        [title]
          + scores.map { score in
            score.map { ScoreReading(score: $0, descriptor: metric).value(numbers) } ?? "–"
          } + [fresh.map(numbers.number) ?? "–"])
    }
    guard !figures.isEmpty else { return nil }
    return Sheet.Part(
      title: "Measure by measure",
      lead:
        "Scores of the table as a whole against \(Wording.against(side)), each with its interval.",
      table: ChartTable(
        caption: "The same as a table", headers: ["Measure"] + names + ["Fresh real sample"],
        rows: rows, note: nil), figures: figures)
  }

  var evidence: [(String, String)] {
    var rows = [
      ("Program", "assay \(comparison.tool.version)"), ("Plan", comparison.plan.hash),
      ("Seed", "\(comparison.plan.seed)"), ("Preset", comparison.plan.preset),
      ("SHA-256 real", comparison.training.sha256),
    ]
    if let holdout = comparison.holdout { rows.append(("SHA-256 holdout", holdout.sha256)) }
    for candidate in comparison.candidates {
      rows.append(("SHA-256 " + VisibleText.clipped(candidate.input.name), candidate.input.sha256))
    }
    return rows
  }
}
