/// A small checker of HTML as the renderer writes it: every element that is opened is closed in
/// order, every attribute is quoted, every identifier is there once, every place that is linked to
/// exists.
struct WellFormed {
  var problems: [String] = []
  private(set) var elements: [String] = []
  private(set) var identifiers: [String] = []
  private(set) var addresses: [String] = []
  private(set) var attributes: Set<String> = []
  /// The text outside of `style` and `script`.
  private(set) var text = ""
  private(set) var levels: [Int] = []

  private static let void: Set<String> = ["meta", "br", "input"]

  init(_ bytes: [UInt8]) {
    let html = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var open: [String] = []
    var at = 0
    func find(_ wanted: String, from start: Int) -> Int? {
      let pattern = Array(wanted.unicodeScalars)
      var i = start
      while i + pattern.count <= html.count {
        if html[i] == pattern[0], Array(html[i..<i + pattern.count]) == pattern { return i }
        i += 1
      }
      return nil
    }
    func string(_ range: Range<Int>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: html[range])
      return String(view)
    }
    while at < html.count {
      guard html[at] == "<" else {
        if html[at] == ">" { problems.append("a loose > at \(at)") }
        text.unicodeScalars.append(html[at])
        at += 1
        continue
      }
      guard let end = Self.tagEnd(html, at) else {
        problems.append("a tag that does not end at \(at)")
        return
      }
      let body = string(at + 1..<end)
      at = end + 1
      if body.hasPrefix("!DOCTYPE") { continue }
      if body.hasPrefix("/") {
        let name = String(body.dropFirst())
        if open.last == name {
          open.removeLast()
        } else {
          problems.append("</\(name)> closes \(open.last ?? "nothing")")
        }
        text += " "
        continue
      }
      let name = read(body)
      if name == "style" || name == "script" {
        guard let close = find("</\(name)>", from: at) else {
          problems.append("\(name) does not end")
          return
        }
        at = close + name.count + 3
      } else if !body.hasSuffix("/"), !Self.void.contains(name) {
        open.append(name)
      }
      text += " "
    }
    if !open.isEmpty { problems.append("left open: \(open.joined(separator: " "))") }
    let places = Set(identifiers)
    if places.count != identifiers.count { problems.append("an identifier occurs twice") }
    for address in addresses
    where address.hasPrefix("#") && !places.contains(String(address.dropFirst())) {
      problems.append("\(address) leads nowhere")
    }
  }

  /// Where a tag ends; a `>` inside a quoted value does not end it.
  private static func tagEnd(_ html: [Unicode.Scalar], _ start: Int) -> Int? {
    var quoted = false
    for i in start..<html.count {
      if html[i] == "\"" { quoted.toggle() }
      if html[i] == ">", !quoted { return i }
    }
    return nil
  }

  /// Reads a start tag and gives the element's name.
  private mutating func read(_ body: String) -> String {
    let name = String(body.prefix { $0 != " " && $0 != "/" })
    elements.append(name)
    if let level = Int(name.dropFirst()), name.hasPrefix("h") { levels.append(level) }
    var rest = body.dropFirst(name.count)
    while let first = rest.first {
      if first == " " || first == "/" {
        rest = rest.dropFirst()
        continue
      }
      let attribute = String(rest.prefix { $0 != "=" && $0 != " " })
      attributes.insert(attribute)
      rest = rest.dropFirst(attribute.count)
      guard rest.first == "=" else { continue }
      rest = rest.dropFirst()
      guard rest.first == "\"" else {
        problems.append("\(attribute) of \(name) is not quoted")
        return name
      }
      rest = rest.dropFirst()
      let value = String(rest.prefix { $0 != "\"" })
      if value.contains("<") { problems.append("a loose < in \(attribute)") }
      if attribute == "id" { identifiers.append(value) }
      if attribute == "href" { addresses.append(value) }
      rest = rest.dropFirst(value.count + 1)
    }
    return name
  }
}
