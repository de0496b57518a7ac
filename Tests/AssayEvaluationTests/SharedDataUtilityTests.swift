import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import Testing

/// What models get on Adult, against figures that others published for these very files.
@Suite(.enabled(if: SharedData.isThere, SharedData.absence))
struct SharedDataUtilityTests {
  /// Areas of a gradient-boosted classifier trained on each table and tested on the holdout.
  static let published = ["synthpop": 0.9144203, "sdv_tvae": 0.8881470]
  static let original = 0.9240097

  @Test func `areas on Adult are those that were published, in their order`() async throws {
    let declared = SchemaDeclaration([ColumnDeclaration(name: "income", roles: [.target])])
    let prepared = try PreparedEvaluation(
      training: try SharedData.read("adult/real_train.csv"),
      holdout: try SharedData.read("adult/real_holdout.csv"),
      options: EvaluationOptions(
        threads: 2, metrics: ["utility.prediction-gap"], declared: declared))
    var areas: [String: Double] = [:]
    for name in Self.published.keys.sorted() {
      let document = try await prepared.evaluate(
        synthetic: try SharedData.read("adult/synth_\(name).csv.gz"))
      let score = try #require(document.scores.first { $0.subject.target == "income" })
      let real = try #require(score.details["real"]?.doubleValue)
      // Another library of boosted trees, with settings of its own.
      #expect(abs(real - Self.original) < 0.01)
      areas[name] = try #require(score.details["synthetic"]?.doubleValue)
    }
    for (name, area) in Self.published {
      #expect(abs((areas[name] ?? 0) - area) < 0.01, "\(name): \(areas[name] ?? 0)")
    }
    #expect((areas["synthpop"] ?? 0) > (areas["sdv_tvae"] ?? 1))
  }

  /// A table of rank among the best helps few real rows; one of a normalising flow never helps, and in
  /// their place it harms.
  @Test(arguments: [("mostlyai", true), ("synthcity_nflow", false)])
  func `good rows beside few real ones are a gain, those of a flow are none`(
    _ name: String, _ isGood: Bool
  ) async throws {
    let prepared = try PreparedEvaluation(
      training: try SharedData.read("adult/real_train.csv"),
      holdout: try SharedData.read("adult/real_holdout.csv"),
      options: EvaluationOptions(
        preset: .quick, threads: 2, metrics: ["utility.augmentation"],
        declared: SchemaDeclaration([ColumnDeclaration(name: "income", roles: [.target])])))
    let document = try await prepared.evaluate(
      synthetic: try SharedData.read("adult/synth_\(name).csv.gz"))
    func verdicts(_ regime: String) -> [String] {
      document.scores.filter { $0.parameters["regime"]?.stringValue == regime }
        .compactMap { $0.details["verdict"]?.stringValue }
    }
    let table = try #require(document.scores.first { $0.subject.isTable })
    let words = try #require(table.details["inWords"]?.stringValue)
    if isGood {
      #expect(verdicts("scarce") == ["gain", "gain", "gain"])
      #expect(
        words.hasPrefix("synthetic rows on top of a few of the real ones: gain at 5, 10 and 25 %"))
    } else {
      #expect(!(verdicts("scarce") + verdicts("added")).contains("gain"))
      #expect(verdicts("mix") == ["harm", "harm", "harm", "harm"])
      #expect(words.hasSuffix("in the place of real ones: harm at 25, 50, 75 and 100 %"))
    }
  }
}
