import AssayDocument

extension ReportPage {
  /// The requirements that failed, on the first screen.
  func failedRequirements(into html: inout HTMLBuilder) {
    let failed = RequirementReading.ordered(document.verdict).filter { $0.mark == .bad }
    guard !failed.isEmpty, !document.verdict.isFirstLook else { return }
    html.tag(.h3, .class("label"), text: "Requirements that failed")
    html.tag(.ul) { html in
      for reading in failed.prefix(5) {
        html.tag(.li) { html in
          html.tag(.strong) { $0.name(reading.requirement.id, clip: 60) }
          html.text(": ")
          html.sentence(reading.requirement.why)
        }
      }
      let rest = failed.count - 5
      if rest > 0 { html.tag(.li, text: "\(numbers.count(rest)) more") }
    }
    html.tag(.p, .class("small")) {
      $0.tag(.a, .href(.place(PlaceName("requirements"))), text: "all requirements of the policy")
    }
  }

  /// Every requirement and what became of it.
  func requirements(into html: inout HTMLBuilder) {
    html.tag(
      .h3, .class("label"), HTMLAttribute(.id, PlaceName("requirements").text),
      text: "Requirements of the policy")
    scrolled("Requirements", into: &html) { html in
      html.tag(.table) { html in
        html.tag(.caption, text: "Each requirement and what became of it")
        head(
          ["Requirement", "Result", "What was compared", "Why", "Waiver", "Bound", "Margin"],
          numeric: 2, into: &html)
        html.tag(.tbody) { html in
          for reading in RequirementReading.ordered(document.verdict) { row(reading, into: &html) }
        }
      }
    }
  }

  private func row(_ reading: RequirementReading, into html: inout HTMLBuilder) {
    let requirement = reading.requirement
    html.tag(.tr) { html in
      html.tag(.th, HTMLAttribute(.scope, "row")) { html in
        html.name(requirement.id, clip: 60)
        html.tag(.p, .class("small"), text: requirement.severity)
      }
      html.tag(
        .td, .class("flag"), text: Wording.symbol(reading.mark) + " " + reading.word)
      html.tag(.td, text: requirement.compared)
      html.tag(.td) { $0.sentence(requirement.why) }
      html.tag(.td, text: requirement.waiver ?? "–")
      html.tag(.td, .class("n"), text: requirement.bound.map(numbers.number) ?? "–")
      html.tag(.td, .class("n"), text: requirement.margin.map(numbers.number) ?? "–")
    }
  }
}
