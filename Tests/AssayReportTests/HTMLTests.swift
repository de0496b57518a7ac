import AssayDocument
import Foundation
import Testing

@testable import AssayReport

@Suite struct `HTML report` {
  @Test(arguments: SampleName.allCases)
  func `a page is well formed`(sample: SampleName) {
    let page = WellFormed(HTMLRenderer().render(sample.document))
    #expect(page.problems == [])
    #expect(page.levels.first == 1)
    #expect(page.levels.count { $0 == 1 } == 1)
    for (before, after) in zip(page.levels, page.levels.dropFirst()) {
      #expect(after <= before + 1, "heading \(after) follows heading \(before)")
    }
  }

  @Test func `hostile names add no element, attribute, address or control character`() throws {
    let plain = WellFormed(HTMLRenderer().render(SampleDocument.adult()))
    let bytes = HTMLRenderer().render(HostileNames.document)
    let hostile = WellFormed(bytes)
    #expect(Set(hostile.elements).subtracting(plain.elements).isSubset(of: ["em"]))
    #expect(hostile.attributes.subtracting(plain.attributes).isSubset(of: ["title"]))
    #expect(hostile.elements.count { $0 == "script" } == 1)
    for address in hostile.addresses {
      #expect(address.hasPrefix("#") || address.hasPrefix("https://doi.org/10."))
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.unicodeScalars.contains { VisibleText.isHidden($0) && $0 != "\n" })
  }

