import AssayDocument

extension ReportPage {
  /// What was found, gravest first; what is too long for a glance is folded.
  func findings(_ findings: [Finding], into html: inout HTMLBuilder) {
    html.tag(.h3, .class("label"), text: "Findings")
    let limit = 8
    html.tag(.ul, .class("findings")) { html in
      for finding in findings.prefix(limit) { self.finding(finding, into: &html) }
    }
    guard findings.count > limit else { return }
    html.tag(.details, .class("fold")) { html in
      html.tag(.summary, text: "\(numbers.count(findings.count - limit)) more findings, less grave")
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
      html.tag(.strong) { self.subject(of: finding, into: &$0) }
      html.text(": " + Wording.unbroken(finding.sentence))
      tableLinks(finding, into: &html)
      if let remedy = finding.remedy {
        html.tag(.br)
        html.remedy(remedy)
      }
    }
  }

  /// The scores of segments, groups and combinations of columns.
  func others(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard !section.others.isEmpty else { return }
    html.tag(.h3, .class("label"), text: "Segments, groups and combinations")
    let limit = 10
    let first = Array(section.others.prefix(limit))
    let rest = Array(section.others.dropFirst(limit))
    scoreTable(
      first, caption: "Scores of parts of the table, the furthest from real first",
      withSubject: true, into: &html)
    if !rest.isEmpty {
      html.tag(.details, .class("fold deep")) { html in
        html.tag(.summary, text: "\(numbers.count(rest.count)) more, nearer to real")
        scoreTable(
          rest, caption: "Further scores of parts of the table", withSubject: true, into: &html)
      }
    }
    if section.othersLeftOut > 0 {
      html.tag(
        .p, .class("small"),
        text: "\(numbers.count(section.othersLeftOut)) more are in the JSON report.")
    }
  }
}
