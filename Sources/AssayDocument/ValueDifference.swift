/// A place at which two trees of values differ.
public struct ValueDifference: Sendable, Hashable {
  /// The members that lead there, joined by dots.
  public var path: String
  /// What the first tree holds; `nil` where it holds nothing there.
  public var first: DetailValue?
  /// What the second tree holds.
  public var second: DetailValue?

  /// Every place at which two trees differ, in the order of their members' names.
  ///
  /// Lists of unlike length differ as a whole. Entries of a list that have a `name` or `column` are
  /// called by it, others by their position from 0.
  ///
  /// - Parameters:
  ///   - first: A tree; `nil` for none.
  ///   - second: Another.
  ///   - tolerance: Numbers differ where `|a − b| > tolerance · max(1, |a|)`; 0 or more.
  ///   - path: What leads to both trees.
  /// - Returns: the places, none for equal trees.
  /// - Complexity: linear in the size of the trees.
  public static func between(
    _ first: DetailValue?, _ second: DetailValue?, tolerance: Double = 0, at path: String = ""
  ) -> [ValueDifference] {
    if first == second { return [] }
    switch (first, second) {
    case (.object(let a)?, .object(let b)?):
      return Set(a.keys).union(b.keys).sorted().flatMap { key in
        between(a[key], b[key], tolerance: tolerance, at: joined(path, key))
      }
    case (.array(let a)?, .array(let b)?) where a.count == b.count:
      return a.indices.flatMap { index in
        let name = a[index]["name"]?.stringValue ?? a[index]["column"]?.stringValue
        return between(
          a[index], b[index], tolerance: tolerance, at: joined(path, name ?? "\(index)"))
      }
    default:
      if tolerance > 0, let a = first?.doubleValue, let b = second?.doubleValue,
        abs(a - b) <= tolerance * max(1, abs(a))
      {
        return []
      }
      return [ValueDifference(path: path, first: first, second: second)]
    }
  }

  private static func joined(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : path + "." + name
  }

  /// The place and both values, short enough for a line.
  public var sentence: String {
    "\(path): \(Self.words(first)), here \(Self.words(second))"
  }

  /// A value in few words.
  static func words(_ value: DetailValue?) -> String {
    switch value {
    case nil: "nothing"
    case .null?: "null"
    case .number(let number)?: "\(number)"
    case .integer(let whole)?: "\(whole)"
    case .boolean(let truth)?: truth ? "true" : "false"
    case .string(let text)?: "'\(text.count > 60 ? text.prefix(60) + "…" : text)'"
    case .array(let list)?:
      (1...4).contains(list.count) && list.allSatisfy { $0.stringValue != nil }
        ? list.map(words).joined(separator: " ") : "a list of \(list.count)"
    case .object?: "an object"
    }
  }
}

extension PlanRecord {
  /// Where this plan and another differ, member by member; the hash is passed over.
  public func differences(from other: PlanRecord) -> [ValueDifference] {
    // Every member is a text, a finite number or a list of them, which always encodes.
    let trees = [self, other].map { try? DetailValue(encoding: $0) }
    var found = ValueDifference.between(trees[0], trees[1]).filter {
      $0.path != "hash" && $0.path != "seed"
    }
    // Seeds use all 64 bits, more than a number of a tree can tell apart.
    if seed != other.seed {
      found.append(
        ValueDifference(path: "seed", first: .string("\(seed)"), second: .string("\(other.seed)")))
    }
    return found
  }
}
