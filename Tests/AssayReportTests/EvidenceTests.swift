import AssayDocument
import Foundation
import Testing

@testable import AssayReport

/// The command that makes a report again, and the distances that it draws.
@Suite struct `Evidence of a report` {
  private static func page(_ document: EvaluationDocument) -> String {
    String(decoding: HTMLRenderer().render(document), as: UTF8.self)
  }

  @Test func `the command names every table that was read`() throws {
    var document = SampleName.adult.document
    let plain = ReproduceCommand(document)
    let holdout = try #require(document.inputs.holdout)
    #expect(plain.text.hasSuffix(" --holdout \(holdout.name)") && !plain.hasUnnamed)
    document.inputs.reference = InputRecord(
      name: "all people.csv", sha256: "00aa", bytes: 9, rows: 3, columns: 15)
    let with = ReproduceCommand(document)
    #expect(with.text == plain.text + " --reference 'all people.csv'")
    let page = Self.page(document)
    #expect(page.contains("--reference &#39;all people.csv&#39;</code>"))
    #expect(page.contains("<th scope=\"row\">reference</th>"))
    #expect(page.contains("<dt>SHA-256 reference</dt>"))
    #expect(!page.contains("Words in capitals"))
  }

  @Test func `files without a name in the document are words in capitals`() {
    var document = SampleName.adult.document
    document.plan.sampling["embedding"] = .object(["dimensions": 8])
    let command = ReproduceCommand(document)
    #expect(command.hasUnnamed)
    #expect(
      command.text.hasSuffix(
        " --embedding-real REAL-VECTORS --embedding-synthetic SYNTHETIC-VECTORS"
          + " --embedding-holdout HOLDOUT-VECTORS"))
    #expect(Self.page(document).contains("Words in capitals"))
    document.plan.sampling["embedding"] = .null
    #expect(!ReproduceCommand(document).hasUnnamed)
  }

  @Test func `the policy is named as whoever judged named it, and quoted anew`() {
    var document = PipelineSample.judged()
    for index in document.verdict.requirements.indices {
      document.verdict.requirements[index].command = "assay evaluate a b --policy 'my rules.yml'"
    }
    #expect(ReproduceCommand(document).text.hasSuffix(" --policy 'my rules.yml'"))
    document.verdict.requirements[0].command = "assay evaluate a b --policy x;touch y"
    #expect(ReproduceCommand(document).text.hasSuffix(" --policy 'x;touch y'"))
    document.verdict.requirements[0].command = #"assay evaluate a b --policy 'it'\''s' && ls'"#
    #expect(ReproduceCommand(document).text.hasSuffix(#" --policy 'it'\''s'\'' && ls'"#))
    for index in document.verdict.requirements.indices {
      document.verdict.requirements[index].command = nil
    }
    #expect(ReproduceCommand(document).text.hasSuffix(" --policy \(document.verdict.policy.name)"))
    document.verdict.requirements[0].compared =
      "x: worse than in the earlier document by, at most 1"
    #expect(ReproduceCommand(document).text.contains(" --previous EARLIER-REPORT --policy "))
  }

  @Test func `an approximate search says so, and how often it was right`() throws {
    var document = SampleName.adult.document
    #expect(!Self.page(document).contains("Searched for approximately"))
    let place = try #require(
      document.scores.firstIndex { $0.metric == "privacy.distance-to-closest-record" })
    document.scores[place].details["approximate"] = .object([
      "rowsLookedAt": 2_048, "checkedRows": 500, "recall": .number(0.916),
      "recallAtLeast": .number(0.888), "excess": .number(0.001),
    ])
    #expect(
      Self.page(document).contains("the closest row was found for 91.6"))
  }

  @Test func `distances and their ratio stand beside each other, with the holdout`() throws {
    let document = SampleName.adult.document
    let page = Self.page(document)
    let parts = page.components(separatedBy: "Distances to the closest rows</h3>")
    let part = try #require(parts.count == 2 ? parts.last : nil)
    let end = try #require(part.range(of: "Measures</h3>"))
    let block = String(part[..<end.lowerBound])
    #expect(block.contains("<caption>Distance within which so many rows lie</caption>"))
    #expect(block.contains("<caption>Ratio at most which so many rows have</caption>"))
    #expect(block.components(separatedBy: "holdout to real").count > 2)
    let ratio = try #require(document.scores.first { $0.metric == "privacy.distance-ratio" })
    let (chart, table) = try #require(DistanceRatioChart.make(ratio))
    guard case .plot(let plot) = chart.body else {
      Issue.record("the ratio is drawn as curves")
      return
    }
    #expect(
      plot.paths.map(\.label) == ["synthetic to real", "synthetic to holdout", "holdout to real"])
    #expect(plot.paths[0].points.map(\.x) == [0.23, 0.38, 0.82])
    #expect(plot.paths[0].points.map(\.y) == [0.01, 0.05, 0.5])
    #expect(table.places?.points.count == table.rows.count)
    #expect(
      table.headers == [
        "Share of rows", "Synthetic to real", "Synthetic to holdout", "Holdout to real",
      ])
    #expect(table.rows[0] == [NumberText.page.percent(0.01), "0.230", "0.240", "0.197"])
    #expect(DistanceChart.make(ratio) == nil)
  }

  @Test func `without a holdout other real rows are the yardstick`() throws {
    var ratio = try #require(
      SampleName.adult.document.scores.first { $0.metric == "privacy.distance-ratio" })
    ratio.details["quantiles"] = .object([
      "probabilities": .numbers([0.01, 0.05, 0.5]), "syntheticToHoldout": .null,
      "syntheticToTraining": .numbers([0.2, 0.4, 0.8]),
      "trainingToTraining": .numbers([0.1, 0.3, 0.7]),
    ])
    let made = try #require(DistanceRatioChart.make(ratio))
    #expect(made.chart.legend.map(\.label) == ["synthetic to real", "real to other real rows"])
    ratio.details["quantiles"] = .null
    #expect(DistanceRatioChart.make(ratio) == nil)
  }
}

