import AssayDocument

extension ReportPage {
  /// What the findings have in common, and what to try: for any generator, and by kind.
  func diagnoses(into html: inout HTMLBuilder) {
    guard !document.diagnoses.isEmpty else { return }
    html.tag(.h3, .class("label"), text: "Diagnosis")
    html.tag(.ul, .class("diagnoses")) { html in
      for diagnosis in document.diagnoses {
        html.tag(.li) { self.diagnosis(diagnosis, into: &$0) }
      }
    }
  }

  private func diagnosis(_ diagnosis: Diagnosis, into html: inout HTMLBuilder) {
    html.tag(.strong, text: diagnosis.name + ".")
    html.text(" " + Wording.unbroken(diagnosis.sentence))
    html.tag(.br)
    html.remedy(diagnosis.advice)
    let kinds = diagnosis.remedies.sorted { $0.key < $1.key }
    guard !kinds.isEmpty else { return }
    html.tag(.details, .class("fold")) { html in
      html.tag(.summary, text: "By kind of generator")
      html.tag(.ul) { html in
        for (kind, advice) in kinds {
          html.tag(.li) { html in
            html.tag(.strong, text: Wording.generator(kind) + ": ")
            html.text(advice)
          }
        }
      }
    }
  }
}
