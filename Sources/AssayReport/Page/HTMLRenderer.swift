public import AssayDocument

/// Renders a document as one self-contained HTML page.
///
/// The page makes no request, runs under a policy that admits nothing but its own style and script
/// by digest, and is complete without the script. Names and levels of the data are always escaped
/// and isolated.
public struct HTMLRenderer: DocumentRenderer {
  /// The name of the file in a report's folder.
  public var fileName: String { "report.html" }

  /// Makes a renderer.
  public init() {}

  /// Renders a document as UTF-8 HTML.
  ///
  /// - Complexity: O(n log n) in the number of scores.
  public func render(_ document: EvaluationDocument) -> [UInt8] {
    let page = ReportPage(model: ReportModel(document))
    return HTMLBuilder.page { page.write(into: &$0) }
  }
}

/// The page as a whole; each section is in a file of its own.
struct ReportPage {
  let model: ReportModel
  let numbers = NumberText.page

  /// Above this many columns each block is folded.
  static let foldAbove = 60

  var document: EvaluationDocument { model.document }

  func write(into html: inout HTMLBuilder) {
    html.tag(.html, HTMLAttribute(.lang, "en")) { html in
      html.newline()
      head(into: &html)
      html.newline()
      html.tag(.body) { html in
        html.tag(.a, .class("skip"), .href(.place(PlaceName("main"))), text: "Skip to the report")
        banner(into: &html)
        contents(into: &html)
        html.tag(.main, HTMLAttribute(.id, "main"), HTMLAttribute(.tabindex, "-1")) { html in
          summary(into: &html)
          for section in model.dimensions { dimension(section, into: &html) }
          draws(into: &html)
          comparisons(into: &html)
          absences(into: &html)
          methods(into: &html)
          evidence(into: &html)
        }
        footer(into: &html)
        html.script(.page)
      }
    }
  }

  /// A section with its heading.
  func section(
    _ name: PlaceName, _ title: String, into html: inout HTMLBuilder,
    content: (inout HTMLBuilder) -> Void
  ) {
    html.newline()
    let heading = name.text + "-title"
    html.tag(.section, HTMLAttribute(.id, name.text), HTMLAttribute(.ariaLabelledBy, heading)) {
      html in
      html.tag(.h2, HTMLAttribute(.id, heading), text: title)
      content(&html)
    }
  }

  private func head(into html: inout HTMLBuilder) {
    let policy =
      "default-src 'none'; style-src 'sha256-\(SHA256.base64(Stylesheet.page.text))'; "
      + "script-src 'sha256-\(SHA256.base64(PageScript.page.text))'; base-uri 'none'; "
      + "form-action 'none'"
    html.tag(.head) { html in
      html.tag(.meta, HTMLAttribute(.charset, "utf-8"))
      html.tag(
        .meta, HTMLAttribute(.httpEquiv, "Content-Security-Policy"), HTMLAttribute(.content, policy)
      )
      html.tag(
        .meta, HTMLAttribute(.name, "viewport"),
        HTMLAttribute(.content, "width=device-width, initial-scale=1"))
      html.tag(.meta, HTMLAttribute(.name, "referrer"), HTMLAttribute(.content, "no-referrer"))
      html.tag(.meta, HTMLAttribute(.name, "robots"), HTMLAttribute(.content, "noindex"))
      html.tag(.title, text: VisibleText.clipped(model.headline.title, to: 120) + " · assay report")
      html.style(.page)
    }
  }

  private func banner(into html: inout HTMLBuilder) {
    html.newline()
    html.tag(.header, .class("top")) { html in
      html.tag(.h1) { $0.name(model.headline.title, clip: 120) }
      if model.headline.isInternal {
        html.tag(.span, .class("tag"), text: "INTERNAL · do not publish")
      }
      html.tag(.fieldset) { html in
        html.tag(.legend, text: "Theme")
        let choices = [("auto", "Auto"), ("light", "Light"), ("dark", "Dark")]
        for (position, choice) in choices.enumerated() {
          html.tag(.label) { html in
            var attributes = [
              HTMLAttribute(.type, "radio"), HTMLAttribute(.name, "theme"),
              HTMLAttribute(.id, "theme-" + choice.0),
            ]
            if position == 0 { attributes.append(HTMLAttribute(.checked)) }
            html.tag(.input, attributes)
            html.text(choice.1)
          }
        }
      }
      html.tag(
        .button, HTMLAttribute(.type, "button"), HTMLAttribute(.id, "print"),
        HTMLAttribute(.hidden), text: "Print")
    }
  }

  private func contents(into html: inout HTMLBuilder) {
    html.newline()
    html.tag(.nav, HTMLAttribute(.ariaLabel, "Contents")) { html in
      html.tag(.ul) { html in
        func item(_ name: PlaceName, _ title: String) {
          html.tag(.li) { $0.tag(.a, .href(.place(name)), text: title) }
        }
        item(PlaceName("summary"), "Summary")
        for section in model.dimensions {
          item(Self.place(section.dimension), Wording.question(section.dimension).title)
          if section.dimension == .fidelity {
            if !model.columns.isEmpty { item(PlaceName("columns"), "Columns") }
            if !model.pairs.isEmpty { item(PlaceName("pairs"), "Pairs") }
          }
        }
        if document.draws != nil { item(PlaceName("draws"), "Draws") }
        if !model.withoutValue.isEmpty { item(PlaceName("absent"), "Not measured") }
        item(PlaceName("method"), "Method")
        item(PlaceName("evidence"), "Evidence")
      }
    }
  }

  private func footer(into html: inout HTMLBuilder) {
    html.newline()
    html.tag(.footer) { html in
      html.tag(.p) { html in
        html.text("Made by assay ")
        html.name(document.tool.version)
        html.text(
          " from aggregates; the page holds no rows and asks no other machine for anything.")
      }
    }
  }

  /// Where a dimension's section is.
  static func place(_ dimension: Dimension) -> PlaceName {
    switch dimension {
    case .diagnostics: PlaceName("valid")
    case .fidelity: PlaceName("looks-real")
    case .utility: PlaceName("useful")
    case .fairness: PlaceName("fair")
    case .privacy: PlaceName("leaks")
    }
  }
}