@Suite struct `Reasons for absence` {
  private static func reading(
    _ metric: MetricID, _ column: String?, _ against: Against, _ reason: String
  ) -> ScoreReading {
    ScoreReading(
      score: Score(
        metric: metric, dimension: .fidelity, against: against,
        subject: column.map { Subject(columns: [$0]) } ?? .table,
        outcome: .notApplicable(reason: reason)))
  }

  @Test func `are told once each, with all that they hold for`() throws {
    let readings = [
      Self.reading("a", nil, .training, "no time"), Self.reading("a", nil, .holdout, "no time"),
      Self.reading("b", "x", .training, "few levels"),
      Self.reading("b", "x", .holdout, "few levels"),
      Self.reading("b", "y", .training, "few levels"),
      Self.reading("c", "x", .training, "few levels"),
      Self.reading("c", "y", .training, "few levels"),
      Self.reading("d", "x", .training, "few levels"), Self.reading("d", nil, .none, "no time"),
    ]
    let absences = ReportPage.Absence.grouped(readings, .page)
    #expect(absences.map(\.reason) == ["no time", "few levels"])
    try #require(absences.count == 2)
    #expect(absences[0].groups.map(\.titles) == [["a", "d"]])
    #expect(absences[0].groups.map(\.subjects) == [[]])
    #expect(absences[1].groups.map(\.titles) == [["b", "c"], ["d"]])
    #expect(
      absences[1].groups.map { $0.subjects.map(\.subject.columns) } == [[["x"], ["y"]], [["x"]]])
  }

  @Test func `with counts of their own share the reason before them`() throws {
    let readings = [
      Self.reading("a", "x", .holdout, "fewer than 30 rows of either answer: 12 yes, 40 no"),
      Self.reading(
        "a", "y", .holdout, "fewer than 30 rows of either answer: fewer than 5 yes, 9 no"),
      Self.reading("b", "x", .holdout, "fewer than 30 rows of either answer: 12 yes, 40 no"),
      Self.reading(
        "b", "y", .holdout, "fewer than 30 rows of either answer: fewer than 5 yes, 9 no"),
      Self.reading("c", "x", .holdout, "no scale: it has one level"),
      Self.reading("c", nil, .holdout, "too few rows: 3"),
    ]
    let absences = ReportPage.Absence.grouped(readings, .page)
    #expect(
      absences.map(\.reason) == [
        "fewer than 30 rows of either answer", "no scale: it has one level", "too few rows: 3",
      ])
    let groups = try #require(absences.first?.groups)
    #expect(groups.map(\.titles) == [["a", "b"]])
    #expect(
      groups.first?.subjects.map(\.counts) == ["12 yes, 40 no", "fewer than 5 yes, 9 no"])
  }
}
