import AssayDocument
import AssayTable
import AssayTestKit
import Testing

@testable import AssayEvaluation

/// The last check of a report on itself.
@Suite struct `Cells of few real rows` {
  private static let rows = 240

  /// Names that differ from row to row, a rare word, a rare code, and common ones.
  private static func real(_ stream: String) -> RawTable {
    let ages = Simulator(seed: 3).table(rows: rows, stream: stream).columns[0]
    var numbers: [Double?] = []
    if case .numeric(let values) = ages.values { numbers = (0..<rows).map { values[$0] } }
    if numbers.isEmpty { numbers = (0..<rows).map { Double($0 % 61) } }
    func cell(_ row: Int, _ rare: String, _ common: [String]) -> String {
      row < 2 ? rare : common[row % common.count]
    }
    return TableBuilder(stream)
      .numbers("age", numbers)
      .levels("person", (0..<rows).map { "Maria Anna Miller \(stream) \($0)" })
      .levels("job", (0..<rows).map { cell($0, "shepherd", ["clerk", "nurse"]) })
      .levels("place", (0..<rows).map { cell($0, "Kleinheubach", ["Berlin-Mitte", "Hamburg"]) })
      .levels("mail", (0..<rows).map { "user\($0)@\(stream).example" })
      .table()
  }

  private static func document() async throws -> (document: EvaluationDocument, scan: RareCellScan)
  {
    let training = real("training")
    let holdout = real("holdout")
    var options = EvaluationOptions()
    options.metrics = ["diagnostics", "fidelity.total-variation", "privacy.exact-match"]
    let document = try await PreparedEvaluation(
      training: training, holdout: holdout, options: options
    ).evaluate(synthetic: real("synthetic"))
    return (document, RareCellScan(tables: [training, holdout], k: 10))
  }

  private static func finding(_ sentence: String) -> Finding {
    Finding(
      id: "planted-1", severity: .notice, dimension: .privacy, subject: .table,
      sentence: sentence)
  }

  @Test func `are in no report`() async throws {
    let (document, scan) = try await Self.document()
    #expect(try scan.columns(in: document, files: [Array(try document.json())]) == [])
  }

