import AssayDocument

extension ReportPage {
  /// What was found, gravest first; what is too long for a glance is folded.
  func findings(_ findings: [Finding], into html: inout HTMLBuilder) {
    html.tag(.h3, .class("label"), text: "Findings")
    let limit = 8
    html.tag(.ul, .class("findings")) { html in
      list(findings.prefix(limit), into: &html)
    }
    guard findings.count > limit else { return }
    html.tag(.details, .class("fold")) { html in
      html.tag(.summary, text: "\(numbers.count(findings.count - limit)) more findings, less grave")
      html.tag(.ul, .class("findings")) { html in
        self.list(findings.dropFirst(limit).prefix(1_000), into: &html)
      }
    }
  }

  /// Findings one below the other; what to do about several in a row alike stands at the last of them.
  private func list(_ findings: ArraySlice<Finding>, into html: inout HTMLBuilder) {
    var alike = 1
    for place in findings.indices {
      let next = findings.index(after: place)
      let remedy = findings[place].remedy
      let isLast = next == findings.endIndex || findings[next].remedy != remedy
      finding(findings[place], remedy: isLast ? remedy : nil, alike: alike, into: &html)
      alike = isLast ? 1 : alike + 1
    }
  }

  private func finding(
    _ finding: Finding, remedy: String?, alike: Int, into html: inout HTMLBuilder
  ) {
    html.tag(.li) { html in
      html.tag(
        .span, .class("sev " + finding.severity.rawValue), text: finding.severity.rawValue)
      html.text(" · ")
      html.tag(.strong) { self.subject(of: finding, into: &$0) }
      html.text(": " + Wording.unbroken(finding.sentence))
      tableLinks(finding, into: &html)
      if let remedy {
        html.tag(.br)
        html.remedy(remedy, start: alike > 1 ? "Try, for these \(alike): " : "Try: ")
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
