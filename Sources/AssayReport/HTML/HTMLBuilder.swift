/// Finished markup.
///
/// Only ``HTMLBuilder`` makes it, so whatever it holds has been escaped.
struct Markup {
  fileprivate var bytes: [UInt8]
}

/// Writes HTML into a byte buffer, escaping by type: text and attribute values are always escaped,
/// and there is no door for raw text but ``Markup``, which a builder made.
///
/// Charts are written by the same builder: inside `svg` the page is still HTML.
struct HTMLBuilder {
  private var bytes: [UInt8] = []

  /// What has been written so far.
  var byteCount: Int { bytes.count }

  /// A whole page.
  static func page(_ content: (inout HTMLBuilder) -> Void) -> [UInt8] {
    var builder = HTMLBuilder()
    builder.raw("<!DOCTYPE html>\n")
    content(&builder)
    builder.raw("\n")
    return builder.bytes
  }

  /// A piece of markup to be placed later.
  static func fragment(_ content: (inout HTMLBuilder) -> Void) -> Markup {
    var builder = HTMLBuilder()
    content(&builder)
    return Markup(bytes: builder.bytes)
  }

  /// Writes an element with whatever `content` writes inside.
  mutating func tag(
    _ element: HTMLElement, _ attributes: HTMLAttribute..., content: (inout HTMLBuilder) -> Void
  ) {
    open(element, attributes)
    content(&self)
    close(element)
  }

  /// Writes an element with a text inside.
  mutating func tag(_ element: HTMLElement, _ attributes: HTMLAttribute..., text: String) {
    open(element, attributes)
    self.text(text)
    close(element)
  }

  /// Writes an element with a text inside, its attributes made elsewhere.
  mutating func tag(_ element: HTMLElement, _ attributes: [HTMLAttribute], text: String) {
    open(element, attributes)
    self.text(text)
    close(element)
  }

  /// Writes an element with whatever `content` writes inside, its attributes made elsewhere.
  mutating func tag(
    _ element: HTMLElement, _ attributes: [HTMLAttribute],
    content: (inout HTMLBuilder) -> Void
  ) {
    open(element, attributes)
    content(&self)
    close(element)
  }

  /// Writes an element with nothing inside.
  mutating func tag(_ element: HTMLElement, _ attributes: HTMLAttribute...) {
    tag(element, attributes)
  }

  /// Writes an element with nothing inside, its attributes made elsewhere.
  mutating func tag(_ element: HTMLElement, _ attributes: [HTMLAttribute]) {
    if element.isShape {
      start(element, attributes)
      raw("/>")
    } else {
      open(element, attributes)
      if !element.isVoid { close(element) }
    }
  }

  /// Writes a text: special characters become references, hidden ones visible escapes.
  mutating func text(_ text: String) { escape(text) }

  /// Writes a name or a level of the data: isolated from the direction of the text around it, and
  /// clipped with the full name in its title.
  mutating func name(_ text: String, clip: Int = VisibleText.clip) {
    if VisibleText.isLong(text, over: clip) {
      let full = VisibleText.clipped(text, to: VisibleText.limit)
      tag(.bdi, HTMLAttribute(.title, full), text: VisibleText.clipped(text, to: clip))
    } else if text.isEmpty {
      tag(.em, text: "empty")
    } else {
      tag(.bdi, text: text)
    }
  }

  /// Writes a sentence; options of the command line in it are set off and never broken.
  mutating func sentence(_ sentence: String) {
    let text = Wording.unbroken(sentence)
    if !text.contains("--") { return self.text(text) }
    for (position, word) in text.split(separator: " ", omittingEmptySubsequences: false)
      .enumerated()
    {
      if position > 0 { self.text(" ") }
      if word.hasPrefix("--"), word.utf8.count < 32 {
        tag(.code, .class("flag"), text: String(word))
      } else {
        self.text(String(word))
      }
    }
  }

  /// Places finished markup.
  mutating func place(_ markup: Markup) { bytes.append(contentsOf: markup.bytes) }

  /// Writes the page's own stylesheet.
  mutating func style(_ sheet: Stylesheet) {
    raw("<style>")
    raw(sheet.text)
    raw("</style>")
  }

  /// Writes the page's own script.
  mutating func script(_ script: PageScript) {
    raw("<script>")
    raw(script.text)
    raw("</script>")
  }

  /// Starts a new line in the source, so that a report can be compared line by line.
  mutating func newline() { bytes.append(0x0A) }

  private mutating func open(_ element: HTMLElement, _ attributes: [HTMLAttribute]) {
    start(element, attributes)
    raw(">")
  }

  private mutating func start(_ element: HTMLElement, _ attributes: [HTMLAttribute]) {
    raw("<")
    raw(element.rawValue)
    for attribute in attributes {
      raw(" ")
      raw(attribute.name)
      if let value = attribute.value {
        raw("=\"")
        escape(value)
        raw("\"")
      }
    }
  }

  private mutating func close(_ element: HTMLElement) {
    raw("</")
    raw(element.rawValue)
    raw(">")
  }

  private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func escape(_ text: String) {
    let shown = VisibleText.escaped(text)
    if !shown.utf8.contains(where: Self.isSpecial) { return raw(shown) }
    for byte in shown.utf8 {
      switch byte {
      case 0x26: raw("&amp;")
      case 0x3C: raw("&lt;")
      case 0x3E: raw("&gt;")
      case 0x22: raw("&quot;")
      case 0x27: raw("&#39;")
      default: bytes.append(byte)
      }
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x26, 0x3C, 0x3E, 0x22, 0x27: true
    default: false
    }
  }
}
