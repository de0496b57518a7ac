import AssayDocument
import Foundation

/// What models of a target learned, drawn: from curves that the document holds.
extension ReportPage {
  /// Targets that are drawn, at most; the document has all.
  private static let targetLimit = 6

  /// Tables and charts of each target.
  func models(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard section.dimension == .utility else { return }
    var targets: [String] = []
    for score in document.scores where score.dimension == .utility && score.value != nil {
      if let target = score.subject.target, !targets.contains(target) { targets.append(target) }
    }
    for target in targets.prefix(Self.targetLimit) {
      let scores = ModelScores(document, target: target)
      html.tag(.h3, .class("label")) { html in
        html.text("Models of ")
        html.name(target, clip: 60)
      }
      if let table = learners(scores) { self.table(table, into: &html) }
      html.tag(.div, .class("cards models")) { html in
        for (chart, table) in charts(scores) {
          html.tag(.article, .class("card")) { html in
            html.tag(.h4, text: chart.title)
            figure(chart, table, notes: [chart.summary], into: &html)
          }
        }
      }
    }
    if targets.count > Self.targetLimit {
      html.tag(
        .p, .class("small"),
        text: "\(targets.count - Self.targetLimit) more targets are in the document.")
    }
  }

  /// A section without the scores of targets that are drawn.
  static func undrawn(_ section: ReportModel.DimensionSection) -> ReportModel.DimensionSection {
    guard section.dimension == .utility else { return section }
    var rest = section
    rest.others.removeAll { ModelScores.drawn.contains($0.score.metric.rawValue) }
    return rest
  }

  private func charts(_ scores: ModelScores) -> [(Chart, ChartTable)] {
    [roc(scores), calibration(scores), learning(scores), importance(scores), mixture(scores)]
      .compactMap(\.self)
  }

  private static let legend: [(series: Chart.Series, label: String)] = [
    (.real, "trained on real rows"), (.synthetic, "trained on synthetic rows"),
  ]

  private func learners(_ scores: ModelScores) -> ChartTable? {
    let rows = scores.learners.compactMap { score -> [String]? in
      guard let name = score.parameters["learner"]?.stringValue, let value = score.value,
        let real = score.reference
      else { return nil }
      return [
        Self.learner(name), thousandths(real), thousandths(value),
        cell(score, "trainRealTestSynthetic"), cell(score, "trainSyntheticTestSynthetic"),
        numbers.count(score.details["rowsEach"]?.integerValue ?? 0),
      ]
    }
    guard !rows.isEmpty else { return nil }
    let measure = scores.learners.first?.details["measureTitle"]?.stringValue ?? "the measure"
    return ChartTable(
      caption: "What learners get, in \(measure): trained on → tested on",
      headers: [
        "Learner", "real → real", "synthetic → real", "real → synthetic",
        "synthetic → synthetic", "rows each",
      ], rows: rows,
      note: "Compare the first two: both are tested on the same real rows.")
  }

  private func cell(_ score: Score, _ way: String) -> String {
    let names = [
      "auc": "auc", "average-precision": "averagePrecision", "macro-auc": "macroAuc", "r2": "r2",
    ]
    let name = score.details["measure"]?.stringValue.flatMap { names[$0] } ?? ""
    return score.details[way]?[name]?.doubleValue.map(thousandths) ?? "–"
  }

  static func learner(_ name: String) -> String {
    switch name {
    case "boosted-trees": "boosted trees"
    case "penalised-regression": "penalised regression"
    case "nearest-neighbours": "25 nearest neighbours"
    case "small-tree": "a small tree"
    case "constant": "a constant"
    default: name
    }
  }

  private func thousandths(_ value: Double) -> String { numbers.fixed(value, decimals: 3) }

  private func roc(_ scores: ModelScores) -> (Chart, ChartTable)? {
    guard let gap = scores.gap, let curves = gap.details["roc"],
      let real = Self.points(curves["real"]), let synthetic = Self.points(curves["synthetic"])
    else { return nil }
    let start = Chart.Plot.Point(x: 0, y: 0)
    let chart = Chart(
      title: "Rare cases found against false alarms (ROC) of both models on the same real rows",
      summary: "The higher curve ranks better; the gap in area is \(thousandths(gap.value ?? 0)).",
      body: .plot(
        Chart.Plot(
          x: Axis(0, 1, format: .number, title: "false alarms, share of the commoner class"),
          y: Axis(0, 1, format: .number, title: "found, share of the rarer class"),
          paths: [
            .init(series: .real, label: "real", points: [start] + real, isSteps: false),
            .init(
              series: .synthetic, label: "synthetic", points: [start] + synthetic, isSteps: false),
          ])), legend: Self.legend)
    return (chart, Self.table("ROC curves", ("false alarms", "found"), real, synthetic, numbers))
  }

