/// Some pairs of columns whose sums are computed together.
///
/// All pairs of a few columns are one matrix product; panels keep the products of wide tables small.
package struct CorrelationPanel: Sendable {
  /// The columns that take part, ascending.
  package let columns: [Int]
  /// Pairs of positions in `columns`.
  package let pairs: [(first: Int, second: Int)]
  /// Where each pair is among all pairs.
  package let places: [Int]

  /// How many columns next to each other share a panel.
  private static let width = 64

  /// Divides pairs into panels; few columns make one.
  package static func panels(_ pairs: [(first: Int, second: Int)]) -> [CorrelationPanel] {
    let most = pairs.reduce(0) { max($0, $1.second) }
    let side = most / width + 1
    var members = [[Int]](repeating: [], count: side * side)
    for (place, pair) in pairs.enumerated() {
      members[pair.first / width * side + pair.second / width].append(place)
    }
    return members.filter { !$0.isEmpty }.map { CorrelationPanel(pairs, places: $0) }
  }

  private init(_ all: [(first: Int, second: Int)], places: [Int]) {
    self.places = places
    var position = [Int](repeating: -1, count: places.reduce(0) { max($0, all[$1].second) } + 1)
    for place in places {
      position[all[place].first] = 0
      position[all[place].second] = 0
    }
    columns = position.indices.filter { position[$0] == 0 }
    for (index, column) in columns.enumerated() { position[column] = index }
    let found = position
    pairs = places.map { (found[all[$0].first], found[all[$0].second]) }
  }
}
