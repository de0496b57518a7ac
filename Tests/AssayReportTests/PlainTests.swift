import AssayDocument
import Testing

@testable import AssayReport

@Suite struct `Terminal summary` {
  static let facts = RunFacts(
    seconds: 4.1, peakBytes: 310_000_000, folder: "assay-report/",
    written: ["report.html", "report.json"], next: ["assay open", "assay init"])

  @Test(arguments: [60, 72, 80, 100, 120], [true, false])
  func `no line is wider than the terminal`(width: Int, usesUnicode: Bool) {
    let style = TerminalStyle(width: width, usesUnicode: usesUnicode)
    for document in SampleName.allCases.map(\.document) {
      let text = TerminalRenderer(style: style, facts: Self.facts).text(document)
      for line in text.split(separator: "\n") {
        #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
        #expect(line.last != " ")
      }
    }
  }

  @Test func `the first run looks as agreed`() {
    let text = TerminalRenderer(facts: Self.facts).text(SampleDocument.adult())
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("assay 0.1.0 · first look: no policy given, nothing is gated"))
    #expect(lines[0].hasSuffix("4.1 s · 310 MB"))
    #expect(
      lines[5]
        == "  Looks real?  ✗ no           0 ├─────────●━──────────┤ 1   0.46 (0.44–0.49) = 610 real rows"
    )
    #expect(lines.last?.hasSuffix("exit 0 (evaluated)") == true)
    #expect(lines.contains { $0.hasPrefix("  1 relationship × sex") })
  }

  @Test func `the first run gives the recorded text`() throws {
    let text = TerminalRenderer(facts: Self.facts).text(SampleDocument.adult())
    try Golden.check("adult.txt", Array(text.utf8))
  }

  @Test func `without Unicode every byte is ASCII`() {
    let style = TerminalStyle(width: 80, usesUnicode: false)
    for document in [SampleDocument.adult(), HostileNames.document] {
      let text = TerminalRenderer(style: style, facts: Self.facts).text(document)
      #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    }
  }

  @Test func `nothing in the data is a command to the terminal`() {
    let text = TerminalRenderer(facts: Self.facts).text(HostileNames.document)
    #expect(!text.unicodeScalars.contains { VisibleText.isHidden($0) && $0 != "\n" })
  }

  @Test func `colour changes no letter`() {
    let plain = TerminalRenderer(facts: Self.facts).text(SampleDocument.adult())
    let style = TerminalStyle(usesColour: true)
    var coloured = TerminalRenderer(style: style, facts: Self.facts).text(SampleDocument.adult())
    #expect(coloured.contains("\u{1B}[31m"))
    coloured.replace(#/\u{1B}\[[0-9]*m/#, with: "")
    #expect(coloured == plain)
  }

  @Test func `a score outside its scale sits at the end of the bar`() {
    let low = TerminalRenderer.bar(ScaleReading(value: -0.4, zero: "", one: ""), width: 5)
    let high = TerminalRenderer.bar(ScaleReading(value: 1.2, zero: "", one: ""), width: 5)
    #expect(low == "0 ├●────┤ 1")
    #expect(high == "0 ├────●┤ 1")
  }
}

@Suite struct `Markdown summary` {
  @Test(arguments: SampleName.allCases)
  func `every table row has as many cells as its head`(sample: SampleName) {
    let text = String(decoding: MarkdownRenderer().render(sample.document), as: UTF8.self)
    var cells: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        cells = nil
        continue
      }
      let count = line.count { $0 == "|" }
      if let cells { #expect(count == cells, "\(line)") }
      cells = count
    }
  }

  @Test func `a document gives the recorded summary`() throws {
    try Golden.check("adult.md", MarkdownRenderer().render(SampleDocument.adult()))
  }

  @Test func `names are no markup, link or mention`() {
    let text = String(decoding: MarkdownRenderer().render(HostileNames.document), as: UTF8.self)
    for part in [
      "<script", "<img", "](", "@everyone", "http://", "www.", "`code`", "*bold*", "-->",
    ] {
      #expect(!text.contains(part), "\(part)")
    }
    #expect(!text.unicodeScalars.contains { VisibleText.isHidden($0) && $0 != "\n" })
  }

  @Test func `a long document stays under its limit`() {
    var document = SampleDocument.adult()
    for index in 0..<2_000 {
      document.scores.append(
        Score(
          metric: "fidelity.total-variation", dimension: .fidelity, against: .none,
          parameters: ["i": .integer(index)], outcome: .measured(0.5)))
    }
    let bytes = MarkdownRenderer().render(document)
    #expect(bytes.count < 60_000)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("*Cut to fit: Scores of the table as a whole"))
    #expect(text.hasSuffix("did not fit whole; all of it is in the report.*\n"))
  }
}

