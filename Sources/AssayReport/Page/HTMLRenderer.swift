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
      html.pageHead(model.headline.title + " · assay report")
      html.newline()
      html.tag(.body) { html in
        html.tag(.a, .class("skip"), .href(.place(PlaceName("main"))), text: "Skip to the report")
        html.pageBanner(model.headline.title, isInternal: model.headline.isInternal)
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
            if hasPairs { item(PlaceName("pairs"), "Pairs") }
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
