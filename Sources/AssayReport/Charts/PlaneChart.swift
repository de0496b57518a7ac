import AssayDocument

/// The rows of each side on one plane, in shaded cells, with the outline that holds most real rows.
struct PlaneChart {
  /// The share of the published real rows that the outline holds.
  static let held = 0.9
  /// From which share of the fullest real cell on each shade is used.
  static let shades = [0, 1.0 / 16, 1.0 / 8, 1.0 / 4, 1.0 / 2]
  /// Cells that are listed, at most.
  static let listed = 10

  let plane: PlaneProjection
  /// The cells inside the outline.
  let region: Set<Int>
  private let fullest: Double
  private let shares: [[Int: Double]]

  /// `nil` where the sides do not fit their cells.
  init?(_ plane: PlaneProjection) {
    let count = plane.cellsPerAxis * plane.cellsPerAxis
    guard plane.cellsPerAxis > 0, plane.cellsPerAxis <= 100,
      plane.horizontal.lower < plane.horizontal.upper,
      plane.vertical.lower < plane.vertical.upper,
      plane.sides.allSatisfy({ side in
        side.cells.count == side.shares.count && side.cells.allSatisfy { (0..<count).contains($0) }
      }), let real = plane.sides.first(where: { $0.role == .training }), !real.cells.isEmpty
    else { return nil }
    self.plane = plane
    shares = plane.sides.map {
      Dictionary(zip($0.cells, $0.shares), uniquingKeysWith: { first, _ in first })
    }
    let ranked = real.cells.indices.sorted { (real.shares[$0], $1) > (real.shares[$1], $0) }
    let all = real.shares.reduce(0, +)
    var region: Set<Int> = []
    var sum = 0.0
    for place in ranked where sum < Self.held * all {
      region.insert(real.cells[place])
      sum += real.shares[place]
    }
    self.region = region
    fullest = real.shares.max() ?? 1
  }

  /// The word for a side.
  static func word(_ role: TableRole) -> String {
    switch role {
    case .training: "real"
    case .holdout: "holdout"
    case .synthetic: "synthetic"
    }
  }

  /// The shade of a share, from 1.
  func shade(_ share: Double) -> Int {
    (Self.shades.lastIndex { share >= $0 * fullest } ?? 0) + 1
  }

  /// The shades that a cell of any side has: where few rows are many per cent, the palest have none.
  var usedShades: [Int] { Set(shares.flatMap(\.values).map(shade)).sorted() }

  /// Where a shade begins, in words.
  func from(_ shade: Int, _ numbers: NumberText) -> String {
    numbers.percent(Self.shades[shade - 1] * fullest)
  }

  /// The share of a side's published rows that lies inside the outline.
  func inside(_ side: PlaneProjection.Side) -> Double {
    let all = side.shares.reduce(0, +)
    let own = zip(side.cells, side.shares).reduce(0) {
      region.contains($1.0) ? $0 + $1.1 : $0
    }
    return all > 0 ? own / all : 0
  }

  /// What an axis is called.
  static func title(_ axis: PlaneProjection.Axis, _ which: String, _ numbers: NumberText) -> String
  {
    let names = axis.columns.map { VisibleText.clipped($0.name, to: 16) }
    let what = "\(which) component, \(numbers.percent(axis.held)) of variance"
    return names.isEmpty ? what : what + ": " + names.joined(separator: ", ")
  }

  /// What the panels show, side by side.
  func summary(_ numbers: NumberText) -> String {
    let parts = plane.sides.map { "\(numbers.percent(inside($0))) of \(Self.word($0.role))" }
    return "Of the rows that are drawn, the outline holds "
      + parts.joined(separator: ", ").replacingLast(", ", " and ") + " rows."
  }

