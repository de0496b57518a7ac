import AssayDocument

extension Sheet {
  /// What changed from one document to another.
  init(_ change: ReleaseChange) {
    let view = ChangeView(change: change)
    let (word, mark) = view.verdict
    self.init(
      title:
        "From \(VisibleText.clipped(change.old.name)) to \(VisibleText.clipped(change.new.name))",
      word: word, mark: mark, status: view.status, headline: view.headline,
      remarks: change.reasons.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." },
      parts: [view.turns, view.changes, view.findings].compactMap(\.self),
      evidence: [
        ("SHA-256 older", change.old.sha256), ("SHA-256 newer", change.new.sha256),
        (
          "Method",
          "unpaired: the spread of a change is taken from the intervals of both documents; adjusted by "
            + "Holm. Tables at hand are paired by assay compare."
        ),
      ])
  }
}

private struct ChangeView {
  let change: ReleaseChange
  let numbers = NumberText.page

  private var worse: Int { change.changes.count { $0.isBetter == false } }
  private var better: Int { change.changes.count { $0.isBetter == true } }

  var verdict: (String, Answer.Mark) {
    switch change.comparability {
    case .none: ("They do not compare", .undecided)
    default:
      worse > 0 ? ("Worse", .bad) : better > 0 ? ("Better", .good) : ("No clear change", .notJudged)
    }
  }

  var status: String {
    switch change.comparability {
    case .full: "same holdout, plan and metrics: they compare"
    case .partial: "same holdout: they compare in part"
    case .none: "other real rows"
    }
  }

  var headline: String {
    guard change.comparability != .none else {
      return "The scores of the two documents stand on different real rows, so no difference means "
        + "anything."
    }
    return
      "\(numbers.count(worse)) of \(numbers.count(change.compared)) scores became worse beyond noise, "
      + "\(numbers.count(better)) became better."
  }

  var turns: Sheet.Part? {
    guard !change.turns.isEmpty else { return nil }
    return Sheet.Part(
      title: "Answers that changed",
      table: ChartTable(
        caption: "Answers that changed", headers: ["Question", "Older", "Newer"],
        rows: change.turns.map { turn in
          [
            turn.question.title, Wording.symbol(turn.old.mark) + " " + turn.old.word,
            Wording.symbol(turn.new.mark) + " " + turn.new.word + ", " + turn.new.sentence,
          ]
        }, note: nil))
  }

  var changes: Sheet.Part? {
    guard change.comparability != .none else { return nil }
    let limit = 100
    // What became worse decides the exit status, so it stands first.
    let told = Self.toldOnce(change.changes)
    let ordered = told.filter { $0.isBetter == false } + told.filter { $0.isBetter != false }
    let rows = ordered.prefix(limit).map { entry in
      return [
        ScoreNames.subject(entry.subject),
        ScoreNames.title(entry.title, entry.dimension, entry.metric),
        ScoreNames.against(entry.against), ScoreNames.value(entry.old, entry.metric, numbers),
        ScoreNames.value(entry.new, entry.metric, numbers),
        entry.interval.map { numbers.range($0.lower, $0.upper) } ?? "–",
        entry.isBetter.map { $0 ? "better" : "worse" } ?? "other",
      ]
    }
    var note: [String] = []
    let rest = told.count - rows.count
    if rest > 0 { note.append("\(numbers.count(rest)) more changes are in the JSON file.") }
    let twice = change.changes.count - told.count
    if twice > 0 {
      note.append(
        "\(numbers.count(twice)) of a whole are left out: they are those of its worst group, which is listed."
      )
    }
    if told.contains(where: { $0.metric == nil }) { note.append(ScoreNames.scale) }
    if change.unsure > 0 {
      note.append(
        "\(numbers.count(change.unsure)) scores differ and have no interval on one of the sides; they are not judged."
      )
    }
    return Sheet.Part(
      title: "Changes beyond noise",
      lead: rows.isEmpty ? "No score changed by more than its uncertainty." : nil,
      table: rows.isEmpty
        ? nil
        : ChartTable(
          caption: "Scores that changed: worse ones first, the clearest first among them",
          headers: ["Of", "Measure", "Against", "Older", "Newer", "Change (95 %)", "Now"],
          rows: Array(rows), note: nil),
      note: note.isEmpty ? nil : note.joined(separator: " "))
  }

  /// Changes without those of a whole that has the numbers of a group of it, since its worst group is
  /// what it is judged by.
  private static func toldOnce(_ changes: [ReleaseChange.Entry]) -> [ReleaseChange.Entry] {
    let groups = changes.filter { $0.subject.segment != nil }
    return changes.filter { entry in
      guard entry.metric != nil, entry.subject.segment == nil else { return true }
      return !groups.contains { group in
        group.metric == entry.metric && group.against == entry.against && group.old == entry.old
          && group.new == entry.new && group.interval == entry.interval
          && Set(entry.subject.columns).isSubset(of: group.subject.columns)
      }
    }
  }

  var findings: Sheet.Part? {
    let rows =
      change.appeared.prefix(20).map { ["new", ScoreNames.subject(of: $0), $0.sentence] }
      + change.gone.prefix(20).map { ["gone", ScoreNames.subject(of: $0), $0.sentence] }
    guard !rows.isEmpty else { return nil }
    return Sheet.Part(
      title: "Findings",
      table: ChartTable(
        caption: "Findings that only one document has",
        headers: ["Now", "Where", "Finding"],
        rows: rows, note: nil))
  }
}
