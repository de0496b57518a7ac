/// A coordinate for every leaf that training rows fall into.
///
/// Two rows are as far apart as the root of the share of trees that send them to different leaves.
struct LeafCoordinates {
  private let trees: Int
  /// The coordinates of the leaves of each tree.
  private let places: [[Int32: Int]]
  /// The number of coordinates.
  let dimensions: Int

  /// Takes the leaves of training rows, one a tree, row-major.
  init(_ leaves: [Int32], trees: Int) {
    self.trees = trees
    var places = [[Int32: Int]](repeating: [:], count: trees)
    var next = 0
    for tree in 0..<trees {
      var seen: [Int32] = []
      for row in 0..<leaves.count / max(1, trees) { seen.append(leaves[row * trees + tree]) }
      for leaf in Set(seen).sorted() {
        places[tree][leaf] = next
        next += 1
      }
    }
    self.places = places
    dimensions = next
  }

  /// The points of rows; a leaf that no training row falls into has no coordinate.
  func points(_ leaves: [Int32]) -> [Double] {
    let count = leaves.count / max(1, trees)
    let side = (0.5 / Double(max(1, trees))).squareRoot()
    var out = [Double](repeating: 0, count: count * dimensions)
    for row in 0..<count {
      for tree in 0..<trees {
        guard let place = places[tree][leaves[row * trees + tree]] else { continue }
        out[row * dimensions + place] = side
      }
    }
    return out
  }
}
