import AssayDocument
import Foundation
import Testing

@testable import AssayReport

/// Writes the samples to a folder for `Scripts/check-page` and for a look by eye:
/// `ASSAY_SAMPLES=folder swift test --filter WriteSamplesTests`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["ASSAY_SAMPLES"] != nil))
struct WriteSamplesTests {
  @Test func `the samples are written for a look by eye`() throws {
    let path = try #require(ProcessInfo.processInfo.environment["ASSAY_SAMPLES"])
    let folder = URL(filePath: path)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var many = SampleDocument.Options()
    many.extraColumns = 485
    var alone = SampleDocument.Options()
    alone.hasHoldout = false
    var adult = SampleDocument.adult()
    adult.columns.append(SampleColumns.dates)
    let samples = [
      "adult": adult, "alone": SampleDocument.adult(alone), "many": SampleDocument.adult(many),
      "minimal": SampleDocument.minimal, "hostile": PipelineSample.hostile,
      "judged": PipelineSample.judged(), "crowded": PipelineSample.crowded,
      "failing": SampleName.failing.document,
    ]
    for (name, document) in samples {
      let place = PipelineSample.place
      let renderers: [any DocumentRenderer] = [
        HTMLRenderer(), MarkdownRenderer(), CSVRenderer(), JUnitRenderer(place: place),
        SARIFRenderer(place: place), CodeQualityRenderer(place: place), BadgeRenderer(),
      ]
      for renderer in renderers {
        let file = folder.appending(path: "\(name)-\(renderer.fileName)")
        try Data(renderer.render(document)).write(to: file)
      }
      try document.json().write(to: folder.appending(path: "\(name).json"))
      let facts = RunFacts(
        seconds: 4.1, peakBytes: 310_000_000, folder: "assay-report/",
        written: ["report.html", "report.json", "summary.md"],
        next: ["assay open", "assay explain relationship,sex", "assay init"])
      for width in [60, 100] {
        let text = TerminalRenderer(
          style: TerminalStyle(width: width, usesColour: false, usesUnicode: width == 100),
          facts: facts
        ).text(document)
        try Data(text.utf8).write(to: folder.appending(path: "\(name)-\(width).txt"))
      }
    }
    let names = ["ctgan-may.csv", "tvae-may.csv", "cart-may.csv", "bayes-may.csv"]
    for (kind, names) in [("", names), ("hostile-", HostileNames.all)] {
      for (name, renderer) in zip(
        ["comparison", "change", "trend"], SeriesSample.renderers(names))
      {
        try Data(renderer.html()).write(to: folder.appending(path: "\(kind)\(name).html"))
        try Data(renderer.markdown()).write(to: folder.appending(path: "\(kind)\(name).md"))
        try Data(renderer.text().utf8).write(to: folder.appending(path: "\(kind)\(name).txt"))
      }
    }
  }
}
