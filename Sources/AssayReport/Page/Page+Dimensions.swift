import AssayDocument

extension ReportPage {
  /// A dimension: its answer, its parts, the scores of the table as a whole, its findings.
  func dimension(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    let question = Wording.question(section.dimension)
    let title = "\(question.title) \(Wording.title(section.dimension))"
    self.section(Self.place(section.dimension), title, into: &html) { html in
      if let answer = section.answer {
        html.tag(.p, .class("lead")) { html in
          html.tag(.strong, .class(answer.mark.rawValue)) { html in
            html.tag(
              .span, HTMLAttribute(.ariaHidden, "true"), text: Wording.symbol(answer.mark) + " ")
            html.text(answer.word)
          }
          html.text(" · ")
          html.sentence(answer.sentence)
        }
      }
      if section.dimension == .privacy, !section.metrics.isEmpty {
        html.tag(
          .p, .class("lead small"),
          text: "This is copy screening, not a privacy verdict: it finds rows that repeat or hug "
            + "real rows, and says nothing of what an attacker with other knowledge could learn.")
      }
      parts(section, into: &html)
      if !section.findings.isEmpty { findings(section.findings, into: &html) }
      if !section.metrics.isEmpty {
        html.tag(.h3, .class("label"), text: "The table as a whole")
        for metric in section.metrics {
          self.metric(metric.title, metric.descriptor, metric.readings, into: &html)
        }
      }
      others(section, into: &html)
    }
    if section.dimension == .fidelity {
      columns(into: &html)
      pairs(into: &html)
    }
  }

  /// The parts that a dimension's score is the least of.
  private func parts(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard let score = section.score, section.dimension != .privacy else { return }
    if let reason = score.reason { html.tag(.p, .class("lead"), text: "No score: " + reason) }
    guard section.dimension == .fidelity, !score.members.isEmpty else { return }
    html.tag(.h3, .class("label"), text: "Its parts")
    for facet in uniqueFacets(score) {
      let members = score.members.filter { $0.facet == facet }
      html.tag(.article, .class("metric")) { html in
        html.tag(.div) { html in
          html.tag(.h4, text: Wording.facet(facet))
          let subjects = members.map(\.subjects).max() ?? 0
          let what =
            switch facet {
            case "dependence": "Averaged over \(numbers.count(subjects)) pairs of columns."
            case "joint":
              "Told apart by \(numbers.count(subjects)) columns together: the area above ½."
            default: "Averaged over \(numbers.count(subjects)) columns."
            }
          html.tag(.p, .class("small"), text: what)
        }
        html.tag(.ul, .class("readings")) { html in
          for member in members { self.member(member, into: &html) }
        }
      }
    }
    html.tag(
      .p, .class("small"),
      text: "The answer follows the lower of the parts.")
  }

  private func uniqueFacets(_ score: DimensionScore) -> [String] {
    var seen: [String] = []
    for member in score.members where !seen.contains(member.facet) { seen.append(member.facet) }
    return seen
  }

  private func member(_ member: DimensionScore.Member, into html: inout HTMLBuilder) {
    html.tag(.li) { html in
      html.tag(.div) { html in
        html.tag(.span, .class("small"), text: "against " + Wording.against(member.against))
        html.tag(.br)
        if let value = member.score {
          let scale = ScaleReading.clipped(value, member.interval, facet: member.facet)
          html.tag(.span, .class("v"), text: scale.text(numbers))
        } else {
          html.tag(.span, .class("v"), text: "no score")
        }
      }
      html.tag(.div) { html in
        if let value = member.score {
          let scale = ScaleReading.clipped(value, member.interval, facet: member.facet)
          SVGWriter.draw(scale, into: &html)
          ends(scale, into: &html)
          if value > 1.005 {
            html.tag(.p, .class("small"), text: "closer than a fresh real sample would be")
          }
        } else if let reason = member.reason {
          html.tag(.p, text: reason)
        }
      }
    }
  }

  /// A metric of the table as a whole, each reading on its own scale.
  private func metric(
    _ title: String, _ descriptor: MetricDescriptor?, _ readings: [ScoreReading],
    into html: inout HTMLBuilder
  ) {
    html.newline()
    html.tag(.article, .class("metric")) { html in
      html.tag(.div) { html in
        html.tag(.h4) { $0.name(title, clip: 80) }
        if let descriptor {
          html.tag(.p, text: descriptor.summary)
          if !descriptor.howToRead.isEmpty {
            html.tag(.p, .class("small"), text: descriptor.howToRead)
          }
        }
      }
      html.tag(.ul, .class("readings")) { html in
        for reading in readings { self.reading(reading, into: &html) }
      }
    }
    for reading in readings {
      if let (chart, table) = DistanceChart.make(reading.score) {
        figure(chart, table, into: &html)
      }
    }
  }

