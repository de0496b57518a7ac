import AssayDocument
import Foundation
import Testing

@Suite struct `A document that is written and read` {
  @Test(arguments: FullDocument.allCases)
  func `is equal, and gives equal bytes when it is written again`(
    sample: FullDocument
  ) throws {
    let document = sample.document
    let bytes = try document.json()
    let read = try EvaluationDocument(json: bytes)
    #expect(read == document)
    #expect(try read.json() == bytes)
  }

  @Test func `brings back every part on its own`() throws {
    let full = FullDocument.full
    #expect(try roundTrip(full.tool) == full.tool)
    #expect(try roundTrip(full.plan) == full.plan)
    #expect(try roundTrip(full.about) == full.about)
    #expect(try roundTrip(full.inputs) == full.inputs)
    #expect(try roundTrip(full.columns) == full.columns)
    #expect(try roundTrip(full.metrics) == full.metrics)
    #expect(try roundTrip(full.scores) == full.scores)
    #expect(try roundTrip(full.dimensions) == full.dimensions)
    #expect(try roundTrip(full.findings) == full.findings)
    #expect(try roundTrip(full.verdict) == full.verdict)
  }

  @Test func `brings back every word of the vocabulary`() throws {
    #expect(try roundTrip(Dimension.allCases) == Dimension.allCases)
    #expect(try roundTrip(TableRole.allCases) == TableRole.allCases)
    #expect(try roundTrip(Question.allCases) == Question.allCases)
    #expect(try roundTrip(Finding.Severity.allCases) == Finding.Severity.allCases)
    #expect(
      try roundTrip(MetricDescriptor.Damage.allCases) == MetricDescriptor.Damage.allCases)
  }

  @Test func `keeps a seed that no Double can hold`() throws {
    #expect(try roundTrip(FullDocument.full).plan.seed == UInt64.max)
  }

  @Test func `finds its parts by name`() {
    let full = FullDocument.full
    #expect(full.descriptor("fidelity.kolmogorov-smirnov") == FullDocument.descriptor)
    #expect(full.descriptor("no.such") == nil)
    #expect(full.dimension(.fidelity) == FullDocument.dimension)
    #expect(full.scores(of: "privacy.exact-match") == [FullDocument.bareScore])
    #expect(full.summary(of: "fidelity.kolmogorov-smirnov")?.against == .training)
    #expect(full.summary(of: "fidelity.kolmogorov-smirnov", against: .holdout) == nil)
    #expect(full.about["owner"] == "Ward 7/B")
  }

  @Test func `names each key that two scores share once, in their order`() {
    var document = FullDocument.full
    #expect(document.repeatedKeys.isEmpty)
    let first = document.scores[0]
    var twin = first
    twin.outcome = .measured(0.5)
    // A whole number is the same parameter in either spelling.
    twin.parameters["bins"] = .number(10)
    document.scores += [FullDocument.bareScore, twin, first]
    #expect(document.repeatedKeys == [FullDocument.bareScore.key, first.key])
  }
}
