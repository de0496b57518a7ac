import AssayDocument

/// A position between two named ends, with its interval.
struct ScaleReading: Hashable {
  /// The position, unclipped.
  var value: Double
  /// The interval's lower end, where there is one.
  var lower: Double?
  /// The interval's upper end.
  var upper: Double?
  /// What stands at 0.
  var zero: String
  /// What stands at 1.
  var one: String

  /// The reading of a dimension or of a part of one: stored as it is, shown in 0 to 1.
  static func clipped(
    _ value: Double, _ interval: ScoreInterval?, facet: String, one: String = Wording.freshSample
  ) -> Self {
    func clip(_ value: Double) -> Double { min(1, max(0, value)) }
    return Self(
      value: clip(value), lower: interval.map { clip($0.lower) },
      upper: interval.map { clip($0.upper) }, zero: Wording.anchor(facet: facet), one: one)
  }

  /// Such as `0.46 (0.44–0.49)`.
  func text(_ numbers: NumberText) -> String {
    guard let lower, let upper else { return numbers.position(value) }
    return "\(numbers.position(value)) (\(numbers.position(lower))–\(numbers.position(upper)))"
  }

  /// The scale in words.
  var words: String { "0 = \(zero) · 1 = \(one)" }
}

extension SVGWriter {
  /// Draws a position between 0 and 1; what lies outside is drawn at the end with an arrow.
  static func draw(_ reading: ScaleReading, into html: inout HTMLBuilder) {
    let left = 10.0
    let width = 220.0
    func x(_ value: Double) -> Double { left + width * min(1.03, max(-0.03, value)) }
    let title = reading.text(.page) + " where " + reading.words
    frame(title, "", width: 240, height: 22, style: "scale", into: &html) { svg in
      svg.tag(
        .path, .class("track"),
        HTMLAttribute(
          .d, "M\(short(left)) 11h\(short(width))M\(short(left)) 6v10M\(short(left + width)) 6v10"))
      if let lower = reading.lower, let upper = reading.upper {
        svg.tag(
          .path, .class("range"), HTMLAttribute(.d, "M\(short(x(lower))) 11H\(short(x(upper)))"))
      }
      if reading.value < -0.03 {
        svg.tag(.path, .class("dot"), HTMLAttribute(.d, "M1 11l8-5v10Z"))
      } else if reading.value > 1.03 {
        svg.tag(.path, .class("dot"), HTMLAttribute(.d, "M239 11l-8-5v10Z"))
      } else {
        svg.tag(
          .circle, .class("dot"), HTMLAttribute(.cx, short(x(reading.value))),
          HTMLAttribute(.cy, "11"), HTMLAttribute(.r, "3.5"))
      }
    }
  }

  /// Draws two shares as bars that are labelled themselves: no legend is needed to read them.
  static func draw(_ tiny: TinyBars, into html: inout HTMLBuilder) {
    let most = max(tiny.real, tiny.synthetic)
    let parts = [("real", Chart.Series.real, tiny.real), ("synthetic", .synthetic, tiny.synthetic)]
    let numbers = NumberText.page
    let title =
      "\(VisibleText.clipped(tiny.label)): real \(numbers.percent(tiny.real)), synthetic "
      + numbers.percent(tiny.synthetic)
    frame(title, "", width: 220, height: 36, style: "tiny", into: &html) { svg in
      for (row, part) in parts.enumerated() {
        let y = Double(row) * 18
        let length = most > 0 ? max(0.7, part.2 / most * 100) : 0.7
        label(part.0, x: 54, y: y + 12, anchor: "end", into: &svg)
        svg.tag(
          .rect, .class("bar b-\(part.1.rawValue)"), HTMLAttribute(.x, "60"),
          HTMLAttribute(.y, short(y + 3)), HTMLAttribute(.width, short(length)),
          HTMLAttribute(.height, "11"))
        label(numbers.percent(part.2), x: 66 + length, y: y + 12, into: &svg)
      }
    }
  }
}

/// The share of one cell on both sides.
struct TinyBars {
  var label: String
  var real: Double
  var synthetic: Double
}
