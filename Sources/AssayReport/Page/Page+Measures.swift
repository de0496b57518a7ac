import AssayDocument

extension ReportPage {
  /// The measures of the table as a whole: a line each, which opens to what it says and how it is
  /// read.
  func measures(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    let shown = section.metrics.filter { $0.readings.contains { $0.absence == nil } }
    let groups: [(title: String, lines: [ReportModel.MeasureLine])] =
      section.dimension == .fidelity
      ? MeasureScope.allCases.map { scope in
        ("Measures of \(scope.rawValue)", shown.filter { $0.scope == scope })
      } : [("Measures", shown)]
    for (title, lines) in groups where !lines.isEmpty {
      html.tag(.h3, .class("label"), text: title)
      if let ends = ends(of: lines) { html.tag(.p, .class("small"), text: ends) }
      html.tag(.ul, .class("measures")) { html in
        for line in lines {
          html.newline()
          html.tag(.li) { self.measure(line, into: &$0) }
        }
      }
    }
    let absent = section.metrics.count - shown.count
    if absent > 0 {
      html.tag(.p, .class("small")) { html in
        html.text(
          absent == 1 ? "One measure has no value: " : "\(absent) measures have no value: ")
        html.tag(.a, .href(.place(PlaceName("absent"))), text: "which, and why")
      }
    }
  }

  /// What stands at both ends of the lines' scales, where they have one.
  private func ends(of lines: [ReportModel.MeasureLine]) -> String? {
    var zeros: [String] = []
    for scale in lines.flatMap(\.readings).compactMap(\.scale) where !zeros.contains(scale.zero) {
      zeros.append(scale.zero)
    }
    guard !zeros.isEmpty else { return nil }
    return "Left end: \(zeros.joined(separator: " or ")); right end: \(Wording.freshSample). "
      + "Value and 95 % interval\(document.inputs.holdout == nil ? "" : " against the holdout"). "
      + "Open a line for what it means."
  }

  private func measure(_ line: ReportModel.MeasureLine, into html: inout HTMLBuilder) {
    let measured = line.readings.filter { $0.absence == nil }
    guard let main = measured.last(where: { $0.score.against == .holdout }) ?? measured.first
    else { return }
    html.tag(.details) { html in
      html.tag(.summary) { html in
        html.tag(.span, .class("name")) { $0.name(line.title, clip: 80) }
        html.tag(.span, .class("place")) { html in
          if let scale = main.scale {
            SVGWriter.draw(scale, into: &html)
          } else if let check = main.verdictOfCheck {
            html.text(check)
          } else if let fresh = main.fresh(numbers) {
            html.text("a fresh real sample gets \(fresh)")
          }
        }
        html.tag(.span, .class("v"), text: main.value(numbers))
        html.tag(.span, .class("small"), text: main.interval(numbers) ?? "")
      }
      html.tag(.div, .class("metric")) { html in
        html.tag(.div) { html in
          if let descriptor = line.descriptor {
            html.tag(.p, text: descriptor.summary)
            if !descriptor.howToRead.isEmpty {
              html.tag(.p, .class("small"), text: descriptor.howToRead)
            }
          }
        }
        html.tag(.ul, .class("readings")) { html in
          for reading in line.readings { self.reading(reading, into: &html) }
        }
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
}
