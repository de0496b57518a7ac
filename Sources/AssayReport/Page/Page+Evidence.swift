import AssayDocument

extension ReportPage {
  /// What the report stands on: inputs, plan, versions, and how to get it again.
  func evidence(into html: inout HTMLBuilder) {
    section(PlaceName("evidence"), "Evidence", into: &html) { html in
      html.tag(.h3, .class("label"), text: "Inputs")
      inputs(into: &html)
      if !document.verdict.requirements.isEmpty { requirements(into: &html) }
      html.tag(.h3, .class("label"), text: "How to reproduce")
      reproducing(into: &html)
      html.tag(.details, .class("fold method")) { html in
        html.tag(.summary, text: "Plan, digests and versions")
        html.tag(.dl) { html in
          for (title, text) in self.records() {
            html.tag(.dt, text: title)
            html.tag(.dd, .class("hash")) { $0.name(text, clip: 400) }
          }
        }
      }
    }
  }

  private var sides: [(String, InputRecord)] {
    var sides = [("real", document.inputs.training), ("synthetic", document.inputs.synthetic)]
    if let holdout = document.inputs.holdout { sides.append(("holdout", holdout)) }
    if let reference = document.inputs.reference { sides.append(("reference", reference)) }
    return sides
  }

  private func inputs(into html: inout HTMLBuilder) {
    scrolled("Inputs", into: &html) { html in
      html.tag(.table) { html in
        html.tag(.caption, text: "What was read")
        head(["Side", "Name", "Noticed", "Rows", "Columns", "Size"], numeric: 3, into: &html)
        html.tag(.tbody) { html in
          for (side, input) in sides {
            html.tag(.tr) { html in
              html.tag(.th, HTMLAttribute(.scope, "row"), text: side)
              html.tag(.td) { $0.name(input.name) }
              html.tag(
                .td, text: input.notices.isEmpty ? "–" : input.notices.joined(separator: "; "))
              html.tag(.td, .class("n"), text: numbers.count(input.rows))
              html.tag(.td, .class("n"), text: numbers.count(input.columns))
              html.tag(.td, .class("n"), text: numbers.bytes(input.bytes))
            }
          }
        }
      }
    }
    if document.inputs.holdout == nil {
      html.tag(
        .p, .class("small"),
        text: "No holdout was given, so nothing can show that the synthetic rows are no closer to "
          + "the rows the generator saw than to rows it never saw.")
    }
  }

  private func reproducing(into html: inout HTMLBuilder) {
    guard model.headline.isInternal else {
      html.tag(
        .p, .class("small"),
        text: "From the internal report of this run: names and numbers of this one are not those "
          + "that were judged, and digests of real tables need the owner's key.")
      return
    }
    let command = ReproduceCommand(document)
    html.tag(.pre) { $0.tag(.code, text: command.text) }
    html.tag(
      .p, .class("small"),
      text:
        "Seed, preset, columns, reading and limits are taken from the plan in the JSON report. "
        + "Equal inputs and seed give equal bytes on one build and one kind of processor."
        + (command.hasUnnamed
          ? " Words in capitals stand for files that the report knows by their digest or not at all."
          : ""))
  }

  private func records() -> [(String, String)] {
    let plan = document.plan
    var rows = [
      ("Plan", plan.hash), ("Seed", "\(plan.seed)"), ("Preset", plan.preset),
      ("Smallest published count", "\(plan.k)"),
      ("Compared with", plan.against.map(Wording.against).joined(separator: ", ")),
    ]
    for (role, names) in plan.roles.sorted(by: { $0.key < $1.key }) {
      rows.append(("Role " + VisibleText.clipped(role), names.joined(separator: ", ")))
    }
    for (key, value) in plan.sampling.sorted(by: { $0.key < $1.key }) {
      rows.append((Wording.spaced(key), PlainDetail.text(value, numbers)))
    }
    if let judging = plan.judging {
      let open = judging.undecidable
      let policy = judging.policy
      rows.append(
        (
          "Planned to be judged by",
          "\(policy.name) \(policy.version)"
            + (open.isEmpty ? "" : "; known beforehand: " + open.joined(separator: "; "))
        ))
    }
    for (side, input) in sides {
      let isKeyed = !model.headline.isInternal && side != "synthetic"
      rows.append(((isKeyed ? "Keyed digest " : "SHA-256 ") + side, input.sha256))
    }
    let policy = document.verdict.policy
    rows.append(("Policy", "\(policy.name) \(policy.version) \(policy.hash)"))
    if let day = document.verdict.asOf { rows.append(("Waivers as of", day)) }
    rows.append(("assay", document.tool.version + (document.tool.commit.map { " (\($0))" } ?? "")))
    for (name, version) in document.tool.libraries.sorted(by: { $0.key < $1.key }) {
      rows.append((VisibleText.clipped(name), version))
    }
    for (title, text) in AboutFacts.all(document.about) { rows.append((title, text)) }
    return rows
  }
}

/// A detail in words, for lists of whatever a plan says.
enum PlainDetail {
  static func text(_ value: DetailValue, _ numbers: NumberText) -> String {
    switch value {
    case .number(let number): numbers.number(number)
    case .integer(let whole): numbers.count(whole)
    case .string(let text): text
    case .boolean(let truth): truth ? "yes" : "no"
    case .array(let list): list.prefix(20).map { text($0, numbers) }.joined(separator: ", ")
    case .object(let members):
      members.sorted { $0.key < $1.key }.prefix(20).map { "\($0.key) \(text($0.value, numbers))" }
        .joined(separator: "; ")
    case .null: "none"
    }
  }
}