  private func calibration(_ scores: ModelScores) -> (Chart, ChartTable)? {
    guard let score = scores.calibration, let curves = score.details["curve"],
      let real = Self.points(curves["real"]), let synthetic = Self.points(curves["synthetic"])
    else { return nil }
    let diagonal = [Chart.Plot.Point(x: 0, y: 0), Chart.Plot.Point(x: 1, y: 1)]
    let chart = Chart(
      title: "Predicted probabilities and what came true, in ten groups of real rows",
      summary:
        "On the diagonal predictions come true. The model of synthetic rows lies "
        + "\(thousandths(score.value ?? 0)) off it on average, beyond chance.",
      body: .plot(
        Chart.Plot(
          x: Axis(0, 1, format: .number, title: "mean prediction"),
          y: Axis(0, 1, format: .number, title: "rate that came true"),
          paths: [
            .init(series: .yardstick, label: "calibrated", points: diagonal, isSteps: false),
            .init(series: .real, label: "real", points: real, isSteps: false),
            .init(series: .synthetic, label: "synthetic", points: synthetic, isSteps: false),
          ])), legend: Self.legend + [(.yardstick, "calibrated")])
    return (
      chart, Self.table("Calibration", ("mean prediction", "rate"), real, synthetic, numbers)
    )
  }

  private func learning(_ scores: ModelScores) -> (Chart, ChartTable)? {
    guard let score = scores.rows, let value = score.value, value > 0,
      let sizes = score.details["sizes"]?.arrayValue?.compactMap(\.doubleValue),
      let values = score.details["values"]?.arrayValue?.compactMap(\.doubleValue),
      let own = score.details["synthetic"]?.doubleValue, sizes.count == values.count,
      let first = sizes.first, let last = sizes.last, first > 0
    else { return nil }
    let low = min(own, values.min() ?? own)
    let high = max(own, values.max() ?? own)
    let margin = max(0.005, (high - low) * 0.1)
    let measure = score.details["measureTitle"]?.stringValue ?? ""
    let chart = Chart(
      title: "What models of ever more real rows get, and where the synthetic rows stand",
      summary: "The synthetic rows train like \(numbers.count(Int(value))) real rows.",
      body: .plot(
        Chart.Plot(
          x: Axis(
            log10(first), log10(last),
            ticks: sizes.map { .init(value: log10($0), label: numbers.count(Int($0))) },
            title: "real rows that the model is trained on"),
          y: Axis(low - margin, high + margin, format: .number, title: measure),
          paths: [
            .init(
              series: .real, label: "real",
              points: zip(sizes, values).map { .init(x: log10($0), y: $1) }, isSteps: false),
            .init(
              series: .synthetic, label: "synthetic",
              points: [.init(x: log10(first), y: own), .init(x: log10(last), y: own)],
              isSteps: false),
          ], marked: (log10(value), "\(numbers.count(Int(value))) real rows"))),
      legend: Self.legend)
    let table = ChartTable(
      caption: "Learning curve of real rows", headers: ["Real rows", measure],
      rows: zip(sizes, values).map { [numbers.count(Int($0)), thousandths($1)] }, note: nil,
      places: (.x, zip(sizes, values).map { .init(x: log10($0), y: $1) }))
    return (chart, table)
  }

  private func importance(_ scores: ModelScores) -> (Chart, ChartTable)? {
    guard let score = scores.importance, let value = score.value,
      let columns = score.details["columns"]?.arrayValue, !columns.isEmpty
    else { return nil }
    let entries = columns.compactMap { entry -> (name: String, real: Double, own: Double)? in
      guard let name = entry["column"]?.stringValue, let real = entry["real"]?.doubleValue,
        let own = entry["synthetic"]?.doubleValue
      else { return nil }
      return (name, real, own)
    }
    let most = max(1e-6, entries.flatMap { [$0.real, $0.own] }.max() ?? 0)
    let chart = Chart(
      title: "What each column matters to both models: what the loss rises by without its order",
      summary: "The columns come in nearly the same order where the agreement is near 1; it is "
        + "\(numbers.position(value)).",
      body: .bars(
        Chart.Bars(
          groups: entries.prefix(10).map {
            .init(
              label: $0.name,
              values: [(.real, max(0, $0.real)), (.synthetic, max(0, $0.own))])
          }, axis: Axis(0, most, format: .number, title: "rise of the mean loss"))),
      legend: Self.legend)
    let table = ChartTable(
      caption: "Importance of columns", headers: ["Column", "Real", "Synthetic"],
      rows: entries.map { [$0.name, numbers.number($0.real), numbers.number($0.own)] },
      note: entries.count > 10 ? "The chart shows the ten that matter most." : nil)
    return (chart, table)
  }

