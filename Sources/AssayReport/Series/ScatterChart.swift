/// Points over two axes, each with its name: which candidates stand on the front.
struct ScatterChart {
  /// One point.
  struct Point {
    var label: String
    var x: Double
    var y: Double
    /// Whether it is drawn filled.
    var isFilled: Bool
  }

  var title: String
  var summary: String
  var x: Axis
  var y: Axis
  var points: [Point]
}

extension SVGWriter {
  /// Draws points; a label goes to the side on which there is room.
  static func draw(_ chart: ScatterChart, into html: inout HTMLBuilder) {
    let left = 44.0
    let right = 12.0
    let top = 22.0
    let height = 240.0
    let base = height - 38
    let room = width - left - right
    func x(_ value: Double) -> Double { left + room * min(1, max(0, chart.x.position(value))) }
    func y(_ value: Double) -> Double {
      base - (base - top) * min(1, max(0, chart.y.position(value)))
    }
    frame(chart.title, chart.summary, height: height, into: &html) { svg in
      var grid = ""
      for tick in chart.y.ticks {
        grid += "M\(short(left)) \(short(y(tick.value)))H\(short(width - right))"
        label(tick.label, x: left - 6, y: y(tick.value) + 3.5, anchor: "end", into: &svg)
      }
      svg.tag(.path, .class("grid"), HTMLAttribute(.d, grid))
      var marks = "M\(short(left)) \(short(base))H\(short(width - right))"
      for tick in chart.x.ticks {
        marks += "M\(short(x(tick.value))) \(short(base))v4"
        label(tick.label, x: x(tick.value), y: base + 15, anchor: "middle", into: &svg)
      }
      svg.tag(.path, .class("axis"), HTMLAttribute(.d, marks))
      label(chart.x.title, x: left + room / 2, y: base + 32, anchor: "middle", into: &svg)
      label(chart.y.title, x: 2, y: 12, into: &svg)
      // From the top down, so that a label moves away from those that are placed.
      let order = chart.points.indices.sorted { y(chart.points[$0].y) < y(chart.points[$1].y) }
      var lines = LabelLines(from: top - 8, to: base - 2)
      for point in order.map({ chart.points[$0] }) {
        let (px, py) = (x(point.x), y(point.y))
        svg.tag(
          .circle, .class(point.isFilled ? "b-real" : "b-holdout"), HTMLAttribute(.cx, short(px)),
          HTMLAttribute(.cy, short(py)), HTMLAttribute(.r, "4.5")
        ) { svg in
          svg.tag(
            .title,
            text: "\(VisibleText.clipped(point.label)): \(NumberText.page.number(point.x)), "
              + NumberText.page.number(point.y))
        }
        let isLeft = px > left + room * 0.6
        let text = VisibleText.clipped(point.label, to: 22)
        let start = px + (isLeft ? -8 - labelWidth(text) : 8)
        let line = lines.place(py + 3.5, from: start, width: labelWidth(text))
        if abs(line - py - 3.5) > 1 {
          let end = px + (isLeft ? -7 : 7)
          svg.tag(
            .path, .class("grid"),
            HTMLAttribute(.d, "M\(short(px)) \(short(py))L\(short(end)) \(short(line - 3.5))"))
        }
        label(
          text, x: px + (isLeft ? -8 : 8), y: line, anchor: isLeft ? "end" : "start", into: &svg)
      }
    }
  }
}

/// The lines on which labels stand, so that no two lie over each other.
struct LabelLines {
  /// Two base lines closer than this touch.
  static let nearest = 11.0
  /// How far a label moves at a time.
  static let step = 12.0

  private let lowest: Double
  private let highest: Double
  private var taken: [(y: Double, start: Double, end: Double)] = []

  /// No labels yet, with room between two base lines.
  init(from lowest: Double, to highest: Double) {
    self.lowest = lowest
    self.highest = highest
  }

  /// The base line of a label that is wanted at `y`: the next free one below, or else above it; its
  /// own where neither has room.
  mutating func place(_ y: Double, from start: Double, width: Double) -> Double {
    func isFree(_ line: Double) -> Bool {
      !taken.contains {
        abs($0.y - line) < Self.nearest && $0.start < start + width && start < $0.end
      }
    }
    let below = stride(from: y, through: max(y, highest), by: Self.step).first(where: isFree)
    let above = stride(from: y, through: min(y, lowest), by: -Self.step).first(where: isFree)
    let line = below ?? above ?? y
    taken.append((line, start, start + width))
    return line
  }
}
