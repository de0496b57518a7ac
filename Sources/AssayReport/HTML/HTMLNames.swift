/// The elements that a page may have; data never names one.
enum HTMLElement: String {
  case html, head, meta, title, style, script, body
  case header, nav, main, section, article, footer, div, p, span, bdi, a, strong, small, em, code
  case h1, h2, h3, h4, ul, ol, li, dl, dt, dd, figure, figcaption, pre, br, button
  case table, caption, thead, tbody, tr, th, td, details, summary
  case input, label, fieldset, legend
  case svg, g, path, rect, line, circle, text, desc

  /// Elements without content and without an end tag.
  var isVoid: Bool {
    switch self {
    case .meta, .br, .input: true
    default: false
    }
  }

  /// Drawn elements that are closed at once where nothing is inside.
  var isShape: Bool {
    switch self {
    case .path, .rect, .line, .circle: true
    default: false
    }
  }
}

/// The plain attributes that an element may have.
///
/// There is none for an address, a style or a
/// handler: an address is a ``Link``, and the other two do not exist.
enum HTMLAttributeName: String {
  case `class`, id, title, lang, charset, name, content, scope, colspan, rowspan, role, type, value
  case open, checked, hidden, tabindex, dir, rel
  case httpEquiv = "http-equiv"
  case `for`, placeholder
  case ariaLabel = "aria-label"
  case ariaLabelledBy = "aria-labelledby"
  case ariaHidden = "aria-hidden"
  case ariaLive = "aria-live"
  case dataSort = "data-sort"
  case dataFilter = "data-filter"
  case dataRows = "data-rows"
  case dataPlace = "data-place"
  case dataAt = "data-at"
  case dataAxis = "data-axis"
  case dataCells = "data-cells"
  case dataName = "data-name"
  case viewBox, d, x, y, x1, y1, x2, y2, cx, cy, r, width, height
  case textAnchor = "text-anchor"
}

/// An attribute of an element; its value is escaped when it is written.
struct HTMLAttribute {
  let name: String
  let value: String?

  private init(name: String, value: String?) {
    self.name = name
    self.value = value
  }

  /// An attribute with a value.
  init(_ name: HTMLAttributeName, _ value: String) {
    self.init(name: name.rawValue, value: value)
  }

  /// An attribute that is there or not.
  init(_ name: HTMLAttributeName) { self.init(name: name.rawValue, value: nil) }

  /// The class of an element.
  static func `class`(_ value: String) -> Self { Self(.class, value) }

  /// The address that an anchor leads to.
  static func href(_ link: Link) -> Self { Self(name: "href", value: link.address) }
}

/// Where an anchor may lead: a place in the page, or the resolver of digital object identifiers.
struct Link {
  let address: String

  private init(address: String) { self.address = address }

  /// A place in the page; `name` is one that the page itself made.
  static func place(_ name: PlaceName) -> Self { Self(address: "#" + name.text) }

  /// The resolver's page of an identifier such as `10.1145/3292500`; `nil` where it is none.
  static func doi(_ identifier: String) -> Self? {
    let parts = identifier.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix("10."), !parts[1].isEmpty,
      identifier.utf8.count < 200,
      parts[0].dropFirst(3).utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
    else { return nil }
    var encoded = "https://doi.org/" + parts[0] + "/"
    for byte in parts[1].utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F, 0x3A, 0x28, 0x29,
        0x3B:
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return Self(address: encoded)
  }
}

/// The name of a place in the page: a word of ours and perhaps a number, never data.
struct PlaceName: Hashable {
  let text: String

  /// A place named by a word.
  init(_ word: StaticString) { text = word.description }

  /// A place named by a word and a number.
  init(_ word: StaticString, _ index: Int) { text = word.description + "-\(index)" }
}
