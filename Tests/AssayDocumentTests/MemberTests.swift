import AssayDocument
import Foundation
import Testing

/// Names typed here from the description of version 1: a change of them breaks readers.
@Suite struct `Every member of version 1` {
  private let full = FullDocument.full
  private let sparse = FullDocument.sparse

  private func names(_ list: String) -> Set<String> {
    Set(list.split(separator: " ").map(String.init))
  }

  private func expect(
    _ values: [some Encodable], has list: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for value in values {
      #expect(Set(try object(value).keys) == names(list), sourceLocation: sourceLocation)
    }
  }

  @Test func `is there in the document, with or without a value`() throws {
    try expect(
      [full, sparse],
      has: "schemaVersion tool plan about inputs columns metrics scores dimensions baselines power "
        + "findings diagnoses verdict draws charts")
    let charts = try #require(full.charts)
    try expect([charts], has: "plane planeAbsence pairs")
    let plane = try #require(charts.plane)
    try expect([plane], has: "embedding horizontal vertical cellsPerAxis smallest sides")
    try expect([plane.horizontal, plane.vertical], has: "lower upper held columns")
    try expect(plane.horizontal.columns, has: "name share")
    try expect(plane.sides, has: "role rows cells shares outside")
    try expect(charts.pairs, has: "columns first second smallest sides")
    try expect(charts.pairs.flatMap(\.sides), has: "role rows shares")
    try expect([full.tool, sparse.tool], has: "name version commit libraries")
    try expect(
      [full.plan, sparse.plan],
      has: "hash seed preset k roles binning against metrics sampling intended given")
    let draws = try #require(full.draws)
    try expect([draws], has: "inputs scores evidence regressions")
    try expect(
      draws.regressions, has: "target against level rowRatio rules terms")
    try expect(
      draws.regressions.flatMap(\.rules),
      has: "rule intervals unknown holding expected overlap")
    let terms = draws.regressions.flatMap(\.terms)
    try expect(
      terms,
      has: "term real realError draws estimate betweenSpread withinSpread intervals")
    try expect(terms.flatMap(\.intervals), has: "rule lower upper")
    try expect(
      [DrawEvidence(full, lacksPairs: true)], has: "scores dimensions lacksPairs")
    try expect(
      draws.scores, has: "kind id against values mean betweenSpread samplingSpread")
    try expect([full.inputs, sparse.inputs], has: "training synthetic holdout")
    try expect([full.inputs.training], has: "name sha256 bytes rows columns notices")
  }

  @Test func `is there in a score, with or without a value`() throws {
    try expect(
      full.scores,
      has: "metric dimension against subject parameters status reason failure value unit interval "
        + "bounds floor baseline normalised reference test n details")
    let score = FullDocument.scores[0]
    try expect([try #require(score.interval)], has: "lower upper level method")
    try expect([try #require(score.bounds)], has: "lower upper level law excessLaw")
    try expect(
      [BoundLaw.normal(.init(lowerCentre: 0, upperCentre: 1, deviation: 1))],
      has: "kind lowerCentre upperCentre deviation lowest highest")
    try expect([BoundLaw.binomial(successes: 1, trials: 2)], has: "kind successes trials")
    try expect(
      [BoundLaw.difference(successes: 1, trials: 2, subtracted: 0, of: 3)],
      has: "kind successes trials subtracted of")
    try expect([BoundLaw.exact], has: "kind")
    try expect([try #require(score.floor)], has: "value spread method")
    try expect([try #require(score.baseline)], has: "value method")
    try expect(
      [try #require(score.test), TestResult(statistic: 0, pValue: 1, method: "m")],
      has: "statistic pValue adjusted family method")
    try expect([score.n, RowCounts()], has: "training synthetic holdout")
    try expect([ScoreFailure(code: "c", message: "m")], has: "code message")
  }

  @Test func `is there in columns, metrics, dimensions, findings and the verdict`() throws {
    try expect(full.columns, has: "name kind role roles why representation profile")
    let profile = try #require(full.columns[0].profile)
    var withoutHoldout = profile
    withoutHoldout.holdout = nil
    try expect([profile, withoutHoldout], has: "cells training synthetic holdout scale")
    try expect(profile.cells, has: "label kind lower upper")
    try expect(
      full.metrics,
      has: "id revision title dimension summary formula unit lowerLimit upperLimit direction frame "
        + "anchor invariances sees blindTo cannotSee defaults howToRead citations")
    try expect(FullDocument.descriptor.citations, has: "text doi")
    try expect(
      full.dimensions + sparse.dimensions,
      has: "id score interval bounds effectiveRows method members worst counts reason")
    try expect(
      FullDocument.dimension.members,
      has: "facet against value floor baseline score interval bounds effectiveRows subjects reason")
    try expect(full.baselines, has: "id title rows dimensions scores")
    try expect(full.baselines.flatMap(\.scores), has: "metric against value")
    try expect(
      full.power,
      has: "metric facet defect smallest largest unit power level trials method")
    try expect([FullDocument.dimension.counts], has: "measured notApplicable failed")
    try expect(
      full.findings + sparse.findings,
      has: "id severity dimension subject sentence evidence remedy")
    try expect(
      full.diagnoses,
      has: "id name sentence subject evidence explains remedy remedies generator")
    try expect(
      [full.verdict, sparse.verdict],
      has: "policy advisory asOf run draws status answers requirements")
    try expect([full.verdict.policy], has: "name version hash")
    try expect(full.verdict.answers, has: "question mark word sentence")
    try expect(
      full.verdict.requirements + sparse.verdict.requirements,
      has: "id status severity subject compared bound margin why command waiver")
  }

  @Test func `of a subject but its columns is there only where it has a value`() throws {
    try expect([Subject.table, Subject(columns: ["a"])], has: "columns")
    try expect([FullDocument.scores[0].subject], has: "columns segment target given facet")
  }

  @Test func `is null where it has no value`() throws {
    let score = try object(FullDocument.bareScore)
    let absent = "failure value interval bounds floor baseline normalised reference test"
    for name in names(absent) { #expect(score[name] == .null) }
    #expect(try text(RowCounts()) == #"{"holdout":null,"synthetic":null,"training":null}"#)
    #expect(try object(FullDocument.sparse.tool)["commit"] == .null)
    #expect(try object(FullDocument.sparse.inputs)["holdout"] == .null)
  }

  @Test func `speaks of no time, host, thread or place`() throws {
    let all = DetailValue.object(try object(full)).allNames.map { $0.lowercased() }
    for word in ["time", "date", "duration", "host", "thread", "path", "directory", "user"] {
      #expect(!all.contains { $0.contains(word) }, "\(word)")
    }
    #expect(try full.json() == full.json())
  }
}
