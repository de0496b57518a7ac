import AssayDocument

/// The rows of each side on one plane, as lines around where they are densest.
///
/// A side's inner line holds half of its published rows and its outer line nine tenths, both at one
/// density, so that no smaller region holds as many. All of it follows from the shares of cells.
struct PlaneChart {
  /// The shares of a side's published rows that its lines hold, the outer line first.
  static let held = [0.9, 0.5]
  /// Cells that are listed, at most.
  static let listed = 10

  let plane: PlaneProjection
  /// The place of the real rows among the sides.
  let real: Int
  /// The density of each side; `nil` where none of its cells holds enough rows.
  private let fields: [DensityField?]
  /// The densities of a side's lines.
  private let levels: [[Double]]
  private let shares: [[Int: Double]]

  /// `nil` where the sides do not fit their cells.
  init?(_ plane: PlaneProjection) {
    let count = plane.cellsPerAxis * plane.cellsPerAxis
    guard plane.cellsPerAxis > 0, plane.cellsPerAxis <= 100,
      plane.horizontal.lower < plane.horizontal.upper,
      plane.vertical.lower < plane.vertical.upper,
      plane.sides.allSatisfy({ side in
        side.cells.count == side.shares.count && side.cells.allSatisfy { (0..<count).contains($0) }
      }), let real = plane.sides.firstIndex(where: { $0.role == .training })
    else { return nil }
    let fields = plane.sides.map {
      DensityField(cells: $0.cells, shares: $0.shares, cellsPerAxis: plane.cellsPerAxis)
    }
    guard fields[real] != nil else { return nil }
    self.plane = plane
    self.real = real
    self.fields = fields
    levels = fields.map { field in
      field.map { field in Self.held.map { field.level(holding: $0) } } ?? []
    }
    shares = plane.sides.map {
      Dictionary(zip($0.cells, $0.shares), uniquingKeysWith: { first, _ in first })
    }
  }

  /// The sides that are held against the real rows, a panel each.
  var panels: [Int] { plane.sides.indices.filter { $0 != real } }

  /// The word for a side.
  static func word(_ role: TableRole) -> String { series(role).rawValue }

  /// How a side is drawn.
  static func series(_ role: TableRole) -> Chart.Series {
    switch role {
    case .training: .real
    case .holdout: .holdout
    case .synthetic: .synthetic
    }
  }

  /// The lines of a side in nodes of its grid, the outer ones first; none where too few rows are published.
  func lines(_ side: Int) -> (nodes: Int, lines: [[[ContourLines.Point]]]) {
    guard let field = fields[side] else { return (0, []) }
    return (
      field.nodes,
      levels[side].map { ContourLines.lines(field.values, nodes: field.nodes, at: $0) }
    )
  }

  /// The shares of a side's published rows within the lines of the real ones, the outer line first.
  func inside(_ side: Int) -> [Double]? {
    guard let own = fields[side], let field = fields[real] else { return nil }
    return levels[real].map { own.share(where: field, reaches: $0) }
  }

  /// What an axis is called.
  static func title(_ axis: PlaneProjection.Axis, _ which: String, _ numbers: NumberText) -> String
  {
    let names = axis.columns.map { VisibleText.clipped($0.name, to: 16) }
    let what = "\(which) component, \(numbers.percent(axis.held)) of variance"
    return names.isEmpty ? what : what + ": " + names.joined(separator: ", ")
  }

  /// The share of the published real rows within the outer line of a side.
  func around(_ side: Int) -> Double? {
    guard let own = fields[side], let field = fields[real], let level = levels[side].first else {
      return nil
    }
    return field.share(where: own, reaches: level)
  }

  /// What the panels show, side by side.
  func summary(_ numbers: NumberText) -> String {
    let drawn = plane.sides.indices.filter { inside($0) != nil }
    let within = drawn.map { side in
      "\(numbers.percent(inside(side)?[0] ?? 0)) of \(Self.word(plane.sides[side].role))"
    }.joined(separator: ", ").replacingLast(", ", " and ")
    let back = drawn.filter { $0 != real }.map { side in
      "that of the \(Self.word(plane.sides[side].role)) ones \(numbers.percent(around(side) ?? 0))"
    }.joined(separator: " and ")
    return "Of the rows that are drawn, the outer line of the real ones holds \(within) rows"
      + (back.isEmpty ? "." : "; \(back) of real rows.")
  }

  /// The sides as a table.
  func table(_ numbers: NumberText) -> ChartTable {
    ChartTable(
      caption: "What the plane holds",
      headers: [
        "Rows", "How many", "Within the outer real line", "Within the inner one",
        "Real rows within its own outer line", "Beyond the edges", "In cells that are not drawn",
      ],
      rows: plane.sides.indices.map { place in
        let side = plane.sides[place]
        let rest = max(0, 1 - side.shares.reduce(0, +) - (side.outside ?? 0))
        let held = inside(place)?.map(numbers.percent) ?? ["–", "–"]
        return [Self.word(side.role), numbers.count(side.rows)] + held + [
          around(place).map(numbers.percent) ?? "–",
          side.outside.map(numbers.percent) ?? "fewer than \(plane.smallest) rows",
          numbers.percent(rest),
        ]
      },
      note:
        "A cell with fewer than \(plane.smallest) rows of a side is not drawn for it. Shares within "
        + "lines are of the rows that are drawn, each cell spread by a normal kernel whose deviation is "
        + "the side of a cell.")
  }

  /// The cells whose shares differ most between real and synthetic rows.
  func furthest(_ numbers: NumberText) -> ChartTable? {
    guard let own = plane.sides.firstIndex(where: { $0.role == .synthetic }) else { return nil }
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

  /// What a reader of single cells is told: the share of each side of a panel in every cell that one of
  /// them publishes, such as `37 0.5 %|0.4 %`.
  func cells(of panel: [Int], _ numbers: NumberText) -> String {
    Set(panel.flatMap { shares[$0].keys }).sorted().map { cell in
      "\(cell) "
        + panel.map { shares[$0][cell].map(numbers.percent) ?? "" }.joined(separator: "|")
    }.joined(separator: ";")
  }
}
