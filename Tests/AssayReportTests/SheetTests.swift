import AssayDocument
import Testing

@testable import AssayReport

/// Documents over documents, as invented as those they speak of.
enum SeriesSample {
  static func comparison(_ names: [String]) -> CandidateComparison {
    let document = SampleDocument.adult()
    let candidates = names.enumerated().map { index, name in
      var input = document.inputs.synthetic
      input.name = name
      return CandidateComparison.Candidate(
        input: input, dimensions: document.dimensions, answers: document.verdict.answers,
        scores: document.scores.filter(\.subject.isTable), findings: [],
        places: [.init(dimension: .fidelity, best: index + 1, worst: names.count)],
        coordinates: [0.9 - 0.1 * Double(index), nil, 0.01 * Double(index)], isOnFront: index == 0)
    }
    return CandidateComparison(
      tool: document.tool, plan: document.plan, about: About(),
      training: document.inputs.training, holdout: document.inputs.holdout,
      metrics: document.metrics, candidates: candidates,
      contrasts: [
        .init(
          dimension: .fidelity, first: 0, second: 1, difference: 0.1,
          interval: ScoreInterval(lower: 0.05, upper: 0.15, method: "normal"), pValue: 0.001,
          adjusted: 0.003, method: "paired")
      ],
      axes: [
        .init(dimension: .fidelity, title: "fidelity", lowerIsBetter: false),
        .init(dimension: .utility, title: "utility", lowerIsBetter: false, absence: "no target"),
        .init(dimension: .privacy, title: "closeness", lowerIsBetter: true),
      ])
  }

  static func change(_ names: [String]) -> ReleaseChange {
    let document = SampleDocument.adult()
    var (old, new) = (document.inputs.synthetic, document.inputs.synthetic)
    (old.name, new.name) = (names[0], names[1])
    return ReleaseChange(
      old: old, new: new, comparability: .partial, reasons: ["the seed was 1 and is 2"],
      changes: [
        .init(
          title: names[0], dimension: .fidelity, metric: "fidelity.x", against: .holdout,
          subject: Subject(columns: [names[1]]), old: 0.1, new: 0.2,
          interval: ScoreInterval(lower: 0.05, upper: 0.15, method: "normal"), pValue: 0.001,
          adjusted: 0.01, isBetter: false, method: "unpaired")
      ], compared: 12, unsure: 1,
      turns: [
        .init(
          question: .leaks, old: document.verdict.answers[4], new: document.verdict.answers[1])
      ], appeared: document.findings, gone: [])
  }

  static func trend(_ names: [String]) -> ReleaseTrend {
    let input = SampleDocument.adult().inputs.synthetic
    return ReleaseTrend(
      releases: names.enumerated().map {
        .init(name: $0.element, input: input, absence: $0.offset == 0 ? "another holdout" : nil)
      },
      series: [
        .init(
          title: names[0], dimension: .fidelity, metric: "fidelity.x", against: .holdout,
          direction: .lowerIsBetter,
          points: names.indices.dropFirst().map {
            .init(
              release: $0, value: 0.1 * Double($0),
              interval: ScoreInterval(
                lower: 0.09 * Double($0), upper: 0.11 * Double($0), method: "normal"))
          }, changes: [.init(release: 2, before: 0.1, after: 0.2, pValue: 0.01)], absence: nil)
      ], method: "binary segmentation", remarks: ["one remark"])
  }

  static func renderers(_ names: [String]) -> [SheetRenderer] {
    [SheetRenderer(comparison(names)), SheetRenderer(change(names)), SheetRenderer(trend(names))]
  }
}

@Suite struct `Pages over several documents` {
  private static let plain = ["ctgan.csv", "tvae.csv", "cart.csv"]

  @Test func `are well formed, with plain and with hostile names`() {
    for names in [Self.plain, HostileNames.all] {
      for renderer in SeriesSample.renderers(names) {
        let bytes = renderer.html()
        let page = WellFormed(bytes)
        #expect(page.problems == [])
        #expect(page.levels.count { $0 == 1 } == 1)
        #expect(page.elements.count { $0 == "script" } == 1)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.unicodeScalars.contains { VisibleText.isHidden($0) && $0 != "\n" })
        #expect(text.contains("default-src &#39;none&#39;"))
      }
    }
  }

  @Test func `summaries have no markup of the data and fit a comment`() {
    for renderer in SeriesSample.renderers(HostileNames.all) {
      let bytes = renderer.markdown()
      #expect(bytes.count < 60_000)
      let text = String(decoding: bytes, as: UTF8.self)
      for part in ["<script", "](", "@everyone", "http://", "www."] {
        #expect(!text.contains(part), "\(part)")
      }
    }
  }