@Suite struct `CSV of all scores` {
  /// A reader of RFC 4180 as simple as can be.
  static func records(_ bytes: [UInt8]) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if isQuoted {
        if byte == 0x22, at + 1 < bytes.count, bytes[at + 1] == 0x22 {
          cell.append(byte)
          at += 1
        } else if byte == 0x22 {
          isQuoted = false
        } else {
          cell.append(byte)
        }
      } else if byte == 0x22 {
        isQuoted = true
      } else if byte == 0x2C || byte == 0x0A {
        record.append(String(decoding: cell, as: UTF8.self))
        cell = []
        if byte == 0x0A {
          records.append(record)
          record = []
        }
      } else if byte != 0x0D {
        cell.append(byte)
      }
      at += 1
    }
    return records
  }

  @Test(arguments: SampleName.allCases)
  func `every score is one record of the header's width`(sample: SampleName) throws {
    let document = sample.document
    let records = Self.records(CSVRenderer().render(document))
    #expect(records.count == document.scores.count + 1)
    #expect(records.allSatisfy { $0.count == CSVRenderer.header.count })
    let value = try #require(CSVRenderer.header.firstIndex(of: "value"))
    for (record, score) in zip(records.dropFirst(), document.scores) {
      #expect(Double(record[value]) == score.value)
    }
  }

  @Test(arguments: ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
  func `a formula is a text`(cell: String) {
    #expect(CSVRenderer.text(cell).hasPrefix("'"))
  }

  @Test func `an ordinary text stays as it is`() {
    #expect(CSVRenderer.text("native-country") == "native-country")
    #expect(CSVRenderer.text(nil) == "")
  }
}

