import AssayTable
import Yams

/// Reads the list of differences that are on purpose from `assay.yml`.
struct IntendedReader {
  private let file: String
  private(set) var problems: [String] = []

  init(file: String) { self.file = file }

  private func place(_ node: Node) -> String {
    node.mark.map { "\(file):\($0.line)" } ?? file
  }

  private mutating func note(_ node: Node, _ message: String) {
    problems.append("\(place(node)): \(message)")
  }

  /// The declarations of a list; what is wrong is in ``problems``.
  mutating func read(_ node: Node) -> [IntendedDifference] {
    guard let items = node.sequence else {
      note(node, "'intended' must be a list, as in '- {column: sex, shares: balanced}'")
      return []
    }
    return items.compactMap { item($0) }
  }

  private mutating func item(_ node: Node) -> IntendedDifference? {
    guard let mapping = node.mapping else {
      note(node, "each difference must be a mapping with 'column', 'filter' or 'enrich'")
      return nil
    }
    for (word, known) in [
      ("filter", ["column", "from", "to", "levels", "margin"]),
      ("enrich", ["column", "level", "factor", "margin"]),
    ] {
      guard let inner = mapping[word] else { continue }
      if let other = mapping.first(where: { $0.key.string != word })?.key {
        note(other, "'\(other.string ?? "?")' cannot stand beside '\(word)'")
      }
      guard let members = inner.mapping else {
        note(inner, "'\(word)' must be a mapping with \(known.joined(separator: ", "))")
        return nil
      }
      check(members, known: known)
      return word == "filter" ? filter(inner, members) : enrich(inner, members)
    }
    check(mapping, known: ["column", "shares", "margin", "filter", "enrich"])
    return shares(node, mapping)
  }

  private mutating func check(_ mapping: Node.Mapping, known: [String]) {
    for (key, _) in mapping where !known.contains(key.string ?? "?") {
      let near = EditDistance.suggestion(for: key.string ?? "?", among: known)
      note(
        key,
        "unknown key '\(key.string ?? "?")'"
          + (near.map { "; did you mean '\($0)'?" } ?? "; known: \(known.joined(separator: ", "))"))
    }
  }

  private mutating func column(_ node: Node, _ mapping: Node.Mapping) -> String? {
    if let name = mapping["column"]?.scalar?.string, !name.isEmpty { return name }
    note(node, "a difference needs 'column'")
    return nil
  }

  /// A finite number, where there is one; text that is none is a problem.
  private mutating func number(_ mapping: Node.Mapping, _ key: String) -> Double? {
    guard let node = mapping[key] else { return nil }
    guard let text = node.scalar?.string, let value = Double(text), value.isFinite else {
      note(node, "'\(key)' must be a number")
      return nil
    }
    return value
  }

  private mutating func margin(_ mapping: Node.Mapping) -> Double? {
    guard let node = mapping["margin"], let value = number(mapping, "margin") else { return nil }
    if !(0...1).contains(value) { note(node, "'margin' must be a share, 0 to 1") }
    return value
  }

  private mutating func shares(_ node: Node, _ mapping: Node.Mapping) -> IntendedDifference? {
    let column = column(node, mapping)
    let margin = margin(mapping)
    guard let given = mapping["shares"] else {
      note(node, "a difference needs 'shares', 'filter' or 'enrich'")
      return nil
    }
    let form: IntendedDifference.Form
    if given.scalar?.string == "balanced" {
      form = .balanced
    } else if let levels = given.mapping, !levels.isEmpty {
      var shares: [String: Double] = [:]
      for (key, value) in levels {
        guard let level = key.scalar?.string, let text = value.scalar?.string,
          let share = Double(text), share.isFinite
        else {
          note(key, "a share is written 'level: number', as in 'Female: 0.5'")
          continue
        }
        shares[level] = share
      }
      form = .shares(shares)
    } else {
      note(given, "'shares' must be 'balanced' or a share for each level")
      return nil
    }
    return column.map {
      IntendedDifference(column: $0, form: form, margin: margin, place: place(node))
    }
  }

  private mutating func filter(_ node: Node, _ mapping: Node.Mapping) -> IntendedDifference? {
    let column = column(node, mapping)
    let margin = margin(mapping)
    let ends = (number(mapping, "from"), number(mapping, "to"))
    let hasEnds = mapping["from"] != nil || mapping["to"] != nil
    let form: IntendedDifference.Form
    if let levels = mapping["levels"] {
      if hasEnds { note(levels, "'levels' cannot stand beside 'from' and 'to'") }
      let words = (levels.sequence.map(Array.init) ?? [levels]).compactMap { $0.scalar?.string }
      if words.isEmpty { note(levels, "'levels' must name the levels that are kept") }
      form = .levels(words)
    } else if hasEnds {
      form = .range(from: ends.0, to: ends.1)
    } else {
      note(node, "a filter needs 'from', 'to' or 'levels'")
      return nil
    }
    return column.map {
      IntendedDifference(column: $0, form: form, margin: margin, place: place(node))
    }
  }

  private mutating func enrich(_ node: Node, _ mapping: Node.Mapping) -> IntendedDifference? {
    let column = column(node, mapping)
    let margin = margin(mapping)
    let factor = number(mapping, "factor")
    guard let level = mapping["level"]?.scalar?.string else {
      note(node, "'enrich' needs 'level'")
      return nil
    }
    guard mapping["factor"] != nil else {
      note(node, "'enrich' needs 'factor'")
      return nil
    }
    guard let column, let factor else { return nil }
    return IntendedDifference(
      column: column, form: .enriched(level: level, factor: factor), margin: margin,
      place: place(node))
  }
}
