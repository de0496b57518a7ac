import AssayDocument

extension ReportPage {
  /// The first screen: what is the case, five answers, what to mend, what is open, what is good.
  func summary(into html: inout HTMLBuilder) {
    html.newline()
    html.tag(
      .section, HTMLAttribute(.id, "summary"), HTMLAttribute(.ariaLabelledBy, "summary-title")
    ) { html in
      html.tag(.p, .class("status")) { html in
        html.tag(.strong, .class(model.headline.mark.rawValue), text: model.headline.word)
        html.text(model.headline.policy)
      }
      html.tag(
        .h2, .class("headline"), HTMLAttribute(.id, "summary-title"), text: model.headline.sentence)
      answers(into: &html)
      if let line = DrawsText(document: document, numbers: numbers).line {
        html.tag(.p, .class("small")) {
          $0.sentence(line.prefix(1).uppercased() + line.dropFirst())
        }
      }
      failedRequirements(into: &html)
      fixFirst(into: &html)
      diagnoses(into: &html)
      html.tag(.div, .class("two")) { html in
        undecided(into: &html)
        good(into: &html)
      }
      facts(into: &html)
    }
  }

  private func answers(into html: inout HTMLBuilder) {
    html.tag(.ul, .class("answers")) { html in
      for answer in document.verdict.answers {
        html.tag(.li, .class(answer.mark.rawValue)) { html in
          html.tag(.span, .class("q"), text: answer.question.title)
          html.tag(.span, .class("w")) { html in
            html.tag(
              .span, HTMLAttribute(.ariaHidden, "true"), text: Wording.symbol(answer.mark) + " ")
            html.text(answer.word)
          }
          if let scale = scale(of: answer) {
            SVGWriter.draw(scale, into: &html)
            ends(scale, into: &html)
          }
          html.tag(.p) { $0.sentence(answer.sentence) }
        }
      }
    }
  }

  /// The scale of an answer's dimension; leaks have none that a reader should see as a number.
  private func scale(of answer: Answer) -> ScaleReading? {
    guard
      let dimension = Dimension.allCases.first(where: {
        Wording.question($0) == answer.question
      }), dimension == .fidelity, let score = document.dimension(dimension), let value = score.score
    else { return nil }
    return ScaleReading.clipped(
      value, score.interval, facet: score.worst?.facet ?? "dependence", one: "a fresh real sample")
  }

  /// The two ends of a scale in words, under it.
  func ends(_ scale: ScaleReading, into html: inout HTMLBuilder) {
    html.tag(.div, .class("ends"), HTMLAttribute(.ariaHidden, "true")) { html in
      html.tag(.span, text: "0 " + scale.zero)
      html.tag(.span, text: "1 fresh real sample")
    }
  }

  private func fixFirst(into html: inout HTMLBuilder) {
    html.tag(.h3, .class("label"), text: "Fix first")
    if model.fixFirst.isEmpty {
      html.tag(.p, text: "Nothing was found that has to be mended.")
    } else {
      html.tag(.ol, .class("fixes")) { html in
        for (position, fix) in model.fixFirst.enumerated() {
          html.tag(.li) { self.fix(fix, number: position + 1, into: &$0) }
        }
      }
    }
    if model.moreFindings > 0 {
      let more = numbers.count(model.moreFindings)
      html.tag(
        .p, .class("small"), text: "\(more) more findings are listed under their questions below.")
    }
  }

  private func fix(_ fix: ReportModel.Fix, number: Int, into html: inout HTMLBuilder) {
    html.tag(.strong) { html in
      html.tag(.span, .class("no"), text: "\(number)")
      subject(of: fix.finding, into: &html)
    }
    html.tag(.p) { html in
      html.text(Wording.unbroken(fix.finding.sentence))
      tableLinks(fix.finding, into: &html)
    }
    if let tiny = fix.tiny {
      html.tag(.p, .class("small")) { html in
        html.text("Rows with ")
        html.name(tiny.label)
      }
      SVGWriter.draw(tiny, into: &html)
    }
    guard let remedy = fix.finding.remedy else { return }
    let same = model.fixFirst.prefix(number - 1).firstIndex { $0.finding.remedy == remedy }
    html.tag(.p) { $0.remedy(same.map { "as for \($0 + 1)" } ?? remedy) }
  }

