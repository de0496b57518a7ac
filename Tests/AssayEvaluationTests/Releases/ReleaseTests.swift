import AssayDocument
import AssayEvaluation
import AssayNumerics
import Testing

/// Hand-made releases: figures are invented.
private enum ReleaseSample {
  static func document(
    _ value: Double, spread: Double = 0.01, columns: [Double] = [], holdout: String = "h",
    training: String = "t", revision: Int = 1, plan: String = "p",
    mark: Answer.Mark = .good, finding: String? = nil
  ) -> EvaluationDocument {
    func score(_ value: Double, _ columns: [String], _ against: Against) -> Score {
      Score(
        metric: "fidelity.total-variation", dimension: .fidelity, against: against,
        subject: Subject(columns: columns), outcome: .measured(value),
        interval: ScoreInterval(
          lower: value - 1.959964 * spread, upper: value + 1.959964 * spread, method: "normal"))
    }
    var sample = PolicySample()
    sample.scores =
      [score(value, [], .holdout), score(value, [], .training)]
      + columns.enumerated().map { score($0.element, ["column \($0.offset)"], .holdout) }
    var document = sample.document
    document.metrics = [
      MetricDescriptor(
        id: "fidelity.total-variation", revision: revision, title: "Total variation distance",
        dimension: .fidelity, summary: "s", formula: "f", direction: .lowerIsBetter,
        anchor: .uniformValues, sees: [], blindTo: [], cannotSee: "", howToRead: "", citations: [])
    ]
    document.inputs.holdout?.sha256 = holdout
    document.inputs.training.sha256 = training
    document.plan.hash = plan
    document.verdict.answers = [
      Answer(question: .looksReal, mark: mark, word: "w", sentence: "s")
    ]
    if let finding {
      document.findings = [
        Finding(
          id: finding, severity: .warning, dimension: .fidelity, subject: .table, sentence: "x")
      ]
    }
    return document
  }
}

@Suite struct `From one release to another` {
  @Test func `documents on another holdout do not compare`() throws {
    let change = try ReleaseComparison.change(
      from: ReleaseSample.document(0.1), to: ReleaseSample.document(0.5, holdout: "other"))
    #expect(change.comparability == .none && change.changes.isEmpty && !change.isWorse)
    #expect(change.reasons == ["they were judged against another holdout"])
  }

  @Test func `an equal document compares and nothing changed`() throws {
    let document = ReleaseSample.document(0.1, columns: [0.1, 0.2])
    let change = try ReleaseComparison.change(from: document, to: document)
    #expect(change.comparability == .full && change.reasons.isEmpty)
    #expect(change.compared == 4 && change.changes.isEmpty)
  }

  @Test func `a change is held against the noise of both`() throws {
    // Closed form: 0.05 over √2 · 0.01 is 3.54 standard errors; two scores of the table by Holm.
    let change = try ReleaseComparison.change(
      from: ReleaseSample.document(0.1), to: ReleaseSample.document(0.15))
    let entry = try #require(change.changes.first { $0.against == .holdout })
    let p = 2 * normalSurvival(0.05 / (2.0.squareRoot() * 0.01))
    #expect(abs((entry.pValue ?? 0) - p) < 1e-6)
    #expect(abs((entry.adjusted ?? 0) - 2 * p) < 1e-5)
    #expect(entry.isBetter == false && change.isWorse)
    let back = try ReleaseComparison.change(
      from: ReleaseSample.document(0.15), to: ReleaseSample.document(0.1))
    #expect(back.changes.allSatisfy { $0.isBetter == true } && !back.isWorse)
    let small = try ReleaseComparison.change(
      from: ReleaseSample.document(0.1), to: ReleaseSample.document(0.115))
    #expect(small.changes.isEmpty && small.compared == 2)
  }

  @Test func `other revisions and other training rows leave their scores out`() throws {
    let revised = try ReleaseComparison.change(
      from: ReleaseSample.document(0.1), to: ReleaseSample.document(0.5, revision: 2))
    #expect(revised.comparability == .partial && revised.compared == 0)
    #expect(
      revised.reasons
        == ["fidelity.total-variation has revision 1 in one and 2 in the other"])
    let retrained = try ReleaseComparison.change(
      from: ReleaseSample.document(0.1), to: ReleaseSample.document(0.5, training: "u", plan: "q"))
    #expect(retrained.comparability == .partial)
    #expect(retrained.changes.map(\.against) == [.holdout])
    let planned = try ReleaseComparison.change(
      from: ReleaseSample.document(0.1), to: ReleaseSample.document(0.1, plan: "q"))
    #expect(planned.reasons == ["their plans differ"])
  }

  @Test func `releases of one quality are rarely called changed`() throws {
    // Law: 200 pairs of 20 columns at 5 % over each family; 40 or more have a probability below 0.001.
    var stream = RandomStream(seed: 11, name: "releases")
    func draw() -> EvaluationDocument {
      let columns = (0..<20).map { _ in 0.2 + 0.01 * stream.normal() }
      return ReleaseSample.document(0.2 + 0.01 * stream.normal(), columns: columns)
    }
    var changed = 0
    for _ in 0..<200 {
      changed += try ReleaseComparison.change(from: draw(), to: draw()).changes.isEmpty ? 0 : 1
    }
    #expect(changed < 40, "\(changed) of 200")
  }

  @Test func `answers that turn and findings that come and go are listed`() throws {
    let change = try ReleaseComparison.change(
      from: ReleaseSample.document(0.1, finding: "a"),
      to: ReleaseSample.document(0.1, mark: .bad, finding: "b"))
    #expect(change.turns.map(\.question) == [.looksReal])
    #expect(change.appeared.map(\.id) == ["b"] && change.gone.map(\.id) == ["a"])
  }
}

@Suite struct `A trend of releases` {
  @Test func `shows where a level changes`() throws {
    let values = [0.10, 0.11, 0.10, 0.30, 0.31, 0.30]
    let trend = try ReleaseHistory.trend(
      values.map { ReleaseSample.document($0) }, names: values.indices.map { "r\($0)" })
    let series = try #require(trend.series.first { $0.against == .holdout })
    #expect(series.points.map(\.value) == values)
    #expect(series.changes.map(\.release) == [3])
    #expect(abs((series.changes.first?.after ?? 0) - 0.3033) < 0.001)
  }

  @Test func `leaves out what does not compare, and says so`() throws {
    let documents = [
      ReleaseSample.document(0.1, holdout: "old"), ReleaseSample.document(0.2),
      ReleaseSample.document(0.2),
    ]
    let trend = try ReleaseHistory.trend(documents, names: ["a", "b", "c"])
    #expect(trend.releases[0].absence == "they were judged against another holdout")
    #expect(trend.series.allSatisfy { $0.points.map(\.release) == [1, 2] })
    #expect(trend.remarks.contains { $0.hasPrefix("with fewer than six releases") })
  }

  @Test func `needs two documents`() {
    #expect(throws: EvaluationError.self) {
      try ReleaseHistory.trend([ReleaseSample.document(0.1)], names: ["a"])
    }
  }
}
