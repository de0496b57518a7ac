import AssayDocument

/// Names of several tables without what all of them share, for places with little room.
///
/// `synth_a.csv.gz` and `synth_b.csv.gz` are `a` and `b`: cut at the same length both would read alike.
enum ShortNames {
  /// The names in their order, each still its own; as they are where nothing can be left out.
  static func of(_ names: [String]) -> [String] {
    let shown = names.map { VisibleText.clipped($0) }
    guard shown.count > 1 else { return shown }
    let ends = withoutEnding(shown)
    let short = withoutBeginning(ends)
    return Set(short).count == Set(names).count && !short.contains("") ? short : shown
  }

  /// The names without an ending such as `.csv.gz` that all share.
  private static func withoutEnding(_ names: [String]) -> [String] {
    guard let first = names.first, let shared = shortest(names.map { Array($0.reversed()) }) else {
      return names
    }
    let ending = first.suffix(shared)
    guard let dot = ending.firstIndex(of: ".") else { return names }
    let count = ending[dot...].count
    return names.map { String($0.dropLast(count)) }
  }

  /// The names without a beginning that all share, up to a mark between words.
  private static func withoutBeginning(_ names: [String]) -> [String] {
    guard let first = names.first, let shared = shortest(names.map { Array($0) }) else {
      return names
    }
    guard let mark = first.prefix(shared).lastIndex(where: { "_-/ ".contains($0) }) else {
      return names
    }
    let count = first[...mark].count
    return names.map { String($0.dropFirst(count)) }
  }

  /// How many characters all begin with.
  private static func shortest(_ names: [[Character]]) -> Int? {
    guard let first = names.first else { return nil }
    return names.map { zip(first, $0).prefix { $0 == $1 }.count }.min()
  }
}
