import AssayDocument
import Testing

@Suite struct `What differs between two documents` {
  private static func changed(_ change: (inout EvaluationDocument) -> Void) -> EvaluationDocument {
    var document = FullDocument.full
    change(&document)
    return document
  }

  @Test(arguments: FullDocument.allCases)
  func `nothing, where they are equal`(_ one: FullDocument) {
    let found = DocumentComparison(one.document, one.document)
    #expect(found.isIdentical && found.tolerance == 0)
  }

  @Test func `a value that changed is named first, with both values`() throws {
    let position = try #require(FullDocument.full.scores.firstIndex { $0.value != nil })
    let old = try #require(FullDocument.full.scores[position].value)
    let other = Self.changed {
      $0.scores[position].outcome = .measured(old + 0.25)
      $0.scores[position].details["added"] = true
    }
    let found = DocumentComparison(FullDocument.full, other)
    #expect(found.scores.count == 1 && found.others.isEmpty)
    let first = try #require(found.scores.first?.members.first)
    #expect(first.path == "value")
    #expect(first.first == .number(old) && first.second == .number(old + 0.25))
    #expect(first.sentence == "value: \(old), here \(old + 0.25)")
  }

  @Test func `a score that one of them lacks is named`() throws {
    let fewer = Self.changed { $0.scores.removeFirst() }
    let gone = try #require(DocumentComparison(FullDocument.full, fewer).scores.first)
    #expect(gone.isInFirst && !gone.isInSecond)
    #expect(gone.key == FullDocument.full.scores[0].key)
    let added = try #require(DocumentComparison(fewer, FullDocument.full).scores.first)
    #expect(!added.isInFirst && added.isInSecond)
  }

  @Test func `numbers may differ by a billionth where the kernels differ, and only there`() throws {
    let position = try #require(FullDocument.full.scores.firstIndex { $0.value != nil })
    let old = try #require(FullDocument.full.scores[position].value)
    let near = Self.changed { $0.scores[position].outcome = .measured(old + 1e-12) }
    #expect(!DocumentComparison(FullDocument.full, near).isIdentical)
    var elsewhere = near
    elsewhere.tool.libraries["kernel"] = "SkylakeX"
    let found = DocumentComparison(FullDocument.full, elsewhere)
    #expect(found.isIdentical && found.tolerance == 1e-9)
    elsewhere.scores[position].outcome = .measured(old + 1e-6)
    #expect(!DocumentComparison(FullDocument.full, elsewhere).isIdentical)
  }

  @Test func `the program and the owner's statements are no results`() {
    let other = Self.changed {
      $0.tool.version = "9"
      $0.about = About(["title": "another"])
    }
    #expect(DocumentComparison(FullDocument.full, other).isIdentical)
  }

  @Test func `a combined coefficient that differs is told`() {
    let other = Self.changed { $0.draws?.regressions[0].terms[0].estimate = 9 }
    let found = DocumentComparison(FullDocument.full, other).others.map(\.path)
    #expect(found.count == 1 && found[0].hasPrefix("draws.regressions"), "\(found)")
  }

  @Test func `another plan is told member by member, without its hash`() {
    var plan = FullDocument.full.plan
    plan.hash = "other"
    #expect(FullDocument.full.plan.differences(from: plan).isEmpty)
    plan.seed -= 1
    plan.roles["sensitive"] = ["sex"]
    #expect(
      FullDocument.full.plan.differences(from: plan).map(\.path) == ["roles.sensitive", "seed"])
  }

  @Test func `entries of a list are called by their name`() {
    func list(_ cells: Int) -> DetailValue {
      .array([.object(["column": "age", "cells": .integer(cells)]), .object(["column": "sex"])])
    }
    let found = ValueDifference.between(list(3), list(4), at: "columns")
    #expect(found.map(\.sentence) == ["columns.age.cells: 3, here 4"])
    #expect(
      ValueDifference.between(list(3), .array([]), at: "columns").map(\.sentence)
        == ["columns: a list of 2, here a list of 0"])
  }
}

@Suite struct `Several draws of one generator` {
  // Closed form: the mean of 1, 2, 4 is 7/3 and its variance 7/3; the root mean square of 3 and 4
  // is √12.5.
  @Test func `the spread between draws stands apart from that of one draw`() throws {
    let score = DrawnScore(
      kind: .metric, id: "m.x", against: .training, values: [1, 2, nil, 4],
      spreads: [3, nil, nil, 4])
    #expect(try abs(#require(score.mean) - 7 / 3) < 1e-15)
    #expect(try abs(#require(score.betweenSpread) - (7.0 / 3).squareRoot()) < 1e-15)
    #expect(try abs(#require(score.samplingSpread) - 12.5.squareRoot()) < 1e-15)
  }

  @Test func `one value has no spread, and none has no mean`() {
    let one = DrawnScore(
      kind: .facet, id: "f", against: nil, values: [2, nil], spreads: [nil, nil])
    #expect(one.mean == 2 && one.betweenSpread == nil && one.samplingSpread == nil)
    let none = DrawnScore(kind: .facet, id: "f", against: nil, values: [nil], spreads: [nil])
    #expect(none.mean == nil)
  }
}