  @Test func `are found wherever they come into a document`() async throws {
    let (clean, scan) = try await Self.document()
    func columns(_ change: (inout EvaluationDocument) -> Void) throws -> [String] {
      var document = clean
      change(&document)
      return try scan.columns(in: document, files: [])
    }
    #expect(
      try columns { $0.findings.append(Self.finding("in (Kleinheubach) more than real")) }
        == ["place"])
    #expect(
      try columns { $0.findings.append(Self.finding("e.g. user17@training.example")) } == ["mail"])
    #expect(
      try columns { $0.findings.append(Self.finding("Maria Anna Miller holdout 3, twice")) }
        == ["person"])
    // In keys too, and a plain word where labels stand.
    #expect(
      try columns {
        var finding = Self.finding("as real")
        finding.evidence = ["levels": .object(["Kleinheubach": .number(0.1)])]
        $0.findings.append(finding)
      } == ["place"])
    #expect(
      try columns {
        var finding = Self.finding("as real")
        finding.evidence = ["level": .string("shepherd")]
        $0.findings.append(finding)
      } == ["job"])
  }

  @Test func `are not taken for words, parts of words, names of columns or common cells`()
    async throws
  {
    let (clean, scan) = try await Self.document()
    func columns(_ sentence: String) throws -> [String] {
      var document = clean
      document.findings.append(Self.finding(sentence))
      return try scan.columns(in: document, files: [])
    }
    #expect(try columns("a shepherd is a word") == [])
    #expect(try columns("Kleinheubachs, NeuKleinheubach and Kleinheubach2") == [])
    #expect(try columns("Berlin-Mitte and Hamburg, by clerk and nurse") == [])
    var named = clean
    named.columns[0].name = "Kleinheubach"
    named.findings.append(Self.finding("Kleinheubach lies lower"))
    #expect(try scan.columns(in: named, files: []) == [])
  }

  @Test func `are found in finished files, where no word of ours could be one`() async throws {
    let (document, scan) = try await Self.document()
    func columns(_ text: String) throws -> [String] {
      try scan.columns(in: document, files: [Array("<p>all is well</p>".utf8), Array(text.utf8)])
    }
    #expect(try columns("<td>user3@holdout.example</td>") == ["mail"])
    #expect(try columns("<td>Maria Anna Miller training 9</td>") == ["person"])
    #expect(try columns("<td>Kleinheubach</td>") == [])
  }

  @Test func `are counted over all real tables together`() async throws {
    var (document, _) = try await Self.document()
    document.findings.append(Self.finding("in Kleinheubach and for 004930123456789 more than real"))
    let few = TableBuilder("few")
      .levels("place", Array(repeating: "Kleinheubach", count: 6))
      .levels("phone", ["004930123456789", nil, nil, nil, nil, nil]).table()
    let phones = few.columns(["phone"])
    #expect(
      try RareCellScan(tables: [few], k: 10).columns(in: document, files: []).contains("place"))
    // Twelve rows over both.
    #expect(
      try !RareCellScan(tables: [few, few], k: 10).columns(in: document, files: [])
        .contains("place"))
    #expect(try RareCellScan(tables: [phones], k: 10).columns(in: document, files: []) == ["phone"])
  }

  @Test func `of a text are found by its first word, with signs around it`() {
    let index = TokenIndex(["call +49 30 (12) now, or: «Zoë»!", "12"].map { Array($0.utf8) })
    func contains(_ cell: String) -> Bool { index.contains(Array(cell.utf8)[...]) }
    #expect(contains("+49 30 (12)"))
    #expect(contains("30 (12"))
    #expect(contains("12"))
    #expect(!contains("+49 30 (12) later"))
    #expect(!contains("9 30"))
    #expect(!contains("2"))
    #expect(!contains("..."))
    #expect(!contains(""))
  }
}

@Suite struct `The number of a report` {
  private static func documents() async throws -> EvaluationDocument {
    let simulator = Simulator(seed: 8)
    var options = EvaluationOptions()
    options.metrics = ["privacy.exact-match"]
    return try await PreparedEvaluation(
      training: simulator.table(rows: 60, stream: "training"), holdout: nil, options: options
    ).evaluate(synthetic: simulator.table(rows: 60, stream: "synthetic"))
  }

  @Test func `counts what was asked of the same training rows, once each`() async throws {
    let base = try await Self.documents()
    func document(_ synthetic: String, plan: String = "p", training: String = "t")
      -> EvaluationDocument
    {
      var document = base
      document.inputs.training.sha256 = training
      document.inputs.synthetic.sha256 = synthetic
      document.plan.hash = plan
      return document
    }
    let ledger = EvaluationLedger([
      document("a"), document("b"), document("a"), document("a", plan: "q"),
      document("a", training: "u"),
    ])
    #expect(ledger.number(of: document("c")) == 4)
    // The same question again tells nothing new.
    #expect(ledger.number(of: document("a")) == 3)
    #expect(ledger.number(of: document("c", training: "u")) == 2)
    #expect(EvaluationLedger([]).number(of: document("a")) == 1)
    #expect(ledger.number(of: document("a", training: "")) == nil)
  }

  @Test func `is said from the second on`() async throws {
    let base = try await Self.documents()
    var first = base
    first.note(evaluation: 1)
    #expect(first.inputs.evaluation == 1)
    #expect(first.findings == base.findings)
    var fifth = base
    fifth.note(evaluation: 5)
    #expect(fifth.findings.last?.sentence.contains("number 5") == true)
    #expect(try EvaluationDocument(json: fifth.json()) == fifth)
  }
}
