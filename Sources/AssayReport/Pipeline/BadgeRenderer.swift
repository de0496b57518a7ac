public import AssayDocument

/// Renders the verdict as a badge: one small SVG file that asks no other machine for anything.
///
/// Green is only what a policy passed; a document that nothing gated is grey.
public struct BadgeRenderer: DocumentRenderer {
  /// The name of the file in a report's folder.
  public var fileName: String { "badge.svg" }

  /// Makes a renderer.
  public init() {}

  /// Renders a document as SVG.
  public func render(_ document: EvaluationDocument) -> [UInt8] {
    let (word, colour) = Self.face(document.verdict)
    let left = "assay"
    let leftWidth = Self.width(left)
    let rightWidth = Self.width(word)
    let total = leftWidth + rightWidth
    var svg = XMLWriter()
    svg.element(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"), ("width", "\(total)"), ("height", "20"),
        ("viewBox", "0 0 \(total) 20"), ("role", "img"), ("aria-label", "assay: \(word)"),
      ]
    ) { svg in
      svg.element("title", text: "assay: \(word)")
      svg.element(
        "rect", [("width", "\(leftWidth + 4)"), ("height", "20"), ("rx", "3"), ("fill", "#3b3f45")])
      svg.element(
        "rect",
        [
          ("x", "\(leftWidth)"), ("width", "\(rightWidth)"), ("height", "20"), ("rx", "3"),
          ("fill", colour),
        ])
      svg.element(
        "rect", [("x", "\(leftWidth)"), ("width", "4"), ("height", "20"), ("fill", colour)])
      svg.element(
        "g",
        [
          ("fill", "#ffffff"), ("text-anchor", "middle"), ("font-size", "11"),
          ("font-family", "Verdana,DejaVu Sans,sans-serif"),
        ]
      ) { svg in
        for (text, middle) in [(left, leftWidth / 2), (word, leftWidth + rightWidth / 2)] {
          svg.element(
            "text",
            [
              ("x", "\(middle)"), ("y", "14"), ("textLength", "\(Self.length(text))"),
              ("lengthAdjust", "spacingAndGlyphs"),
            ], text: text)
        }
      }
    }
    return svg.bytes
  }

  /// What the badge says, and the colour behind it: white text on it has a contrast of 4.5 or more.
  static func face(_ verdict: Verdict) -> (word: String, colour: String) {
    let open = verdict.requirements.filter { $0.waiver == nil }
    func count(_ status: Verdict.Status) -> Int { open.count { $0.status == status } }
    if verdict.isFirstLook || verdict.requirements.isEmpty { return ("evaluated", "#5f6368") }
    let name = PipelineJSON.text(verdict.policy.name, limit: 24)
    if verdict.advisory {
      return ("\(name): \(count(.passed)) of \(open.count), advisory", "#5f6368")
    }
    switch verdict.status {
    case .passed: return ("\(name): passed", "#12633f")
    case .failed: return ("\(name): \(count(.failed)) failed", "#ab1f17")
    case .undecided: return ("\(name): \(count(.undecided)) undecided", "#744c00")
    case .evaluated: return ("\(name): evaluated", "#5f6368")
    }
  }

  private static func length(_ text: String) -> Int { DisplayWidth.of(text) * 13 / 2 + 2 }

  private static func width(_ text: String) -> Int { length(text) + 12 }
}
