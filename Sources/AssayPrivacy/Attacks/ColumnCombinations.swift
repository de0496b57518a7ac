import AssayNumerics

/// Which combinations of columns are looked at: all, or a seeded choice of them.
enum ColumnCombinations {
  /// Combinations of `size` of `count` columns, at most `limit`, each ascending.
  ///
  /// - Complexity: O(C(count, size)) for up to 40 columns, O(limit) beyond.
  static func chosen(
    _ size: Int, of count: Int, limit: Int, seed: UInt64, name: String
  ) -> [[Int]] {
    var found: [[Int]] = []
    func extend(_ chosen: [Int]) {
      if chosen.count == size {
        found.append(chosen)
        return
      }
      let first = (chosen.last ?? -1) + 1
      guard first < count else { return }
      for next in first..<count { extend(chosen + [next]) }
    }
    // All combinations of many columns would be too many to write down: a choice of columns first.
    guard count <= 40 else {
      var stream = RandomStream(seed: seed, name: name, "combinations", String(size))
      return (0..<limit).map { _ in
        var columns = Array(0..<count)
        for place in 0..<size { columns.swapAt(place, place + stream.below(count - place)) }
        return columns.prefix(size).sorted()
      }
    }
    extend([])
    guard found.count > limit else { return found }
    var stream = RandomStream(seed: seed, name: name, "combinations", String(size))
    stream.shuffle(&found)
    return Array(found.prefix(limit))
  }
}