  /// What a finding speaks of.
  ///
  /// A part of the rows that its sentence names is not said twice, and what is found of the whole table is
  /// named by what it is.
  func subject(of finding: Finding, into html: inout HTMLBuilder) {
    var subject = finding.subject
    if let segment = subject.segment, !subject.columns.isEmpty,
      finding.sentence.contains(segment)
    {
      subject.segment = nil
    }
    if subject.isTable {
      html.text(Wording.whole(finding).capitalizedFirst)
    } else {
      self.subject(subject, into: &html)
    }
  }

  /// The columns that something speaks of, or the table.
  func subject(_ subject: Subject, into html: inout HTMLBuilder) {
    for (position, column) in subject.columns.prefix(8).enumerated() {
      if position > 0 { html.text(" × ") }
      html.name(column)
    }
    let rest = subject.columns.count - 8
    if rest > 0 { html.text(" and \(numbers.count(rest)) more") }
    if let segment = subject.segment {
      if !subject.columns.isEmpty { html.text(", ") }
      html.name(segment)
    }
    if let given = subject.given {
      html.text(" by ")
      html.name(given)
    }
    if let target = subject.target {
      html.text(subject.columns.isEmpty && subject.segment == nil ? "models of " : ", models of ")
      html.name(target)
    } else if subject.columns.isEmpty, subject.segment == nil {
      html.text("the table")
    }
  }

  private func undecided(into html: inout HTMLBuilder) {
    html.tag(.div) { html in
      html.tag(.h3, .class("label"), text: "Undecided")
      if model.undecided.isEmpty {
        html.tag(.p, text: "Nothing that was asked is undecided.")
      } else {
        html.tag(.ul) { html in
          for line in model.undecided.prefix(8) { html.tag(.li) { $0.sentence(line) } }
          let rest = model.undecided.count - 8
          if rest > 0 { html.tag(.li, text: "\(numbers.count(rest)) more") }
        }
      }
    }
  }

  private func good(into html: inout HTMLBuilder) {
    html.tag(.div) { html in
      html.tag(.h3, .class("label"), text: "Good")
      if model.good.isEmpty {
        html.tag(.p, text: "No column is as close as a fresh real sample would be.")
      } else {
        html.tag(.p) { html in
          for (position, name) in model.good.prefix(5).enumerated() {
            if position > 0 { html.text(", ") }
            html.name(name, clip: 30)
          }
          let rest = model.good.count - 5
          if rest > 0 { html.text(" and \(numbers.count(rest)) more") }
          html.text(": about as close as a fresh real sample would be, taken one by one.")
        }
      }
    }
  }

  private func facts(into html: inout HTMLBuilder) {
    html.tag(.dl, .class("facts")) { html in
      for (key, title) in AboutFacts.known.prefix(3) {
        html.tag(.div) { html in
          html.tag(.dt, text: title + ":")
          html.tag(.dd) { html in
            if let text = document.about[key] {
              html.name(text, clip: 160)
            } else {
              html.text(AboutFacts.absent(key))
            }
          }
        }
      }
      html.tag(.div) { html in
        html.tag(.dt, text: "Evidence:")
        html.tag(.dd) {
          $0.tag(
            .a, .href(.place(PlaceName("evidence"))), text: "inputs, digests, how to reproduce")
        }
      }
    }
  }
}

extension HTMLBuilder {
  /// What to do about a finding.
  mutating func remedy(_ text: String, start: String = "Try: ") {
    tag(.strong, text: start)
    self.text(text)
  }
}
