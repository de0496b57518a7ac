import AssayDocument
import Testing

@testable import AssayReport

@Suite struct `What a report shows first` {
  @Test func `the relation that differs most is the first pair`() {
    let model = ReportModel(SampleDocument.adult())
    #expect(model.pairs.first?.columns == ["relationship", "sex"])
    #expect(model.pairs.count == 105)
    let excesses = model.pairs.map { $0.main.map { $0.isRanked ? $0.excess : 0 } ?? 0 }
    #expect(excesses == excesses.sorted(by: >))
  }

  @Test func `a column with a finding is never called good`() {
    let model = ReportModel(SampleDocument.adult())
    #expect(!model.good.contains("capital-gain") && !model.good.contains("sex"))
    #expect(model.good.contains("age"))
  }

  @Test func `the first finding shows its worst cell`() throws {
    let model = ReportModel(SampleDocument.adult())
    let tiny = try #require(model.fixFirst.first?.tiny)
    #expect(tiny.label == "Husband and Female")
    #expect(tiny.real == 0 && tiny.synthetic == 0.041)
    #expect(model.fixFirst.count == 3 && model.moreFindings == 2)
  }

  @Test func `three findings of one question leave a place to another that is answered no`() throws
  {
    var document = SampleDocument.adult()
    let finding = try #require(document.findings.first)
    document.findings = (0..<4).map { place in
      var one = finding
      (one.id, one.subject) = ("finding \(place)", Subject(columns: ["column \(place)"]))
      one.severity = .error
      one.dimension = place == 3 ? .fairness : .privacy
      return one
    }
    #expect(
      ReportModel(document).fixFirst.map(\.finding.id) == ["finding 0", "finding 1", "finding 2"])
    let fair = try #require(document.verdict.answers.firstIndex { $0.question == .fair })
    document.verdict.answers[fair].mark = .bad
    let model = ReportModel(document)
    #expect(model.fixFirst.map(\.finding.id) == ["finding 0", "finding 1", "finding 3"])
    #expect(model.headline.sentence.contains("Groups are not as in the real rows."))
    // Though a finding without a place named its column before.
    var named = document.findings[0]
    (named.id, named.dimension, named.severity) = ("named", .fidelity, .warning)
    named.subject = document.findings[3].subject
    document.findings.insert(named, at: 3)
    let looks = try #require(document.verdict.answers.firstIndex { $0.question == .looksReal })
    document.verdict.answers[looks].mark = .good
    #expect(
      ReportModel(document).fixFirst.map(\.finding.id)
        == ["finding 0", "finding 1", "finding 3"])
  }

  @Test func `what is found twice of one column takes one place`() throws {
    var document = SampleDocument.adult()
    var again = try #require(document.findings.first)
    again.id = "again"
    again.subject.columns.reverse()
    document.findings.insert(again, at: 1)
    let model = ReportModel(document)
    let before = ReportModel(SampleDocument.adult())
    #expect(model.fixFirst.map(\.finding.id) == before.fixFirst.map(\.finding.id))
    #expect(model.moreFindings == before.moreFindings + 1)
    // Findings on the table as a whole are as many things as there are kinds of findings.
    for index in document.findings.indices {
      document.findings[index].subject = .table
      document.findings[index].id = "kind-\(index)"
    }
    #expect(ReportModel(document).fixFirst.count == 3)
    for index in document.findings.indices { document.findings[index].id = "copies-1234-\(index)" }
    #expect(ReportModel(document).fixFirst.count == 1)
  }

  @Test func `scores count against the holdout where there is one`() {
    let index = ScoreIndex(SampleDocument.adult())
    #expect(index.preferredReadings(of: ["age"]).allSatisfy { $0.score.against == .holdout })
    let alone = ScoreIndex(SampleName.alone.document)
    #expect(alone.preferredReadings(of: ["age"]).allSatisfy { $0.score.against == .training })
  }

  @Test func `dimensions come in the order of the questions`() {
    let order = ReportModel(SampleDocument.adult()).dimensions.map(\.dimension)
    #expect(order == [.diagnostics, .fidelity, .utility, .fairness, .privacy])
  }

  @Test func `an interval keeps its order where the scale turns it round`() throws {
    let score = Score(
      metric: "m", dimension: .fidelity, against: .training, outcome: .measured(0.2),
      interval: ScoreInterval(lower: 0.1, upper: 0.3, method: "x"),
      floor: ScoreFloor(value: 0, spread: 0.01, method: "x"),
      baseline: ScoreBaseline(value: 0.4, method: "x"))
    let scale = try #require(ScoreReading(score: score, descriptor: nil).scale)
    // (0.4 − 0.2) ÷ 0.4 and the two ends likewise.
    #expect(abs(scale.value - 0.5) < 1e-12)
    #expect(abs((scale.lower ?? 0) - 0.25) < 1e-12)
    #expect(abs((scale.upper ?? 0) - 0.75) < 1e-12)
  }

  @Test func `a dimension score is shown in 0 to 1`() {
    let interval = ScoreInterval(lower: 0.9, upper: 1.2, method: "x")
    let reading = ScaleReading.clipped(1.1, interval, facet: "marginal")
    #expect(reading.text(.plain) == "1.00 (0.90–1.00)")
    #expect(reading.zero == "uniform values")
  }
}

@Suite struct `Charts of columns` {
  private func plot(_ cells: [ColumnProfile.Cell], _ shares: [Double]) throws -> Chart.Plot {
    let profile = ColumnProfile(
      cells: cells, training: shares, synthetic: shares, holdout: nil, scale: "number")
    let chart = try #require(ColumnChart.make("x", profile, gap: nil))
    guard case .plot(let plot) = chart.body else {
      Issue.record("expected a plot")
      throw CancellationError()
    }
    return plot
  }

  @Test func `open ends are drawn as wide as a bin`() throws {
    let plot = try plot(
      [
        .init(label: "under 0", kind: "outside", upper: 0),
        .init(label: "0 to 10", kind: "bin", lower: 0, upper: 10),
        .init(label: "10 to 20", kind: "bin", lower: 10, upper: 20),
        .init(label: "20 and more", kind: "outside", lower: 20),
      ], [0.1, 0.4, 0.4, 0.1])
    #expect(plot.x.lower == -10 && plot.x.upper == 30)
    #expect(plot.paths.first?.points.first?.x == -10)
  }

  @Test func `bins of very different width get the same room and say so`() throws {
    let plot = try plot(
      [
        .init(label: "0 to 1", kind: "bin", lower: 0, upper: 1),
        .init(label: "1 to 100", kind: "bin", lower: 1, upper: 100),
      ], [0.5, 0.5])
    #expect(plot.x.title.contains("not to scale"))
    #expect(plot.x.ticks.map(\.label) == ["0", "1", "100"])
  }

  @Test func `levels without rows are not drawn and the rarest are drawn together`() throws {
    let cells = (0..<20).map { ColumnProfile.Cell(label: "l\($0)", kind: "level") }
    let shares = [0.0] + Array(repeating: 1.0 / 19, count: 19)
    let profile = ColumnProfile(
      cells: cells, training: shares, synthetic: shares, holdout: nil, scale: "level")
    let chart = try #require(ColumnChart.make("x", profile, gap: nil))
    guard case .bars(let bars) = chart.body else { return #expect(Bool(false), "expected bars") }
    #expect(bars.groups.first?.label == "l1")
    #expect(bars.groups.last?.label == "7 more levels")
    let total = bars.groups.compactMap { $0.values.first?.value }.reduce(0, +)
    #expect(abs(total - 1) < 1e-9)
  }
}