  @Test func `the only addresses are places in the page and digital object identifiers`() {
    #expect(
      Link.doi("10.1214/aoms/1177730256")?.address == "https://doi.org/10.1214/aoms/1177730256")
    #expect(
      Link.doi("10.1002/(SICI)1\"<x>")?.address == "https://doi.org/10.1002/(SICI)1%22%3Cx%3E")
    #expect(Link.doi("javascript:alert(1)") == nil)
    #expect(Link.doi("10.x/../y") == nil)
    #expect(Link.doi("10.1/") == nil)
  }

  @Test func `the policy of the page admits its own style and script and nothing else`() throws {
    let page = String(decoding: HTMLRenderer().render(SampleDocument.minimal), as: UTF8.self)
    for (name, text) in [("style", Stylesheet.page.text), ("script", PageScript.page.text)] {
      #expect(page.contains("<\(name)>\(text)</\(name)>"))
      #expect(page.contains("\(name)-src &#39;sha256-\(SHA256.base64(text))&#39;"))
      #expect(!text.contains("</"))
    }
    #expect(page.contains("default-src &#39;none&#39;"))
    #expect(!page.contains("unsafe-inline"))
    #expect(!page.contains(" style=\"") && !page.contains(" src=\""))
  }

  @Test func `every picture has a name and every table a caption and scoped heads`() {
    let page = String(decoding: HTMLRenderer().render(SampleDocument.adult()), as: UTF8.self)
    func count(_ part: String) -> Int { page.components(separatedBy: part).count - 1 }
    // The strokes of a key stand beside the word that says the same.
    let strokes = count("<svg class=\"stroke\" viewBox=\"0 0 34 12\" aria-hidden=\"true\">")
    #expect(strokes == 3)
    #expect(count("<svg ") - strokes == count("role=\"img\""))
    #expect(count("<svg ") - strokes == count("role=\"img\" aria-label=\""))
    #expect(count("<table>") == count("<caption>"))
    #expect(count("<th>") == 0)
  }

  @Test func `a chart of a column takes at most four kilobytes`() throws {
    for record in SampleColumns.adult(holdout: true) + [SampleColumns.dates] {
      let profile = try #require(record.profile)
      let chart = try #require(ColumnChart.make(record.name, profile, gap: 40))
      var html = HTMLBuilder()
      SVGWriter.draw(chart, into: &html)
      #expect(html.byteCount <= 4_096, "\(record.name)")
    }
  }

  @Test func `five hundred columns are folded and listed pairs are limited`() {
    var options = SampleDocument.Options()
    options.extraColumns = 485
    let bytes = HTMLRenderer().render(SampleDocument.adult(options))
    #expect(bytes.count < 5_000_000)
    let page = String(decoding: bytes, as: UTF8.self)
    #expect(page.components(separatedBy: "<details class=\"card\"").count == 501)
    // One pair more than 80 is listed: the document holds the table of its cells.
    #expect(page.contains("699 more pairs are in the JSON report."))
    #expect(page.contains("69 more, nearer to real"))
  }

  @Test func `the score of the privacy dimension is never shown`() {
    let document = SampleDocument.adult()
    for renderer in [HTMLRenderer(), MarkdownRenderer()] as [any DocumentRenderer] {
      let text = String(decoding: renderer.render(document), as: UTF8.self)
      #expect(!text.contains("0.12 ") && !text.contains("0.123"))
      #expect(!text.contains("12.3\u{202F}%") && !text.contains("12.3 %"))
    }
  }

  @Test func `a failed metric is listed with its reason and no chart takes its place`() {
    let page = String(decoding: HTMLRenderer().render(SampleName.failing.document), as: UTF8.self)
    #expect(page.contains("the neighbour search needed too much memory"))
    #expect(!page.contains("Distances to the closest real row"))
  }

  @Test func `without a holdout nothing is drawn for it`() {
    let page = String(decoding: HTMLRenderer().render(SampleName.alone.document), as: UTF8.self)
    #expect(!page.contains("k-holdout\""))
    #expect(page.contains("No holdout was given"))
  }

  @Test func `a metric of a later version appears without new code`() {
    var document = SampleDocument.adult()
    document.metrics.append(
      SampleMetrics.metric(
        "utility.something-new", "Something new", .utility, "What it is.", "x", .none,
        "Read it so.",
        "Cannot see all."))
    document.scores.append(
      Score(
        metric: "utility.something-new", dimension: .utility, against: .holdout,
        outcome: .measured(0.777)))
    document.scores.append(
      Score(
        metric: "utility.something-new", dimension: .utility, against: .holdout,
        subject: Subject(segment: "age over 60"), outcome: .measured(0.555)))
    let page = String(decoding: HTMLRenderer().render(document), as: UTF8.self)
    for part in [
      "Something new", "0.777", "Read it so.", "Cannot see all.", "age over 60", "0.555",
    ] {
      #expect(page.contains(part))
    }
  }

  @Test func `equal documents give equal bytes`() {
    let document = HostileNames.document
    #expect(HTMLRenderer().render(document) == HTMLRenderer().render(document))
  }

  @Test func `a profile whose sides do not fit its cells is not drawn`() {
    var profile = SampleColumns.gains().profile
    profile?.synthetic.removeLast()
    #expect(profile.flatMap { ColumnChart.make("x", $0, gap: nil) } == nil)
  }

  @Test func `a minimal document gives the recorded page`() throws {
    try Golden.check("minimal.html", HTMLRenderer().render(SampleDocument.minimal))
  }
}

/// Recorded outputs: `RECORD_GOLDENS=1` writes them anew and fails, so that a look follows.
enum Golden {
  static func check(_ name: String, _ bytes: [UInt8], from file: String = #filePath) throws {
    let recorded = URL(filePath: file).deletingLastPathComponent()
      .appending(path: "Goldens").appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try Data(bytes).write(to: recorded)
      Issue.record("\(name) was recorded: look at it, then run again without RECORD_GOLDENS")
      return
    }
    let expected = String(decoding: try Data(contentsOf: recorded), as: UTF8.self)
    let found = String(decoding: bytes, as: UTF8.self)
    let lines = zip(expected.split(separator: "\n"), found.split(separator: "\n"))
    for (number, line) in lines.enumerated() where line.0 != line.1 {
      Issue.record("line \(number + 1) of \(name) differs:\n\(line.0)\n\(line.1)")
      return
    }
    #expect(expected == found)
  }
}
