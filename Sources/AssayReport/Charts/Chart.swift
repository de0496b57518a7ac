/// A chart as data: what is drawn, in data units.
///
/// ``SVGWriter`` turns it into a picture, and
/// ``ChartTable`` is the same in words.
struct Chart {
  /// A role that is drawn; each has a colour and a shape of its own.
  enum Series: String, CaseIterable {
    case real, synthetic, holdout
    /// Holdout rows' distances to the real rows, as a yardstick.
    case yardstick
  }

  /// What is drawn.
  enum Body {
    /// Curves and steps over a numeric axis.
    case plot(Plot)
    /// Grouped horizontal bars, one group a level.
    case bars(Bars)
    /// A dot with its interval for each series, one group a row.
    case dots(Dots)
  }

  /// Curves over two numeric axes, with point masses and a marked place.
  struct Plot {
    /// A step function over bins, or a curve through points.
    struct Path {
      var series: Series
      var label: String
      var points: [Point]
      /// Whether the path is a histogram's outline, drawn down to zero at both ends.
      var isSteps: Bool
    }

    /// A place in data units.
    struct Point {
      var x: Double
      var y: Double
    }

    /// A share at a single value.
    struct Mass {
      var series: Series
      var x: Double
      var y: Double
    }

    var x: Axis
    var y: Axis
    var paths: [Path]
    var masses: [Mass] = []
    var marked: (x: Double, label: String)?
  }

  /// Grouped horizontal bars.
  struct Bars {
    /// One level with its share in each series.
    struct Group {
      var label: String
      var values: [(series: Series, value: Double)]
    }

    var groups: [Group]
    var axis: Axis
  }

  /// Dots with intervals, a row for each group.
  struct Dots {
    /// One dot.
    struct Mark {
      var series: Series
      var value: Double
      var lower: Double?
      var upper: Double?
      /// What it is called where the series' name says too little.
      var label: String?
    }

    /// One group with its dots.
    struct Row {
      var label: String
      var marks: [Mark]
    }

    var rows: [Row]
    var axis: Axis
    /// A place that all dots are compared with.
    var marked: Double?
    /// The unit of the values, `share` for per cent.
    var unit = ""
  }

  /// One sentence that names the chart.
  var title: String
  /// What a reader would see in it.
  var summary: String
  var body: Body
  var legend: [(series: Series, label: String)]
}

/// The same numbers as a table.
struct ChartTable {
  var caption: String
  var headers: [String]
  var rows: [[String]]
  /// What the rows leave out.
  var note: String?
  /// Where each row stands in the chart of curves beside it, in data units.
  var places: (axis: ChartProbe.Axis, points: [Chart.Plot.Point?])?
}