  /// The sides as a table.
  func table(_ numbers: NumberText) -> ChartTable {
    ChartTable(
      caption: "What the planes hold",
      headers: [
        "Rows", "How many", "Inside the outline", "Beyond the edges",
        "In cells that are not drawn",
      ],
      rows: plane.sides.map { side in
        let rest = max(0, 1 - side.shares.reduce(0, +) - (side.outside ?? 0))
        return [
          Self.word(side.role), numbers.count(side.rows), numbers.percent(inside(side)),
          side.outside.map(numbers.percent) ?? "fewer than \(plane.smallest) rows",
          numbers.percent(rest),
        ]
      },
      note:
        "A cell with fewer than \(plane.smallest) rows of a side is not drawn for it. Shares inside "
        + "the outline are of the rows that are drawn.")
  }

  /// The cells whose shares differ most between real and synthetic rows.
  func furthest(_ numbers: NumberText) -> ChartTable? {
    guard let real = plane.sides.firstIndex(where: { $0.role == .training }),
      let own = plane.sides.firstIndex(where: { $0.role == .synthetic })
    else { return nil }
    func gap(_ cell: Int) -> Double { abs((shares[real][cell] ?? 0) - (shares[own][cell] ?? 0)) }
    let cells = Set(shares[real].keys).union(shares[own].keys)
      .sorted { (gap($0), $1) > (gap($1), $0) }.prefix(Self.listed)
    guard !cells.isEmpty else { return nil }
    let few = "fewer than \(plane.smallest) rows"
    return ChartTable(
      caption: "Cells of the plane that differ most",
      headers: ["First component", "Second component"]
        + plane.sides.map { Self.word($0.role).capitalizedFirst },
      rows: cells.map { cell in
        [
          range(plane.horizontal, cell % plane.cellsPerAxis, numbers),
          range(plane.vertical, cell / plane.cellsPerAxis, numbers),
        ] + shares.map { $0[cell].map(numbers.percent) ?? few }
      }, note: nil)
  }

  private func range(_ axis: PlaneProjection.Axis, _ place: Int, _ numbers: NumberText) -> String {
    let step = (axis.upper - axis.lower) / Double(plane.cellsPerAxis)
    let low = axis.lower + step * Double(place)
    return "\(numbers.fixed(low, decimals: 2)) to \(numbers.fixed(low + step, decimals: 2))"
  }

  /// For each shade, runs of cells of a side that lie beside each other.
  func runs(_ side: Int) -> [[(row: Int, first: Int, count: Int)]] {
    var runs = [[(row: Int, first: Int, count: Int)]](repeating: [], count: Self.shades.count)
    for (cell, share) in zip(plane.sides[side].cells, plane.sides[side].shares) {
      let (row, column) = (cell / plane.cellsPerAxis, cell % plane.cellsPerAxis)
      let shade = shade(share) - 1
      if let last = runs[shade].last, last.row == row, last.first + last.count == column {
        runs[shade][runs[shade].count - 1].count += 1
      } else {
        runs[shade].append((row, column, 1))
      }
    }
    return runs
  }

  /// The outline as lines between cells that are inside and cells that are not: horizontal ones by the
  /// edge's row, then vertical ones by the edge's column, each from a cell on over so many.
  func outline() -> (
    horizontal: [(at: Int, from: Int, count: Int)], vertical: [(at: Int, from: Int, count: Int)]
  ) {
    let size = plane.cellsPerAxis
    func isInside(_ row: Int, _ column: Int) -> Bool {
      (0..<size).contains(row) && (0..<size).contains(column)
        && region.contains(row * size + column)
    }
    func lines(_ isEdge: (Int, Int) -> Bool) -> [(at: Int, from: Int, count: Int)] {
      var found: [(at: Int, from: Int, count: Int)] = []
      for edge in 0...size {
        for place in 0..<size where isEdge(edge, place) {
          if let last = found.last, last.at == edge, last.from + last.count == place {
            found[found.count - 1].count += 1
          } else {
            found.append((edge, place, 1))
          }
        }
      }
      return found
    }
    return (
      lines { isInside($0 - 1, $1) != isInside($0, $1) },
      lines { isInside($1, $0 - 1) != isInside($1, $0) }
    )
  }
}
