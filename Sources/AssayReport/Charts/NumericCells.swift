import AssayDocument

/// The bins and atoms of a numeric or dated profile, placed on an axis.
///
/// Bins of about equal width are drawn to scale. Where widths differ much, as in bins of equal
/// counts, every cell gets the same room and the axis carries the edges: shares stay readable, and
/// the axis says that it is not to scale.
struct NumericCells {
  private struct Cell {
    var index: Int
    var lower: Double
    var upper: Double
    var isAtom: Bool
    /// Whether the cell has no lower end.
    var opensDown = false
    /// Whether the cell has no upper end.
    var opensUp = false
  }

  /// Whether a cell has a place on the axis: bins, atoms, and what lies below or above them all.
  static func isPlaced(_ cell: ColumnProfile.Cell) -> Bool {
    switch cell.kind {
    case "bin", "atom": cell.lower != nil || cell.upper != nil
    case "outside": (cell.lower == nil) != (cell.upper == nil)
    default: false
    }
  }

  private var cells: [Cell]
  private var isDate: Bool
  private var isToScale: Bool

  /// Finds the numeric cells; `nil` where there are none.
  init?(_ profile: ColumnProfile) {
    cells = profile.cells.indices.compactMap { index in
      let cell = profile.cells[index]
      guard Self.isPlaced(cell), let lower = cell.lower ?? cell.upper,
        let upper = cell.upper ?? cell.lower, lower.isFinite, upper.isFinite, lower <= upper
      else { return nil }
      return Cell(
        index: index, lower: lower, upper: upper, isAtom: cell.kind == "atom",
        opensDown: cell.kind == "outside" && cell.lower == nil,
        opensUp: cell.kind == "outside" && cell.upper == nil)
    }
    guard !cells.isEmpty else { return nil }
    isDate = profile.scale.hasPrefix("date")
    let bins = cells.filter { !$0.isAtom && !$0.opensDown && !$0.opensUp }
    let widths = bins.map { $0.upper - $0.lower }
    let inOrder = zip(bins, bins.dropFirst()).allSatisfy {
      $0.upper <= $1.lower * (1 + 1e-9) + 1e-12
    }
    if let least = widths.min(), let most = widths.max(), inOrder, bins.count > 1 {
      isToScale = least > 0 && most <= least * 1.6
    } else {
      isToScale = false
    }
    if isToScale {
      // An end without a limit is drawn as wide as the widest bin.
      let width = widths.max() ?? 0
      for index in cells.indices where cells[index].opensDown { cells[index].lower -= width }
      for index in cells.indices where cells[index].opensUp { cells[index].upper += width }
    }
  }

  /// Where the middle of each cell of the profile is drawn, by its position in the profile.
  var middles: [Int: Double] {
    var middles: [Int: Double] = [:]
    for (slot, cell) in cells.enumerated() {
      middles[cell.index] = isToScale ? (cell.lower + cell.upper) / 2 : Double(slot) + 0.5
    }
    return middles
  }

  /// The plot of the shares, with the place of the largest gap of the cumulated shares.
  func plot(_ sides: ColumnChart.Sides, gap: Double?) -> Chart.Plot {
    var most = 0.0
    for side in sides.all { for cell in cells { most = max(most, side.shares[cell.index]) } }
    let y = Axis(0, max(most, 1e-6) * 1.06, format: .share, title: "share of rows", count: 4)
    return isToScale ? scaled(sides, y: y, gap: gap) : slotted(sides, y: y, gap: gap)
  }

  private func scaled(_ sides: ColumnChart.Sides, y: Axis, gap: Double?) -> Chart.Plot {
    let lower = cells.map(\.lower).min() ?? 0
    let upper = cells.map(\.upper).max() ?? 1
    let title = isDate ? "date" : "value"
    let x = Axis(lower, upper, format: isDate ? .date : .number, title: title, count: 6)
    var plot = Chart.Plot(x: x, y: y, paths: [])
    for side in sides.all {
      plot.paths.append(
        path(side, cells.filter { !$0.isAtom }) { ($0.lower, $0.upper) })
      for cell in cells where cell.isAtom {
        plot.masses.append(
          Chart.Plot.Mass(series: side.series, x: cell.lower, y: side.shares[cell.index]))
      }
    }
    if let gap, gap >= lower, gap <= upper { plot.marked = (gap, "largest gap") }
    return plot
  }

