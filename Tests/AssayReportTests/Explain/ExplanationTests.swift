import AssayDocument
import Testing

@testable import AssayReport

@Suite struct `Diagnoses as they are shown` {
  private static var document: EvaluationDocument {
    var document = SampleDocument.adult()
    let findings = document.findings.map(\.id)
    document.diagnoses = [
      Diagnosis(
        id: "unlearned-pairs", name: "Relations between columns were not learned",
        sentence: "Single columns are fair <b>.",
        subject: Subject(columns: ["relationship", "sex"]),
        evidence: ["dependence": .number(0.25), "weaker": .integer(3)],
        explains: Array(findings.prefix(1)), remedy: "use a tree-based generator",
        remedies: ["gan": "more epochs", "vae": "a larger latent space"], generator: "gan"),
      Diagnosis(id: "smeared-peaks", name: "Peaks are smeared", sentence: "s.", remedy: "split it"),
      Diagnosis(id: "rounding", name: "Rounded otherwise", sentence: "t.", remedy: "round it"),
    ]
    return document
  }

  @Test func `on the terminal say what to try for the stated generator`() {
    let text = TerminalRenderer().text(Self.document)
    #expect(text.contains("Diagnosis: Relations between columns were not learned."))
    #expect(text.contains("  try: more epochs\n"))
    #expect(text.contains("  also: Rounded otherwise\n"))
    #expect(!text.contains("use a tree-based generator"))
  }

  @Test func `stand in Markdown and in the page, escaped`() {
    let markdown = String(decoding: MarkdownRenderer().render(Self.document), as: UTF8.self)
    #expect(markdown.contains("### Diagnosis"))
    #expect(markdown.contains("**Relations between columns were not learned.**"))
    #expect(markdown.contains("Try: more epochs."))
    #expect(!markdown.contains("<b>"))
    let page = String(decoding: HTMLRenderer().render(Self.document), as: UTF8.self)
    #expect(page.contains("Relations between columns were not learned."))
    #expect(page.contains("By kind of generator") && page.contains("a larger latent space"))
    #expect(page.contains("&lt;b&gt;") && !page.contains("fair <b>"))
  }

  @Test func `use no word that readers never see`() {
    let texts = [
      TerminalRenderer().text(Self.document),
      ExplanationRenderer().text(.all, of: Self.document),
    ]
    for text in texts { #expect(Wording.offences(in: text).isEmpty) }
  }
}

@Suite struct `Explanations` {
  private func text(_ word: String, width: Int = 100) throws -> String {
    let document = SampleDocument.adult()
    let subject = try #require(ExplanationSubject(word, in: document))
    return ExplanationRenderer(style: TerminalStyle(width: width)).text(subject, of: document)
  }

  @Test func `of a finding give sentence, cause, remedy and numbers`() throws {
    let document = SampleDocument.adult()
    let first = try #require(document.findings.first)
    let text = try text(first.id)
    #expect(text.contains(first.sentence.prefix(30)))
    #expect(text.contains("Cause: no known pattern"))
    #expect(text.contains("Numbers"))
    if let remedy = first.remedy { #expect(text.contains("Try:   " + remedy.prefix(20))) }
    #expect(try self.text("1") == text)
  }

  @Test func `of columns take them in any order`() throws {
    let document = SampleDocument.adult()
    let pair = try #require(document.findings.first { $0.subject.columns.count == 2 })
    let names = pair.subject.columns
    #expect(
      try text(names.joined(separator: ",")) == text(names.reversed().joined(separator: ", ")))
    #expect(ExplanationSubject("no such column", in: document) == nil)
    #expect(ExplanationSubject.unknown("no such,\(names[0])", in: document) == ["no such"])
  }

  @Test func `cut a word at the commas that are not of a name`() {
    let names = ["a", "b, c", "d"]
    #expect(ExplanationSubject.parts("a,b, c,d", among: names) == ["a", "b, c", "d"])
    #expect(ExplanationSubject.parts("d , a", among: names) == ["d", "a"])
    #expect(ExplanationSubject.parts("x,a", among: names) == ["x", "a"])
  }

  @Test(arguments: [60, 100, 120]) func `fit the terminal`(_ width: Int) throws {
    let document = SampleDocument.adult()
    let style = TerminalStyle(width: width)
    for subject in [ExplanationSubject.all] + document.findings.map({ .finding($0) }) {
      for line in ExplanationRenderer(style: style).text(subject, of: document).split(
        separator: "\n")
      {
        #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
      }
    }
  }

  @Test func `of hostile names are no commands to the terminal`() {
    let document = HostileNames.document
    for subject in [ExplanationSubject.all] + document.columns.map({ .columns([$0.name]) }) {
      let text = ExplanationRenderer().text(subject, of: document)
      #expect(!text.unicodeScalars.contains { VisibleText.isHidden($0) && $0 != "\n" })
    }
  }
}
