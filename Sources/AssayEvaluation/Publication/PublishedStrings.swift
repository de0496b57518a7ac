import Foundation

/// The strings of a document or of a comparison, by what they may hold.
struct PublishedStrings {
  /// Whatever is said of these data.
  private(set) var data: [String] = []
  /// Labels of cells and levels.
  private(set) var labels: [String] = []

  /// Parts that hold nothing of the cells: definitions of metrics, settings and statements of the owner.
  private static let fixed: Set = ["about", "metrics", "plan", "power", "schemaVersion", "tool"]
  /// Members whose strings are labels.
  private static let labelled: Set = ["first", "label", "labels", "level", "levels", "second"]

  init(_ json: Data) throws {
    let tree = try JSONSerialization.jsonObject(with: json)
    for (key, value) in tree as? [String: Any] ?? [:] where !Self.fixed.contains(key) {
      walk(value, isLabel: false)
    }
  }

  private mutating func walk(_ value: Any, isLabel: Bool) {
    switch value {
    case let text as String:
      data.append(text)
      if isLabel { labels.append(text) }
    case let list as [Any]:
      for item in list { walk(item, isLabel: isLabel) }
    case let members as [String: Any]:
      // What is called `other levels` or `missing` is no level.
      let isCell = members["kind"].map { $0 as? String == "level" } ?? true
      for (key, item) in members {
        data.append(key)
        walk(item, isLabel: Self.labelled.contains(key) && isCell)
      }
    default:
      break
    }
  }
}