  private func slotted(_ sides: ColumnChart.Sides, y: Axis, gap: Double?) -> Chart.Plot {
    var slots: [Int: Double] = [:]
    for (slot, cell) in cells.enumerated() { slots[cell.index] = Double(slot) }
    var ticks: [Axis.Tick] = []
    for (slot, cell) in cells.enumerated() {
      let at = Double(slot) + (cell.isAtom ? 0.5 : 0)
      if cell.opensDown { continue }
      // A bin that begins at the atom before it would have the atom's number a second time.
      let repeats =
        slot > 0 && cells[slot - 1].isAtom && edge(cells[slot - 1].lower) == edge(cell.lower)
      ticks.append(Axis.Tick(value: at, label: (repeats ? "over " : "") + edge(cell.lower)))
    }
    if let last = cells.last, !last.isAtom, !last.opensUp {
      ticks.append(Axis.Tick(value: Double(cells.count), label: edge(last.upper)))
    }
    let title = (isDate ? "date" : "value") + ", one step a bin (not to scale)"
    let x = Axis(0, Double(cells.count), ticks: ticks, title: title)
    var plot = Chart.Plot(x: x, y: y, paths: [])
    for side in sides.all {
      plot.paths.append(
        path(side, cells) { cell in
          let slot = slots[cell.index] ?? 0
          return (slot, slot + 1)
        })
    }
    if let gap, let slot = cells.firstIndex(where: { gap <= $0.upper }), gap >= cells[slot].lower {
      let cell = cells[slot]
      let part = cell.upper > cell.lower ? (gap - cell.lower) / (cell.upper - cell.lower) : 0.5
      plot.marked = (Double(slot) + part, "largest gap")
    }
    return plot
  }

  /// The cumulated shares of each side less the real ones, at the edges of cells.
  ///
  /// It shows how far two distributions are apart, and where most; values that have no place on the
  /// axis are left out on both sides.
  func differencePlot(_ sides: ColumnChart.Sides, gap: Double?) -> Chart.Plot? {
    guard let real = sides.all.first(where: { $0.series == .real }) else { return nil }
    let frame = plot(sides, gap: gap)
    func position(_ index: Int) -> Double {
      guard isToScale else { return Double(index) }
      return index < cells.count ? cells[index].lower : cells[index - 1].upper
    }
    let placed = cells.reduce(0) { $0 + real.shares[$1.index] }
    var paths: [Chart.Plot.Path] = []
    var most = 0.0
    for side in sides.all where side.series != .real {
      let own = cells.reduce(0) { $0 + side.shares[$1.index] }
      guard placed > 0, own > 0 else { continue }
      var sum = 0.0
      var points = [Chart.Plot.Point(x: position(0), y: 0)]
      for (offset, cell) in cells.enumerated() {
        sum += side.shares[cell.index] / own - real.shares[cell.index] / placed
        points.append(Chart.Plot.Point(x: position(offset + 1), y: sum))
        most = max(most, abs(sum))
      }
      paths.append(
        Chart.Plot.Path(
          series: side.series, label: "\(side.series.rawValue) less real", points: points,
          isSteps: false))
    }
    guard !paths.isEmpty else { return nil }
    let end = max(most, 1e-3) * 1.1
    let y = Axis(-end, end, format: .share, title: "cumulated share less real", count: 4)
    return Chart.Plot(x: frame.x, y: y, paths: paths, masses: [], marked: frame.marked)
  }

  private func edge(_ value: Double) -> String {
    isDate ? CivilDate.text(secondsSince1970: value) : NumberText.page.edge(value)
  }

  private func path(
    _ side: (series: Chart.Series, shares: [Double]), _ cells: [Cell],
    place: (Cell) -> (Double, Double)
  ) -> Chart.Plot.Path {
    var points: [Chart.Plot.Point] = []
    var last: Double?
    for cell in cells {
      let (from, to) = place(cell)
      if let last, from > last + 1e-12 {
        points.append(Chart.Plot.Point(x: last, y: 0))
        points.append(Chart.Plot.Point(x: from, y: 0))
      }
      let share = side.shares[cell.index]
      points.append(Chart.Plot.Point(x: from, y: share))
      points.append(Chart.Plot.Point(x: to, y: share))
      last = to
    }
    if let last { points.append(Chart.Plot.Point(x: last, y: 0)) }
    return Chart.Plot.Path(
      series: side.series, label: side.series.rawValue, points: points, isSteps: true)
  }
}
