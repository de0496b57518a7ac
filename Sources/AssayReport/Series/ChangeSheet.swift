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
    let ordered =
      change.changes.filter { $0.isBetter == false }
      + change.changes.filter { $0.isBetter != false }
    let rows = ordered.prefix(limit).map { entry in
      let subject = entry.subject.columns.map { VisibleText.clipped($0, to: 30) }
        .joined(separator: " × ")
      return [
        subject.isEmpty ? "the table" : subject, entry.title,
        entry.against.map(Wording.against) ?? "–", numbers.number(entry.old),
        numbers.number(entry.new),
        entry.interval.map { numbers.range($0.lower, $0.upper) } ?? "–",
        entry.isBetter.map { $0 ? "better" : "worse" } ?? "other",
      ]
    }
    var note: [String] = []
    let rest = change.changes.count - rows.count
    if rest > 0 { note.append("\(numbers.count(rest)) more changes are in the JSON file.") }
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
          headers: [
            "Of", "Measure", "Against", "Older", "Newer", "Change (95 %)", "",
          ].map { $0.isEmpty ? "Now" : $0 }, rows: Array(rows), note: nil),
      note: note.isEmpty ? nil : note.joined(separator: " "))
  }

  var findings: Sheet.Part? {
    let rows =
      change.appeared.prefix(20).map { ["new", $0.sentence] }
      + change.gone.prefix(20).map { ["gone", $0.sentence] }
    guard !rows.isEmpty else { return nil }
    return Sheet.Part(
      title: "Findings",
      table: ChartTable(
        caption: "Findings that only one document has",
        headers: ["", "Finding"].map { $0.isEmpty ? "Now" : $0 },
        rows: rows, note: nil))
  }
}
