/// Writes XML 1.0 into a byte buffer: names are ours, texts and values are always escaped.
struct XMLWriter {
  private(set) var bytes: [UInt8]
  private var open: [StaticString] = []

  init() { bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8) }

  /// Writes an element with whatever `content` writes inside, on lines of its own.
  mutating func element(
    _ name: StaticString, _ attributes: [(StaticString, String)] = [],
    content: ((inout XMLWriter) -> Void)? = nil
  ) {
    start(name, attributes)
    guard let content else {
      raw("/>\n")
      return
    }
    raw(">\n")
    open.append(name)
    content(&self)
    open.removeLast()
    indent()
    raw("</\(name)>\n")
  }

  /// Writes an element with a text inside.
  mutating func element(
    _ name: StaticString, _ attributes: [(StaticString, String)] = [], text: String
  ) {
    start(name, attributes)
    raw(">")
    escape(text, keepsLines: true)
    raw("</\(name)>\n")
  }

  private mutating func start(_ name: StaticString, _ attributes: [(StaticString, String)]) {
    indent()
    raw("<\(name)")
    for (attribute, value) in attributes {
      raw(" \(attribute)=\"")
      escape(value, keepsLines: false)
      raw("\"")
    }
  }

  private mutating func indent() { raw(String(repeating: "  ", count: open.count)) }

  private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func escape(_ text: String, keepsLines: Bool) {
    let shown = keepsLines ? VisibleText.lines(text) : VisibleText.escaped(text)
    for scalar in shown.unicodeScalars {
      switch scalar {
      case "&": raw("&amp;")
      case "<": raw("&lt;")
      case ">": raw("&gt;")
      case "\"": raw("&quot;")
      case "'": raw("&#39;")
      default: bytes.append(contentsOf: String(scalar).utf8)
      }
    }
  }
}
