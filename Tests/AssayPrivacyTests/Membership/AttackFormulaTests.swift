import AssayNumerics
import Foundation
import Testing

@testable import AssayPrivacy

/// The formulas of attacks on Euclidean distances, as the reference has them.
@Suite struct `Formulas of membership attacks` {
  private struct Example: Decodable {
    var id: String
    var input: [String: [[Double]]]
    var expected: [String: Expected]
    struct Expected: Decodable {
      var score: [Double]
    }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/design/reference").standardizedFileURL

  private static let example: Example? = {
    struct File: Decodable {
      var cases: [Either]
    }
    struct Either: Decodable {
      var example: Example?
      init(from decoder: any Decoder) throws { example = try? Example(from: decoder) }
    }
    guard let data = try? Data(contentsOf: folder.appending(path: "privacy.json")),
      let file = try? JSONDecoder().decode(File.self, from: data)
    else { return nil }
    return file.cases.compactMap(\.example).first { $0.id == "mia.scores" }
  }()

  private static func ranked(_ queries: [[Double]], _ base: [[Double]], _ width: Int)
    -> RankedNeighbours
  {
    let lists = queries.map { query in
      base.enumerated().map { place, row in
        (
          zip(query, row).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot(),
          Int32(place)
        )
      }.sorted { $0 < $1 }.prefix(width)
    }
    return RankedNeighbours(
      width: width, distances: lists.flatMap { $0.map(\.0) }, rows: lists.flatMap { $0.map(\.1) })
  }

  @Test(.enabled(if: example != nil, "the folder of reference values is absent"))
  func `agree with the published ones on the same distances`() throws {
    let example = try #require(Self.example)
    let targets = (example.input["members"] ?? []) + (example.input["non_members"] ?? [])
    let synthetic = example.input["synthetic"] ?? []
    let reference = example.input["reference"] ?? []
    let near = AttackEvidence.Neighbourhood(
      synthetic: Self.ranked(targets, synthetic, 12), pool: Self.ranked(targets, reference, 14),
      syntheticRows: 12, poolRows: 14)
    func expect(_ found: [Double], _ name: String, times factor: Double = 1) {
      for (own, other) in zip(found, example.expected[name]?.score ?? []) {
        #expect(abs(own * factor - other) < 1e-7, "\(name)")
      }
      #expect(found.count == example.expected[name]?.score.count)
    }
    expect(Attack.distance(near.synthetic, targets: 24), "dcr")
    expect(Attack.calibratedDistance(near, targets: 24), "dcr_diff")
    expect(Attack.neighbourOrigin(near, count: 5, targets: 24), "dpi_k5_synth_count")
    // Of the reference the median is of squared distances: of 24 the middle two differ, so their mean
    // is not the square of ours, but no distance lies between.
    expect(
      Attack.ball(near.synthetic, targets: 24), "mc_median_heuristic", times: 1.0 / 12)
  }

  @Test func `split ties at the last place evenly`() {
    // Of three places two are taken by closer rows; four rows tie for the third, one synthetic.
    let near = AttackEvidence.Neighbourhood(
      synthetic: RankedNeighbours(width: 2, distances: [0.1, 0.3], rows: [0, 1]),
      pool: RankedNeighbours(width: 4, distances: [0.2, 0.3, 0.3, 0.3], rows: [0, 1, 2, 3]),
      syntheticRows: 2, poolRows: 4)
    #expect(Attack.neighbourOrigin(near, count: 3, targets: 1) == [1.25])
  }

  @Test func `call a copy in a crowd no copy, a copy of a lone record one`() {
    let near = AttackEvidence.Neighbourhood(
      synthetic: RankedNeighbours(width: 1, distances: [0, 0], rows: [0, 1]),
      pool: RankedNeighbours(width: 1, distances: [0, 0.2], rows: [0, 1]), syntheticRows: 2,
      poolRows: 3)
    let scores = Attack.localDistance(near, targets: 2)
    #expect(scores[0] == -1)
    #expect(scores[1] > -0.001)
  }

  private struct Mixing: Decodable {
    var id: String
    var input: [String: [[Double]]]
    var expected: [String: Double]
  }

  private static let mixing: Mixing? = {
    struct File: Decodable {
      var cases: [Either]
    }
    struct Either: Decodable {
      var found: Mixing?
      init(from decoder: any Decoder) throws {
        struct Loose: Decodable {
          var id: String
          var input: [String: [[Double]]]
          var expected: [String: Value]
          enum Value: Decodable {
            case number(Double)
            case other
            init(from decoder: any Decoder) throws {
              let container = try decoder.singleValueContainer()
              self = (try? container.decode(Double.self)).map(Value.number) ?? .other
            }
          }
        }
        guard let loose = try? Loose(from: decoder) else { return }
        var numbers: [String: Double] = [:]
        for (key, value) in loose.expected {
          if case .number(let number) = value { numbers[key] = number }
        }
        found = Mixing(id: loose.id, input: loose.input, expected: numbers)
      }
    }
    guard let data = try? Data(contentsOf: folder.appending(path: "privacy.json")),
      let file = try? JSONDecoder().decode(File.self, from: data)
    else { return nil }
    return file.cases.compactMap(\.found).first { $0.id == "nnaa.basic" }
  }()

  @Test(.enabled(if: mixing != nil, "the folder of reference values is absent"))
  func `find who mixes with whom as the reference does`() throws {
    let example = try #require(Self.mixing)
    let synthetic = example.input["synthetic"] ?? []
    func distance(_ one: [Double], _ other: [Double]) -> Double {
      var sum = 0.0
      for (a, b) in zip(one, other) { sum += (a - b) * (a - b) }
      return sum.squareRoot()
    }
    func closest(_ queries: [[Double]], _ base: [[Double]], _ isSelf: Bool) -> [(Double, Int)] {
      var found: [(Double, Int)] = []
      for (row, query) in queries.enumerated() {
        var best = (Double.infinity, 0)
        for (place, other) in base.enumerated() where !isSelf || place != row {
          let own = distance(query, other)
          if own < best.0 { best = (own, place) }
        }
        found.append(best)
      }
      return found
    }
    func mixing(_ real: [[Double]]) -> NeighbourMixing {
      let toReal = closest(synthetic, real, false)
      return NeighbourMixing(
        real: closest(real, real, true).map(\.0),
        synthetic: closest(synthetic, synthetic, true).map(\.0),
        realToSynthetic: closest(real, synthetic, false).map(\.0),
        syntheticToReal: toReal.map(\.0), closest: toReal.map(\.1))
    }
    let training = mixing(example.input["train"] ?? [])
    let holdout = mixing(example.input["holdout"] ?? [])
    let expected = example.expected
    #expect(abs(training.accuracy - (expected["aa_train"] ?? -1)) < 1e-9)
    #expect(abs(holdout.accuracy - (expected["aa_holdout"] ?? -1)) < 1e-9)
    #expect(
      abs(training.identifiability - (expected["identifiability_uniform_weights"] ?? -1)) < 1e-9)
    #expect(abs(training.authenticity - (expected["authenticity"] ?? -1)) < 1e-9)
  }
}
