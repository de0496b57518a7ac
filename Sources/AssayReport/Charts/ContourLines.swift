/// Closed lines along which a field on a grid has one value, by marching squares.
///
/// The field counts as lower than any level outside the grid, so that every line closes. Inside is to
/// the left of a line's direction: holes run the other way round than what they are in.
///
/// Source: Lorensen and Cline (1987), Marching cubes: a high resolution 3D surface construction
/// algorithm, in two dimensions.
enum ContourLines {
  /// A place in steps of the grid, from its lower left node.
  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  /// The lines at a level, in the order of their lowest rows.
  ///
  /// - Complexity: O(nodes).
  static func lines(_ values: [Double], nodes: Int, at level: Double) -> [[Point]] {
    guard nodes > 1, values.count == nodes * nodes else { return [] }
    let tracer = Tracer(values: values, nodes: nodes, level: level)
    let next = tracer.steps()
    var isDone = Set<Int>()
    var lines: [[Point]] = []
    for start in next.keys.sorted() where !isDone.contains(start) {
      var line: [Point] = []
      var edge: Int? = start
      while let current = edge, isDone.insert(current).inserted {
        let point = tracer.point(current)
        if line.last != point { line.append(point) }
        edge = next[current]
      }
      if line.count > 1, line.first == line.last { line.removeLast() }
      if line.count > 2 { lines.append(line) }
    }
    return lines
  }

  /// Twice the area within a line, positive where inside is to the left.
  static func doubleArea(_ line: [Point]) -> Double {
    line.indices.reduce(0) { sum, index in
      let (a, b) = (line[index], line[(index + 1) % line.count])
      return sum + a.x * b.y - b.x * a.y
    }
  }

  /// Walks over squares of four nodes; a ring of nodes around the grid is lower than the level.
  private struct Tracer {
    let values: [Double]
    let nodes: Int
    let level: Double
    /// Nodes along an axis with the ring.
    private var side: Int { nodes + 2 }

    private func isHigh(_ row: Int, _ column: Int) -> Bool {
      inner(row, column).map { $0 >= level } ?? false
    }

    /// The value at a node, counted with the ring; `nil` on the ring.
    private func inner(_ row: Int, _ column: Int) -> Double? {
      guard (1...nodes).contains(row), (1...nodes).contains(column) else { return nil }
      return values[(row - 1) * nodes + column - 1]
    }

    /// From each crossed edge to the one where the line goes on.
    ///
    /// The edge from a node to the right has twice the node's number, the one upward one more.
    func steps() -> [Int: Int] {
      var next: [Int: Int] = [:]
      for row in 0..<(side - 1) {
        for column in 0..<(side - 1) {
          let corners = [
            isHigh(row, column), isHigh(row, column + 1), isHigh(row + 1, column + 1),
            isHigh(row + 1, column),
          ]
          guard corners.contains(true), corners.contains(false) else { continue }
          let node = row * side + column
          // The sides of the square against the clock from below, each from corner to corner.
          let edges = [2 * node, 2 * (node + 1) + 1, 2 * (node + side), 2 * node + 1]
          // A line enters where high turns to low against the clock, and leaves where low turns to high,
          // so that high is on its left.
          let enters = (0..<4).filter { corners[$0] && !corners[($0 + 1) % 4] }
          let leaves = (0..<4).filter { !corners[$0] && corners[($0 + 1) % 4] }
          for entry in enters {
            // Where two lines cross a square, the middle decides which corners belong together.
            let exit =
              enters.count == 1
              ? leaves[0] : (entry + (isMiddleHigh(row, column) ? 1 : 3)) % 4
            next[edges[entry]] = edges[exit]
          }
        }
      }
      return next
    }

    private func isMiddleHigh(_ row: Int, _ column: Int) -> Bool {
      let around = [(0, 0), (0, 1), (1, 0), (1, 1)].map { inner(row + $0, column + $1) ?? 0 }
      return around.reduce(0, +) / 4 >= level
    }

    /// Where a line crosses an edge; at the grid's own edge where one end is on the ring.
    func point(_ edge: Int) -> Point {
      let (row, column) = (edge / 2 / side, edge / 2 % side)
      let isUpward = edge % 2 == 1
      let from = inner(row, column)
      let to = isUpward ? inner(row + 1, column) : inner(row, column + 1)
      let part: Double =
        switch (from, to) {
        case (let from?, let to?): (level - from) / (to - from)
        case (nil, _): 1
        case (_, nil): 0
        }
      let (x, y) = (Double(column - 1), Double(row - 1))
      return isUpward ? Point(x: x, y: y + part) : Point(x: x + part, y: y)
    }
  }
}
