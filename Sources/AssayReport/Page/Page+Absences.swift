import AssayDocument

extension ReportPage {
  /// Scores that have no value for one reason.
  struct Absence {
    /// What is missing of one measure.
    struct Part {
      var title: String
      /// Of which subjects, each once; none where it is the table as a whole.
      var subjects: [Entry]
    }

    /// A subject with the counts that the reason ends in, where it does.
    struct Entry: Equatable {
      var subject: Subject
      var counts: String?
    }

    var reason: String
    var outcome: String
    var parts: [Part]

    /// Measures that lack a value of the same subjects, together.
    var groups: [(titles: [String], subjects: [Entry])] {
      var groups: [(titles: [String], subjects: [Entry])] = []
      for part in parts {
        if let place = groups.firstIndex(where: { $0.subjects == part.subjects }) {
          groups[place].titles.append(part.title)
        } else {
          groups.append(([part.title], part.subjects))
        }
      }
      return groups
    }

    /// The scores without a value, those of one reason together, in the document's order.
    static func grouped(_ readings: [ScoreReading], _ numbers: NumberText) -> [Absence] {
      var places: [String: Int] = [:]
      var found: [Absence] = []
      for reading in readings {
        let outcome = reading.value(numbers)
        let (reason, counts) = split(reading.absence ?? "", of: reading.shownSubject)
        let key = outcome + "\n" + reason
        let place = places[key] ?? found.count
        if place == found.count {
          places[key] = place
          found.append(Absence(reason: reason, outcome: outcome, parts: []))
        }
        let title = reading.title
        let part = found[place].parts.firstIndex { $0.title == title } ?? found[place].parts.count
        if part == found[place].parts.count {
          found[place].parts.append(Part(title: title, subjects: []))
        }
        let entry = Entry(subject: reading.shownSubject, counts: counts)
        if !entry.subject.isTable, !found[place].parts[part].subjects.contains(entry) {
          found[place].parts[part].subjects.append(entry)
        }
      }
      return found
    }

    /// A reason without the counts of a subject that it ends in, as in `too few rows: 12 yes, 40 no`,
    /// so that many subjects share it.
    private static func split(
      _ reason: String, of subject: Subject
    ) -> (reason: String, counts: String?) {
      guard !subject.isTable, let colon = reason.lastIndex(of: ":") else { return (reason, nil) }
      let counts = reason[reason.index(after: colon)...].drop { $0 == " " }
      guard counts.first?.isNumber == true || counts.hasPrefix("fewer than ") else {
        return (reason, nil)
      }
      return (String(reason[..<colon]), String(counts))
    }
  }

  /// Reasons, and subjects of one measure, that are listed at most.
  private static let absenceLimits = (reasons: 200, subjects: 12)

  /// The scores that have no value: each reason once, with what it holds for.
  func absences(into html: inout HTMLBuilder) {
    guard !model.withoutValue.isEmpty else { return }
    let absences = Absence.grouped(model.withoutValue, numbers)
    section(PlaceName("absent"), "Not measured", into: &html) { html in
      html.tag(
        .p, .class("lead"),
        text: "Absence is an outcome: these scores were asked for and have no value.")
      scrolled("Scores without a value", into: &html) { html in
        html.tag(.table) { html in
          html.tag(.caption, text: "Scores without a value, by reason")
          head(["Why", "What became of it", "Measures"], numeric: 0, into: &html)
          html.tag(.tbody) { html in
            for absence in absences.prefix(Self.absenceLimits.reasons) {
              html.newline()
              html.tag(.tr) { self.absence(absence, into: &$0) }
            }
          }
        }
      }
      let rest = absences.count - Self.absenceLimits.reasons
      if rest > 0 {
        html.tag(
          .p, .class("small"),
          text: "\(numbers.count(rest)) more reasons are in the JSON report.")
      }
    }
  }

  private func absence(_ absence: Absence, into html: inout HTMLBuilder) {
    html.tag(.th, HTMLAttribute(.scope, "row")) { $0.sentence(absence.reason) }
    html.tag(.td, .class("flag"), text: absence.outcome)
    html.tag(.td) { html in
      for (position, group) in absence.groups.enumerated() {
        if position > 0 { html.text("; ") }
        for (place, title) in group.titles.enumerated() {
          if place > 0 { html.text(", ") }
          html.name(title, clip: 60)
        }
        for (place, entry) in group.subjects.prefix(Self.absenceLimits.subjects).enumerated() {
          html.text(place == 0 ? " (" : "; ")
          self.subject(entry.subject, into: &html)
          if let counts = entry.counts { html.sentence(": " + counts) }
        }
        let rest = group.subjects.count - Self.absenceLimits.subjects
        if rest > 0 { html.text(" and \(numbers.count(rest)) more") }
        if !group.subjects.isEmpty { html.text(")") }
      }
    }
  }
}
