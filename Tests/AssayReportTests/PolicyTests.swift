import AssayDocument
import Foundation
import Testing

@testable import AssayReport

@Suite struct `A policy's verdict in reports` {
  private static func document(_ name: String = "relations") -> EvaluationDocument {
    var document = SampleDocument.adult()
    func row(
      _ id: String, _ status: Verdict.Status, waiver: String? = nil
    ) -> Verdict.Requirement {
      Verdict.Requirement(
        id: id, status: status, severity: "blocking", subject: .table,
        compared: "fidelity: place, at least 0.8", bound: 0.5, margin: 0.8,
        why: "0.48, at most 0.5; the margin is 0.8", command: "assay evaluate a.csv b.csv",
        waiver: waiver)
    }
    document.verdict = Verdict(
      policy: .init(name: "release", version: "1.2", hash: "00"), advisory: false,
      asOf: "2026-05-31", status: .failed, answers: document.verdict.answers,
      requirements: [
        row("structure", .passed), row("nearness", .undecided), row(name, .failed),
        row("copies", .failed, waiver: "Ada: known (until 2026-05-31)"),
      ])
    return document
  }

  @Test func `counts are in the first line, waived ones apart`() {
    let text = TerminalRenderer().text(Self.document())
    #expect(
      text.hasPrefix(
        "assay 0.1.0 · policy release 1.2: 1 passed · 1 failed · 1 undecided · 1 waived"))
    let lines = text.split(separator: "\n").map(String.init)
    let failed = lines.firstIndex { $0.hasPrefix("  ✗ relations") }
    let open = lines.firstIndex { $0.hasPrefix("  ? nearness") }
    #expect(failed != nil && open != nil && failed ?? 0 < open ?? 0)
    #expect(!text.contains("evaluated)") || !text.contains("first look"))
  }

  @Test func `a saved verdict is listed, and explained where asked`() {
    let facts = RunFacts(exitStatus: 1, exitWord: "a requirement failed")
    let short = TerminalRenderer(facts: facts).verdict(Self.document(), reasons: nil)
    #expect(!short.contains("structure"))
    #expect(short.contains("waived by Ada"))
    let long = TerminalRenderer(facts: facts)
      .verdict(Self.document(), reasons: ["relations": "models lose too much"])
    for words in ["structure · passed", "models lose too much", "assay evaluate a.csv b.csv"] {
      #expect(long.contains(words))
    }
    #expect(long.hasSuffix("exit 1 (a requirement failed)\n"))
  }

  @Test func `the page shows what failed first, and all in a table`() throws {
    let page = String(decoding: HTMLRenderer().render(Self.document()), as: UTF8.self)
    #expect(page.contains("NOT READY") || page.contains("Not ready to release"))
    let first = try #require(page.range(of: "Requirements that failed"))
    let fix = try #require(page.range(of: "Fix first"))
    #expect(first.lowerBound < fix.lowerBound)
    #expect(page.contains("failed, waived"))
    #expect(page.contains("Ada: known (until 2026-05-31)"))
  }

  @Test func `a name in a requirement is text everywhere`() {
    let hostile = "each (<img src=x>|`a`\u{202E})"
    let document = Self.document(hostile)
    let page = String(decoding: HTMLRenderer().render(document), as: UTF8.self)
    #expect(!page.contains("<img"))
    let markdown = String(decoding: MarkdownRenderer().render(document), as: UTF8.self)
    #expect(!markdown.contains("<img") && !markdown.contains("`a`"))
    for text in [
      TerminalRenderer().text(document), TerminalRenderer().verdict(document, reasons: [:]),
    ] {
      #expect(!text.unicodeScalars.contains { VisibleText.isHidden($0) && $0 != "\n" })
    }
  }

  @Test(arguments: [60, 80, 120]) func `no line is wider than the terminal`(width: Int) {
    let style = TerminalStyle(width: width, usesUnicode: false)
    let renderer = TerminalRenderer(style: style)
    for text in [
      renderer.text(Self.document()), renderer.verdict(Self.document(), reasons: [:]),
    ] {
      for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= width) }
    }
  }

  @Test func `no word that readers never see is printed`() {
    for text in [
      TerminalRenderer().verdict(Self.document(), reasons: [:]),
      String(decoding: MarkdownRenderer().render(Self.document()), as: UTF8.self),
    ] {
      #expect(Wording.offences(in: text).isEmpty, "\(Wording.offences(in: text))")
    }
  }
}
