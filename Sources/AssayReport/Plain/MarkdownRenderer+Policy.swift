import AssayDocument

extension MarkdownRenderer {
  /// The requirements that did not pass, and how many did.
  func requirements(_ document: EvaluationDocument, into page: inout MarkdownPage) {
    guard !document.verdict.isFirstLook, !document.verdict.requirements.isEmpty else { return }
    let numbers = NumberText.plain
    let readings = RequirementReading.ordered(document.verdict)
    let open = readings.filter { $0.mark != .good }
    page.line("### Requirements of the policy")
    page.line("")
    if open.isEmpty {
      page.line("All \(numbers.count(readings.count)) passed.")
    } else {
      page.line("| Requirement | Result | Bound | Margin | Why |")
      page.line("| --- | --- | ---: | ---: | --- |")
      for reading in open.prefix(40) {
        let requirement = reading.requirement
        let waiver = requirement.waiver.map { "; waived by " + $0 } ?? ""
        page.row([
          Markdown.name(requirement.id),
          Wording.symbol(reading.mark) + " " + reading.word,
          requirement.bound.map { Markdown.text(numbers.number($0)) } ?? "–",
          requirement.margin.map { Markdown.text(numbers.number($0)) } ?? "–",
          Markdown.text(requirement.why + waiver),
        ])
      }
      let passed = readings.count - open.count
      page.line("")
      if open.count > 40 { page.line("\(numbers.count(open.count - 40)) more are in the report.") }
      page.line("\(numbers.count(passed)) passed.")
    }
    page.line("")
  }
}