  private func mixture(_ scores: ModelScores) -> (Chart, ChartTable)? {
    let mix = scores.mixtures.filter { $0.parameters["regime"]?.stringValue == "mix" }
    let points = mix.compactMap { score -> Chart.Plot.Point? in
      guard let share = score.parameters["share"]?.doubleValue,
        let value = score.details["mixed"]?.doubleValue
      else { return nil }
      return .init(x: share, y: value)
    }
    guard points.count >= 2, let alone = mix.first?.details["alone"]?.doubleValue else {
      return nil
    }
    let all = [Chart.Plot.Point(x: 0, y: alone)] + points
    let low = all.map(\.y).min() ?? 0
    let high = all.map(\.y).max() ?? 1
    let margin = max(0.005, (high - low) * 0.1)
    let chart = Chart(
      title: "What models get of as many rows, ever more of them synthetic",
      summary: "From real rows alone on the left to synthetic rows alone on the right.",
      body: .plot(
        Chart.Plot(
          x: Axis(0, 1, format: .share, title: "share of synthetic rows"),
          y: Axis(low - margin, high + margin, format: .number, title: "measure on real rows"),
          paths: [
            .init(
              series: .real, label: "real",
              points: [.init(x: 0, y: alone), .init(x: 1, y: alone)], isSteps: false),
            .init(series: .synthetic, label: "synthetic", points: all, isSteps: false),
          ])),
      legend: [(.real, "real rows alone"), (.synthetic, "real and synthetic rows")])
    let table = ChartTable(
      caption: "Synthetic beside real rows",
      headers: [
        "Regime", "Share", "Real rows", "Synthetic rows", "Gain", "95 % interval", "Verdict",
      ],
      rows: scores.mixtures.map { score in
        [
          Self.regime(score.parameters["regime"]?.stringValue ?? ""),
          numbers.percent(score.parameters["share"]?.doubleValue ?? 0),
          numbers.count(score.n.training ?? 0), numbers.count(score.n.synthetic ?? 0),
          thousandths(score.value ?? 0),
          score.interval.map { "\(thousandths($0.lower)) to \(thousandths($0.upper))" } ?? "–",
          score.details["verdict"]?.stringValue ?? "–",
        ]
      },
      note: scores.mixtures.lazy.compactMap { $0.details["inWords"]?.stringValue }.first.map {
        $0.prefix(1).uppercased() + $0.dropFirst() + "."
      },
      places: (
        .x,
        scores.mixtures.map { score in
          guard score.parameters["regime"]?.stringValue == "mix",
            let share = score.parameters["share"]?.doubleValue,
            let value = score.details["mixed"]?.doubleValue
          else { return nil }
          return .init(x: share, y: value)
        }
      ))
    return (chart, table)
  }

  private static func regime(_ name: String) -> String {
    switch name {
    case "mix": "as many rows, a share synthetic"
    case "added": "synthetic on top of all real rows"
    case "scarce": "few real rows, all synthetic rows on top"
    default: name
    }
  }

  private static func points(_ value: DetailValue?) -> [Chart.Plot.Point]? {
    let found = (value?.arrayValue ?? []).compactMap { pair -> Chart.Plot.Point? in
      guard let ends = pair.arrayValue?.compactMap(\.doubleValue), ends.count == 2 else {
        return nil
      }
      return .init(x: ends[0], y: ends[1])
    }
    return found.count >= 2 ? found : nil
  }

  private static func table(
    _ caption: String, _ names: (String, String), _ real: [Chart.Plot.Point],
    _ synthetic: [Chart.Plot.Point], _ numbers: NumberText
  ) -> ChartTable {
    ChartTable(
      caption: caption, headers: ["Model", names.0, names.1],
      rows: (real.map { ("real", $0) } + synthetic.map { ("synthetic", $0) }).map {
        [$0.0, numbers.fixed($0.1.x, decimals: 3), numbers.fixed($0.1.y, decimals: 3)]
      }, note: nil, places: (.both, real + synthetic))
  }
}

/// The scores of one target.
private struct ModelScores {
  var gap: Score?
  var calibration: Score?
  var rows: Score?
  var importance: Score?
  var learners: [Score] = []
  var mixtures: [Score] = []

  /// Metrics whose scores of targets are in charts and tables.
  static let drawn: Set<String> = [
    "utility.prediction-gap", "utility.calibration", "utility.effective-rows",
    "utility.importance-agreement", "utility.train-test", "utility.augmentation",
  ]

  init(_ document: EvaluationDocument, target: String) {
    for score in document.scores where score.subject.target == target && score.value != nil {
      switch score.metric.rawValue {
      case "utility.prediction-gap": gap = gap ?? score
      case "utility.calibration": calibration = calibration ?? score
      case "utility.effective-rows": rows = rows ?? score
      case "utility.importance-agreement": importance = importance ?? score
      case "utility.train-test": learners.append(score)
      case "utility.augmentation": mixtures.append(score)
      default: continue
      }
    }
  }
}
