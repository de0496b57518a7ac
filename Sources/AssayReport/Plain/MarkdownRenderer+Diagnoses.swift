import AssayDocument

extension MarkdownRenderer {
  /// What the findings have in common, and what to try.
  func diagnoses(_ document: EvaluationDocument, into page: inout MarkdownPage) {
    guard !document.diagnoses.isEmpty else { return }
    page.line("### Diagnosis")
    page.line("")
    for diagnosis in document.diagnoses {
      page.line(
        "- **\(Markdown.text(diagnosis.name)).** \(Markdown.text(diagnosis.sentence)) Try: "
          + Markdown.text(diagnosis.advice) + ".")
    }
    page.line("")
  }
}
