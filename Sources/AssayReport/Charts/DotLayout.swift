/// Places ``Chart/Dots`` in its frame.
///
/// A row is a group, with the series one below the other, so that real and synthetic stand side by side.
/// The real side and what is measured between real rows are circles, the synthetic is a square: shape
/// tells them apart where colour does not.
struct DotLayout {
  static let left = 118.0
  static let right = 12.0
  static let line = 10.0
  static let gap = 9.0
  static let top = 8.0
  static let bottom = 34.0

  var dots: Chart.Dots

  private var lines: Int { max(1, dots.rows.map(\.marks.count).max() ?? 1) }
  private var step: Double { Double(lines) * Self.line + Self.gap }
  private var base: Double { Self.top + Double(dots.rows.count) * step }
  var height: Double { base + Self.bottom }
  /// Where the first mark of a row is.
  private func first(_ row: Int) -> Double {
    Self.top + Double(row) * step + Self.gap / 2 + Self.line / 2
  }
  /// Where the middle of a row is.
  func middle(_ row: Int) -> Double { first(row) + Double(lines - 1) * Self.line / 2 }

  func draw(into html: inout HTMLBuilder) {
    let end = SVGWriter.width - Self.right
    var grid = ""
    for tick in dots.axis.ticks {
      grid +=
        "M\(SVGWriter.short(x(tick.value))) \(SVGWriter.short(Self.top))V\(SVGWriter.short(base))"
    }
    html.tag(.path, .class("grid"), HTMLAttribute(.d, grid))
    if let marked = dots.marked {
      html.tag(
        .path, .class("marked"),
        HTMLAttribute(
          .d, "M\(SVGWriter.short(x(marked))) \(SVGWriter.short(Self.top))V\(SVGWriter.short(base))"
        ))
    }
    for (index, row) in dots.rows.enumerated() {
      SVGWriter.label(
        VisibleText.clipped(row.label, to: 19), x: Self.left - 8, y: middle(index) + 3.5,
        anchor: "end", into: &html)
      for (slot, mark) in row.marks.enumerated() {
        draw(mark, of: row.label, y: first(index) + Double(slot) * Self.line, into: &html)
      }
    }
    for tick in dots.axis.ticks {
      SVGWriter.label(tick.label, x: x(tick.value), y: base + 13, anchor: "middle", into: &html)
    }
    SVGWriter.label(
      dots.axis.title, x: end, y: height - 5, anchor: "end", style: "what", into: &html)
  }

  private func draw(
    _ mark: Chart.Dots.Mark, of label: String, y: Double, into html: inout HTMLBuilder
  ) {
    if let lower = mark.lower, let upper = mark.upper {
      html.tag(
        .path, .class("line s-\(mark.series.rawValue)"),
        HTMLAttribute(
          .d,
          "M\(SVGWriter.short(x(lower))) \(SVGWriter.short(y))H\(SVGWriter.short(x(upper)))"))
    }
    let numbers = NumberText.page
    var text = "\(VisibleText.clipped(label)), \(mark.label ?? mark.series.rawValue): "
    text += numbers.value(mark.value, unit: dots.unit)
    if let lower = mark.lower, let upper = mark.upper {
      text += " (\(numbers.range(lower, upper, unit: dots.unit)))"
    }
    if mark.series == .real || mark.series == .yardstick {
      html.tag(
        .circle, .class("b-\(mark.series.rawValue)"),
        HTMLAttribute(.cx, SVGWriter.short(x(mark.value))),
        HTMLAttribute(.cy, SVGWriter.short(y)), HTMLAttribute(.r, "3.6")
      ) { $0.tag(.title, text: text) }
    } else {
      html.tag(
        .rect, .class("b-\(mark.series.rawValue)"),
        HTMLAttribute(.x, SVGWriter.short(x(mark.value) - 3.4)),
        HTMLAttribute(.y, SVGWriter.short(y - 3.4)), HTMLAttribute(.width, "6.8"),
        HTMLAttribute(.height, "6.8")
      ) { $0.tag(.title, text: text) }
    }
  }

  private func x(_ value: Double) -> Double {
    let inner = SVGWriter.width - Self.left - Self.right
    return Self.left + inner * min(1, max(0, dots.axis.position(value)))
  }
}