@Suite struct `Words that readers see` {
  @Test func `no renderer prints a word from the table of forbidden ones`() {
    var texts: [String] = []
    for document in [SampleName.adult, .minimal, .alone, .failing].map(\.document) {
      texts.append(WellFormed(HTMLRenderer().render(document)).text)
      texts.append(String(decoding: MarkdownRenderer().render(document), as: UTF8.self))
      texts.append(TerminalRenderer(facts: RunFacts(written: ["a"], next: ["b"])).text(document))
    }
    texts.append(CSVRenderer.header.joined(separator: " "))
    for text in texts { #expect(Wording.offences(in: text) == []) }
  }

  @Test func `the table of words finds whole words only`() {
    #expect(Wording.offences(in: "A null, and the Floor.") == ["floor", "null"])
    #expect(Wording.offences(in: "nullable flooring unsafe") == [])
  }

  @Test func `the command to reproduce quotes what a shell would read`() {
    #expect(ReproduceCommand.quoted("real.csv") == "real.csv")
    #expect(ReproduceCommand.quoted("a b; rm -rf ~") == "'a b; rm -rf ~'")
    #expect(ReproduceCommand.quoted("it's") == #"'it'\''s'"#)
    #expect(ReproduceCommand.quoted("-x") == "'-x'")
  }

  @Test func `what the owner does not state is said to be absent`() {
    let facts = AboutFacts.all(About(["purpose": "training", "ticket": "DS-17", "title": "May"]))
    #expect(facts.first?.text == "training")
    #expect(facts.first { $0.title == "Recipients" }?.text == "not stated")
    #expect(facts.first { $0.title == "Decision" }?.text == "none recorded")
    #expect(facts.last?.text == "DS-17" && facts.last?.title == "ticket")
    let document = SampleName.adult.document
    let page = String(decoding: HTMLRenderer().render(document), as: UTF8.self)
    #expect(page.contains("Differential privacy, as claimed"))
    let summary = String(decoding: MarkdownRenderer().render(document), as: UTF8.self)
    #expect(summary.contains("- Generator: ctgan\n- Version of the generator: not stated"))
  }

  /// Coefficients of two draws; figures are invented.
  private static let regression = CombinedRegression(
    target: "income", against: .holdout, level: 0.95, rowRatio: 1,
    rules: [
      CombinedRule(
        rule: .singleModel, intervals: 2, unknown: 1, holding: 1, expected: 0.82, overlap: 0.71)
    ],
    terms: [
      CombinedTerm(
        term: "education = Masters", real: 1.2, realError: 0.1, draws: 2, estimate: 1.1,
        betweenSpread: 0.05, withinSpread: 0.1,
        intervals: [.init(rule: .singleModel, lower: 0.86, upper: 1.34)])
    ])

  @Test func `draws that were judged together are put in a line and a table`() throws {
    var document = SampleName.adult.document
    document.draws = DrawsRecord(
      inputs: [document.inputs.synthetic, document.inputs.synthetic],
      scores: [
        DrawnScore(
          kind: .dimension, id: "fidelity", against: nil, values: [0.951, 0.93],
          spreads: [0.02, 0.02]),
        DrawnScore(
          kind: .facet, id: "fidelity.marginal", against: .holdout, values: [0.99, nil],
          spreads: [nil, nil]),
      ])
    let text = DrawsText(document: document, numbers: .plain)
    #expect(text.line == "over 2 draws: 0.93 to 0.95; the answers are of the first")
    #expect(text.rows.map(\.title) == ["Looks real?", "Single columns"])
    #expect(text.rows.map(\.sampling) == ["0.0200", "–"])
    document.draws?.regressions = [Self.regression]
    let combined = try #require(document.draws.map { CombinedText(draws: $0, numbers: .plain) })
    #expect(
      combined.rows.first?.cells == [
        "income", "holdout", "draws of one fitted model", "1 of 2, 50 %", "82 %", "0.71", "1",
      ])
    let page = String(decoding: HTMLRenderer().render(document), as: UTF8.self)
    #expect(page.contains("Regression coefficients over the draws"))
    #expect(page.contains("draws of one fitted model</td>"))
    #expect(page.contains("education = Masters"))
    let summary = String(decoding: MarkdownRenderer().render(document), as: UTF8.self)
    #expect(summary.contains("| income | holdout | draws of one fitted model | 1 of 2, 50 % |"))
    document.draws?.scores = []
    #expect(
      DrawsText(document: document, numbers: .plain).line
        == "2 draws were judged; the answers are of the first")
    #expect(DrawsText(document: SampleName.minimal.document, numbers: .plain).line == nil)
  }

  @Test func `the built-in policy gates nothing and its answers are what is undecided`() {
    let model = ReportModel(SampleName.alone.document)
    #expect(model.headline.policy == "first look: no policy given, nothing is gated")
    #expect(model.undecided == ["Leaks? a holdout would decide it: --holdout FILE"])
    #expect(model.headline.sentence.hasSuffix("These data cannot tell whether it leaks."))
  }

  @Test(arguments: [Verdict.Status.evaluated, .passed, .failed, .undecided])
  func `each verdict has its headline`(status: Verdict.Status) {
    var document = SampleDocument.adult()
    document.verdict.status = status
    document.verdict.policy.name = "release"
    document.verdict.requirements = [
      .init(
        id: "r", status: .undecided, severity: "must", subject: .table, compared: "c", bound: nil,
        margin: nil, why: "needs 9,400 holdout rows")
    ]
    let model = ReportModel(document)
    #expect(!model.headline.word.isEmpty)
    #expect(model.headline.policy.contains("0 passed · 0 failed · 1 undecided"))
    #expect(model.undecided == ["r: needs 9,400 holdout rows"])
  }
}
