import AssayDocument

/// How much weaker or stronger the relation of each pair of columns is than in the real rows.
struct HeatMap {
  /// A relation that is stated on both sides.
  struct Cell {
    /// The later column's place among ``columns``.
    var row: Int
    /// The earlier column's place.
    var column: Int
    var real: Double
    var synthetic: Double
    var gap: Double { synthetic - real }
    /// Where the pair is listed on the page, if it is.
    var place: PlaceName?
  }

  /// The columns that are drawn, in the order of the table.
  var columns: [String]
  var cells: [Cell]
  /// How many columns are not drawn.
  var leftOut: Int

  /// The most columns that can be told apart in a picture.
  static let columnLimit = 40
  /// From which absolute gap on each shade is used.
  static let shades = [0.02, 0.05, 0.1, 0.2, 0.4]

  /// The map of Cramér's V against the side that counts; `nil` with fewer than three columns.
  ///
  /// Where there are too many columns, those with the widest gaps are drawn.
  init?(_ document: EvaluationDocument, metric: MetricID = "fidelity.cramers-v") {
    let side: Against = document.inputs.holdout == nil ? .training : .holdout
    let found = document.scores.compactMap { score -> (String, String, Double, Double)? in
      guard score.metric == metric, score.against == side, score.subject.columns.count == 2,
        score.subject.isPlain, let real = score.details["real"]?.doubleValue,
        let synthetic = score.details["synthetic"]?.doubleValue
      else { return nil }
      return (score.subject.columns[0], score.subject.columns[1], real, synthetic)
    }
    var widest: [String: Double] = [:]
    for (first, second, real, synthetic) in found {
      for name in [first, second] {
        widest[name] = max(widest[name] ?? 0, abs(synthetic - real))
      }
    }
    let known = document.columns.map(\.name).filter { widest[$0] != nil }
    guard known.count >= 3 else { return nil }
    let ranked = known.indices.sorted { left, right in
      let (a, b) = (widest[known[left]] ?? 0, widest[known[right]] ?? 0)
      return a == b ? left < right : a > b
    }
    let kept = ranked.prefix(Self.columnLimit).sorted()
    columns = kept.map { known[$0] }
    leftOut = known.count - kept.count
    var places: [String: Int] = [:]
    for (place, name) in columns.enumerated() { places[name] = place }
    cells = found.compactMap { first, second, real, synthetic in
      guard let a = places[first], let b = places[second], a != b else { return nil }
      return Cell(row: max(a, b), column: min(a, b), real: real, synthetic: synthetic)
    }
  }

  /// The class of a cell: how far, and to which side.
  static func shade(_ gap: Double) -> String {
    let step = shades.lastIndex { abs(gap) >= $0 }.map { $0 + 1 } ?? 0
    return step == 0 ? "h0" : (gap < 0 ? "hw\(step)" : "hs\(step)")
  }

  /// One sentence for readers who do not see the picture.
  func summary(_ numbers: NumberText) -> String {
    guard let worst = cells.max(by: { abs($0.gap) < abs($1.gap) }) else { return "" }
    let weaker = cells.count { $0.gap <= -Self.shades[1] }
    let stronger = cells.count { $0.gap >= Self.shades[1] }
    return
      "Of \(numbers.count(cells.count)) pairs, \(numbers.count(weaker)) are weaker by 0.05 or more "
      + "and \(numbers.count(stronger)) stronger; the widest gap is \(numbers.position(worst.real)) "
      + "real against \(numbers.position(worst.synthetic)) synthetic."
  }
}

extension SVGWriter {
  /// Draws a map: a row and a column for each column of the table, numbered alike.
  static func draw(_ map: HeatMap, into html: inout HTMLBuilder) {
    let numbers = NumberText.page
    let left = 132.0
    let frameWidth = 620.0
    let count = Double(map.columns.count)
    let side = min(34, (frameWidth - left - 40) / max(1, count))
    let top = 6.0
    frame(
      "Gaps of Cramér's V, synthetic less real", map.summary(numbers), width: frameWidth,
      height: top + side * count + 20, style: "heat", into: &html
    ) { svg in
      for cell in map.cells {
        var attributes: [HTMLAttribute] = [
          .class(HeatMap.shade(cell.gap)),
          HTMLAttribute(.x, short(left + Double(cell.column) * side)),
          HTMLAttribute(.y, short(top + Double(cell.row) * side)),
          HTMLAttribute(.width, short(max(1, side - 1))),
          HTMLAttribute(.height, short(max(1, side - 1))),
        ]
        if let place = cell.place { attributes.append(HTMLAttribute(.dataPlace, place.text)) }
        svg.tag(.rect, attributes) { svg in
          svg.tag(
            .title,
            text: VisibleText.clipped(map.columns[cell.column]) + " × "
              + VisibleText.clipped(map.columns[cell.row])
              + ": real \(numbers.position(cell.real)), synthetic "
              + numbers.position(cell.synthetic))
        }
      }
      for (place, name) in map.columns.enumerated() {
        let middle = top + (Double(place) + 0.5) * side + 3.5
        if side >= 9 || place.isMultiple(of: 2) {
          label(
            VisibleText.clipped(name, to: 18) + "  \(place + 1)", x: left - 6, y: middle,
            anchor: "end", into: &svg)
          label(
            "\(place + 1)", x: left + (Double(place) + 0.5) * side, y: top + side * count + 13,
            anchor: "middle", into: &svg)
        }
      }
    }
  }
}