  private func reading(_ reading: ScoreReading, into html: inout HTMLBuilder) {
    html.tag(.li) { html in
      html.tag(.div) { html in
        let facet = reading.score.subject.facet.map { Wording.facet($0) + ", " } ?? ""
        if reading.score.against != .none {
          let side = "against " + Wording.against(reading.score.against)
          html.tag(.span, .class("small"), text: facet + side)
          html.tag(.br)
        }
        html.tag(.span, .class("v"), text: reading.value(numbers))
        if let phrase = reading.phrase {
          html.tag(.br)
          html.tag(.span, .class("small"), text: phrase)
        }
        if let interval = reading.interval(numbers) {
          html.tag(.br)
          html.tag(.span, .class("small"), text: interval)
        }
      }
      html.tag(.div) { html in
        if let absence = reading.absence {
          html.tag(.p, text: absence)
        } else if let scale = reading.scale {
          SVGWriter.draw(scale, into: &html)
          ends(scale, into: &html)
        }
        notes(reading, into: &html)
      }
    }
  }

  private func notes(_ reading: ScoreReading, into html: inout HTMLBuilder) {
    var notes: [String] = []
    if let check = reading.verdictOfCheck { notes.append(check) }
    if let fresh = reading.fresh(numbers) { notes.append("a fresh real sample gets \(fresh)") }
    if let anchor = reading.anchorValue(numbers) {
      let name = reading.descriptor.flatMap { Wording.anchor($0.anchor) } ?? "the far end"
      notes.append("\(name): \(anchor)")
    }
    if let reference = reading.reference(numbers) {
      notes.append("holdout against real: \(reference)")
    }
    if let direction = reading.descriptor?.direction {
      notes.append(Wording.direction(direction))
    }
    if let test = reading.score.test {
      notes.append(
        "p = \(numbers.number(test.adjusted ?? test.pValue)), \(Wording.spaced(test.method))")
    }
    notes += reading.plainDetails(numbers, limit: 6)
    for (key, value) in parameters(reading.score) { notes.append("\(key): \(value)") }
    if !notes.isEmpty { html.tag(.p, .class("small"), text: notes.joined(separator: " · ")) }
  }

  private func parameters(_ score: Score) -> [(String, String)] {
    score.parameters.sorted { $0.key < $1.key }.compactMap { key, value in
      let text = value.stringValue.map { VisibleText.clipped($0) }
      guard let shown = text ?? value.doubleValue.map(numbers.number) else { return nil }
      return (Wording.spaced(key), shown)
    }
  }

  private func findings(_ findings: [Finding], into html: inout HTMLBuilder) {
    html.tag(.h3, .class("label"), text: "Findings")
    let limit = 30
    html.tag(.ul, .class("findings")) { html in
      for finding in findings.prefix(limit) { self.finding(finding, into: &html) }
    }
    guard findings.count > limit else { return }
    html.tag(.details, .class("fold")) { html in
      html.tag(.summary, text: "\(numbers.count(findings.count - limit)) more findings")
      html.tag(.ul, .class("findings")) { html in
        for finding in findings.dropFirst(limit).prefix(1_000) {
          self.finding(finding, into: &html)
        }
      }
    }
  }

  private func finding(_ finding: Finding, into html: inout HTMLBuilder) {
    html.tag(.li) { html in
      html.tag(
        .span, .class("sev " + finding.severity.rawValue), text: finding.severity.rawValue)
      html.text(" · ")
      html.tag(.strong) { self.subject(finding.subject, into: &$0) }
      html.text(": " + finding.sentence)
      if let remedy = finding.remedy {
        html.tag(.br)
        html.remedy(remedy)
      }
    }
  }

  private func others(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard !section.others.isEmpty else { return }
    html.tag(.h3, .class("label"), text: "Segments and groups")
    scoreTable(
      section.others, caption: "Scores of parts of the table, the furthest from real first",
      withSubject: true, into: &html)
    if section.othersLeftOut > 0 {
      html.tag(
        .p, .class("small"),
        text: "\(numbers.count(section.othersLeftOut)) more are in the JSON report.")
    }
  }
}