  @Test(arguments: [60, 100, 120])
  func `no line is wider than the terminal`(width: Int) {
    for names in [Self.plain, HostileNames.all] {
      for renderer in SeriesSample.renderers(names) {
        for line in renderer.text(TerminalStyle(width: width)).split(separator: "\n") {
          #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
        }
      }
    }
  }

  @Test func `use only the words that readers see`() {
    for renderer in SeriesSample.renderers(Self.plain) {
      #expect(Wording.offences(in: WellFormed(renderer.html()).text) == [])
      #expect(Wording.offences(in: renderer.text()) == [])
    }
  }

  @Test func `say what is absent`() {
    let text = SheetRenderer(SeriesSample.comparison(Self.plain)).text()
    #expect(text.contains("Not in the comparison: utility, since no target."))
    #expect(text.contains("ctgan is at least as good as every other in fidelity and privacy"))
    let trend = SheetRenderer(SeriesSample.trend(Self.plain)).text()
    #expect(trend.contains("ctgan.csv is left out: another holdout."))
  }

  @Test func `name the scores of dimensions by their questions, never beyond their scale`() {
    var trend = SeriesSample.trend(Self.plain)
    var series = trend.series[0]
    (series.title, series.metric, series.against) = ("utility", nil, nil)
    series.dimension = .utility
    series.points[0].value = -0.0107
    series.changes[0].after = -0.0107
    trend.series.append(series)
    var change = SeriesSample.change(Self.plain)
    var entry = change.changes[0]
    (entry.title, entry.metric, entry.against) = ("fidelity", nil, nil)
    (entry.subject, entry.new) = (.table, 1.02)
    change.changes.append(entry)
    let trendText = SheetRenderer(trend).text(TerminalStyle(width: 120))
    #expect(trendText.contains("Useful?") && !trendText.contains("utility"))
    #expect(trendText.contains("0.00") && !trendText.contains("0.0107"))
    let changeText = SheetRenderer(change).text(TerminalStyle(width: 120))
    #expect(changeText.contains("Looks real?") && !changeText.contains("fidelity"))
    #expect(changeText.contains("1.00") && !changeText.contains("1.02"))
    let page = String(decoding: SheetRenderer(trend).html(), as: UTF8.self)
    #expect(page.contains("Useful?") && !page.contains("utility") && !page.contains("0.0107"))
  }

  @Test func `a whole is not told beside the group that it has its numbers of`() {
    var change = SeriesSample.change(Self.plain)
    var group = change.changes[0]
    (group.title, group.subject) = ("shares", Subject(columns: ["sex"], segment: "F"))
    var whole = group
    whole.subject = Subject(columns: ["sex"])
    var other = group
    (other.subject, other.new) = (.table, 0.3)
    change.changes = [whole, group, other]
    let text = SheetRenderer(change).text(TerminalStyle(width: 120))
    #expect(text.ranges(of: "shares").count == 2)
    #expect(text.contains("sex, F") && text.contains("the table"))
    let page = String(decoding: SheetRenderer(change).html(), as: UTF8.self)
    #expect(page.contains("1 of a whole are left out"))
  }

  @Test func `subjects of the same columns are told apart`() {
    #expect(ScoreNames.subject(.table) == "the table")
    #expect(
      ScoreNames.subject(Subject(columns: ["sex"], segment: "F", target: "death"))
        == "sex, F, models of death")
    #expect(ScoreNames.subject(Subject(facet: "marginal")) == "single columns")
    #expect(ScoreNames.subject(Subject(columns: ["a", "b"], given: "c")) == "a × b by c")
  }

  @Test func `long lists are folded, not left out`() {
    var trend = SeriesSample.trend(Self.plain)
    trend.series = (0..<40).map { place in
      var series = trend.series[0]
      series.title = "score \(place)"
      if place < 38 { series.changes = [] }
      return series
    }
    let page = String(decoding: SheetRenderer(trend).html(), as: UTF8.self)
    #expect(page.contains("28 more drawings") && page.contains("16 more rows"))
    for place in 0..<40 { #expect(page.contains("score \(place)<")) }
  }
}

@Suite struct `Names of several tables` {
  @Test(arguments: [
    (["synth_a.csv.gz", "synth_b.csv.gz"], ["a", "b"]),
    (
      ["synthcity_ctgan.csv", "synthcity_nflow.csv", "pop.csv"],
      ["synthcity_ctgan", "synthcity_nflow", "pop"]
    ),
    (["may/report.json", "june/report.json"], ["may/report", "june/report"]),
    (["a.csv", "a.csv"], ["a", "a"]), (["x.csv", "x.tsv"], ["x.csv", "x.tsv"]),
    (["run-1", "run-12"], ["1", "12"]), (["v1.csv", "v1.2.csv"], ["v1", "v1.2"]),
    (["alone.csv"], ["alone.csv"]), ([], []),
  ])
  func `leave out what all share, and stay apart`(_ names: [String], _ short: [String]) {
    #expect(ShortNames.of(names) == short)
  }
}
