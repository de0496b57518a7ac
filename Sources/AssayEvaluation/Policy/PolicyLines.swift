import Yams

/// Where each requirement of a policy's file stands.
public enum PolicyLines {
  /// The line, from 1, of each requirement by its name, and of what else can fail: coverage.
  ///
  /// A text that is no policy has none; reading it as one says what is wrong with it.
  ///
  /// - Complexity: O(n) in the length of the text.
  public static func of(yaml: String) -> [String: Int] {
    guard let root = try? Yams.compose(yaml: yaml), let mapping = root.mapping else { return [:] }
    var lines: [String: Int] = [:]
    for item in mapping["requirements"]?.sequence.map(Array.init) ?? [] {
      guard let id = item.mapping?["id"], let name = id.scalar?.string, let mark = id.mark else {
        continue
      }
      lines[name] = mark.line
    }
    for (_, list) in mapping["coverage"]?.mapping.map(Array.init) ?? [] {
      for item in list.sequence.map(Array.init) ?? [] {
        guard let name = item.scalar?.string, let mark = item.mark else { continue }
        lines["coverage/\(name)"] = mark.line
      }
    }
    return lines
  }
}
