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
      parts(section, into: &html)
      if !section.findings.isEmpty { findings(section.findings, into: &html) }
      plane(section, into: &html)
      gaveAway(section, into: &html)
      leaks(section, into: &html)
      distances(section, into: &html)
      disclosure(section, into: &html)
      models(section, into: &html)
      groups(section, into: &html)
      measures(section, into: &html)
      others(Self.undrawn(section), into: &html)
    }
    if section.dimension == .fidelity {
      columns(into: &html)
      pairs(into: &html)
    }
  }

  /// The parts that a dimension's score is the least of.
  private func parts(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard let score = section.score, section.dimension != .privacy else { return }
    if let reason = score.reason, reason != section.answer?.sentence {
      let start = score.score == nil ? "No score: " : "Its score in the JSON report is "
      html.tag(.p, .class("lead"), text: start + reason)
    }
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
              "How well a classifier tells rows from real ones by \(numbers.count(subjects)) columns "
                + "together; by chance it is right half the time."
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
      text: "The answer follows the lowest of the parts.")
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
}
