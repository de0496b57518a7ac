/// Finds the word that was probably meant.
public enum EditDistance {
  /// The Damerau–Levenshtein distance (adjacent swaps count one) between two texts, by scalars.
  ///
  /// - Complexity: O(*n* · *m*).
  public static func between(_ first: String, _ second: String) -> Int {
    let a = Array(first.unicodeScalars)
    let b = Array(second.unicodeScalars)
    if a.isEmpty { return b.count }
    if b.isEmpty { return a.count }
    var older = [Int](repeating: 0, count: b.count + 1)
    var old = Array(0...b.count)
    for i in 1...a.count {
      var row = [Int](repeating: i, count: b.count + 1)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(old[j] + 1, row[j - 1] + 1, old[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], older[j - 2] + 1)
        }
      }
      older = old
      old = row
    }
    return old[b.count]
  }

  /// The nearest of `candidates`, where it is near enough to be what was meant.
  ///
  /// Letter case does not count; a third of the letters, and at least two, may differ.
  public static func suggestion(for word: String, among candidates: [String]) -> String? {
    let lower = word.lowercased()
    let allowed = max(2, word.unicodeScalars.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = between(lower, candidate.lowercased())
      guard distance <= allowed, distance < max(candidate.unicodeScalars.count, 2) else { continue }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }
}
