import AssayDocument
import Foundation
import Testing

@Suite(.enabled(if: Validator.isHere, "the Python package jsonschema is missing"))
struct `The schemas of what is said of several documents` {
  private static let input = FullDocument.input("synth.csv", rows: 3000)
  private static let interval = ScoreInterval(lower: -0.25, upper: 0.5, method: "normal")

  private static let comparison = CandidateComparison(
    tool: FullDocument.full.tool, plan: FullDocument.plan, about: About(["owner": "Ward 7/B"]),
    training: FullDocument.input("train.csv", rows: 3500), holdout: nil,
    metrics: [FullDocument.descriptor],
    candidates: (0..<2).map { index in
      .init(
        input: input, dimensions: FullDocument.full.dimensions,
        answers: FullDocument.full.verdict.answers, scores: [FullDocument.bareScore],
        findings: FullDocument.full.findings,
        places: [.init(dimension: .fidelity, best: 1, worst: 2)],
        coordinates: [0.5, nil], isOnFront: index == 0)
    },
    contrasts: [
      .init(
        dimension: .fidelity, first: 0, second: 1, difference: 0.125, interval: interval,
        pValue: 0.25, adjusted: 0.5, method: "paired")
    ],
    axes: [
      .init(dimension: .fidelity, title: "fidelity", lowerIsBetter: false),
      .init(dimension: .utility, title: "utility", lowerIsBetter: false, absence: "no target"),
    ])

  private static func change(isBetter: Bool?) -> ReleaseChange {
    ReleaseChange(
      old: input, new: input, comparability: .partial, reasons: ["the seed was 1 and is 2"],
      changes: [
        .init(
          title: "fidelity", dimension: .fidelity, metric: nil, against: nil, subject: .table,
          old: 0.25, new: 0.5, interval: interval, pValue: nil, adjusted: nil,
          isBetter: isBetter, method: "unpaired")
      ], compared: 3, unsure: 1,
      turns: FullDocument.full.verdict.answers.prefix(1).map {
        .init(question: .valid, old: $0, new: $0)
      }, appeared: FullDocument.full.findings, gone: [])
  }

  private static let trend = ReleaseTrend(
    releases: [.init(name: "1", input: input), .init(name: "2", input: input, absence: "other")],
    series: [
      .init(
        title: "Kolmogorov–Smirnov distance", dimension: .fidelity,
        metric: "fidelity.kolmogorov-smirnov", against: .holdout, direction: .lowerIsBetter,
        points: [.init(release: 0, value: 0.25, interval: interval)],
        changes: [.init(release: 1, before: 0.25, after: 0.5, pValue: 0.125)], absence: nil)
    ], method: "binary segmentation", remarks: ["a remark"])

  private static func bytes(_ value: some Encodable) throws -> Data {
    Data((try text(value) + "\n").utf8)
  }

  @Test func `find no fault with what is written, and know all of its members`() throws {
    let written = [
      try Self.bytes(Self.comparison), try Self.bytes(Self.change(isBetter: true)),
      try Self.bytes(Self.change(isBetter: nil)), try Self.bytes(Self.trend),
    ]
    let result = try Validator.check(written, ["--closed"])
    #expect(result.status == 0, "\(result.output)")
  }

  /// One change to the text of a sample, and what is said of it.
  private static let damages = [
    (0, #""coordinates":[0.5,null]"#, #""coordinates":[0.5]"#, "coordinates: has 1 of 2 axes"),
    (0, #""best":1,"#, #""best":3,"#, "candidates[0].places[0]: is no range"),
    (0, #""second":1}"#, #""second":2}"#, "contrasts[0]: names no two of 2"),
    (0, #""isOnFront":true,"#, "", "'isOnFront' is a required property"),
    (0, #""difference":0.125"#, #""difference":0.75"#, "contrasts[0].interval: the value 0.75"),
    (1, #""comparability":"partial""#, #""comparability":"some""#, "comparability: 'some' is not"),
    (1, #""reasons":["the seed was 1 and is 2"]"#, #""reasons":[]"#, "reasons: is empty"),
    (1, #""new":0.5,"#, #""new":1.5,"#, "changes[0].interval: the value 1.25 lies outside"),
    (1, #""isBetter":true"#, #""isBetter":null"#, "changes[0].isBetter: None is not"),
    (2, #""release":1}"#, #""release":2}"#, "series[0].changes: are not of 2 releases"),
    (2, #""direction":"lowerIsBetter""#, #""direction":"down""#, "series[0].direction: 'down'"),
    (2, #""schemaVersion":1"#, #""schemaVersion":2"#, "schemaVersion: 1 was expected"),
  ]

  @Test func `name what is wrong and where`() throws {
    let sound = [
      try text(Self.comparison), try text(Self.change(isBetter: true)), try text(Self.trend),
    ]
    let broken = try Self.damages.map { sample, old, new, _ in
      let range = try #require(sound[sample].range(of: old), "\(old)")
      return Data((sound[sample].replacingCharacters(in: range, with: new) + "\n").utf8)
    }
    let result = try Validator.check(broken)
    #expect(result.status == 1)
    for (index, damage) in Self.damages.enumerated() {
      let lines = result.output.split(separator: "\n").filter { $0.contains("/\(index).json: ") }
      #expect(lines.contains { $0.contains(damage.3) }, "\(damage.3), not \(lines)")
    }
  }
}
