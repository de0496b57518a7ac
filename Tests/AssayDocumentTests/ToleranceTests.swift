import AssayDocument
import Foundation
import Testing

@Suite struct `A reader of documents` {
  /// Adds a member to every object.
  private func enriched(_ value: DetailValue) -> DetailValue {
    switch value {
    case .object(let members):
      .object(
        members.mapValues(enriched).merging(["ofALaterVersion": .object(["x": 1])]) { $1 })
    case .array(let list): .array(list.map(enriched))
    default: value
    }
  }

  /// Takes the members that are `null` out of every object.
  private func bare(_ value: DetailValue) -> DetailValue {
    switch value {
    case .object(let members): .object(members.filter { $0.value != .null }.mapValues(bare))
    case .array(let list): .array(list.map(bare))
    default: value
    }
  }

  private func document(_ value: DetailValue) throws -> EvaluationDocument {
    try EvaluationDocument(json: Data(text(value).utf8))
  }

  /// The members whose names are data and not of the document's shape stay as they are.
  @Test func `passes over members that it does not know`() throws {
    var full = FullDocument.full
    full.plan.seed = 7
    let free = ["about", "plan", "tool", "metrics", "diagnoses"]
    var members = try object(full)
    for (name, value) in members where !free.contains(name) { members[name] = enriched(value) }
    members["ofALaterVersion"] = .array([1])
    var read = try document(.object(members))
    for index in read.scores.indices {
      for name in Array(read.scores[index].details.keys) where name == "ofALaterVersion" {
        read.scores[index].details[name] = nil
      }
      read.scores[index].parameters["ofALaterVersion"] = nil
    }
    read.scores[0].details["quantiles"] = full.scores[0].details["quantiles"]
    read.findings[0].evidence["ofALaterVersion"] = nil
    #expect(read == full)
  }

  @Test(arguments: FullDocument.allCases)
  func `takes an absent member for null`(sample: FullDocument) throws {
    var whole = sample.document
    whole.plan.seed = 7
    var expected = whole
    for index in expected.scores.indices {
      expected.scores[index].details = expected.scores[index].details.filter { $1 != .null }
    }
    expected.plan.sampling = expected.plan.sampling.filter { $1 != .null }
    #expect(try document(bare(.object(try object(whole)))) == expected)
  }

  @Test func `needs of a score only what names it and what became of it`() throws {
    let score = try JSONDecoder().decode(
      Score.self,
      from: Data(
        #"{"metric":"m","dimension":"privacy","against":"none","status":"failed"}"#.utf8))
    #expect(score.failure == ScoreFailure(code: "unknown", message: "no message was recorded"))
    #expect(score.subject.isTable)
    #expect(score.details.isEmpty)
  }

  @Test func `passes over damages that a later catalogue names`() throws {
    var members = try object(FullDocument.descriptor)
    members["sees"] = .strings(["shift", "ofALaterVersion"])
    let read = try JSONDecoder().decode(
      MetricDescriptor.self, from: Data(text(DetailValue.object(members)).utf8))
    #expect(read.sees == [.shift])
  }
}
