/// Which cells of a table of counts may be published.
///
/// A cell with fewer than k rows is withheld, an empty one like one with a few: that nobody is in it
/// would be told otherwise. Where what is withheld from a line (whose total may be known from the
/// column's own shares) is a single cell that somebody is in, or holds between 1 and k − 1 rows
/// together, the smallest published cell of the line is withheld too, until every line withholds
/// nobody, or at least k rows in at least two cells.
///
/// It keeps small cells from being found by subtraction, line after line; it does not bound what
/// follows from several tables together.
///
/// Source: Willenborg & de Waal (2001), Elements of Statistical Disclosure Control, chapter 6.
package struct CountSuppression: Sendable {
  /// Whether each cell may be published.
  package private(set) var isPublished: [Bool]

  /// Decides for a table of `lines` × `width` cells, row by row, whose totals by row and column may
  /// be known.
  ///
  /// - Complexity: O(cells · withheld cells).
  package init(counts: [Int], lines: Int, width: Int, k: Int) {
    precondition(counts.count == lines * width, "\(lines) × \(width) cells are expected")
    isPublished = counts.map { $0 >= k }
    let rows = (0..<lines).map { line in (0..<width).map { line * width + $0 } }
    let columns = (0..<width).map { column in (0..<lines).map { $0 * width + column } }
    var isChanged = true
    while isChanged {
      isChanged = false
      for line in rows + columns where withhold(line, counts, k) { isChanged = true }
    }
  }

  /// Decides for cells of which no more than the total may be known.
  package init(counts: [Int], k: Int) {
    isPublished = counts.map { $0 >= k }
    while withhold(Array(counts.indices), counts, k) {}
  }

  /// Withholds one more cell of a line where those withheld hold too few rows.
  private mutating func withhold(_ line: [Int], _ counts: [Int], _ k: Int) -> Bool {
    var held = 0
    var cells = 0
    var smallest: Int?
    for cell in line {
      if isPublished[cell] {
        if smallest.map({ counts[cell] < counts[$0] }) ?? true { smallest = cell }
      } else {
        held += counts[cell]
        if counts[cell] > 0 { cells += 1 }
      }
    }
    guard held > 0, held < k || cells == 1, let smallest else { return false }
    isPublished[smallest] = false
    return true
  }
}
