import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import Foundation
import Testing

/// Oracle: the k-marginal scores that NIST's own tool gave to these very files, whole points.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: Places.shared("nist_national2019/README.md")),
    "the shared data are absent: k-marginal scores are not compared with NIST's"))
struct `The score of NIST's tool` {
  private static let folder = "nist_national2019"
  private static let numbers: Set = ["AGEP", "POVPIP", "PINCP", "PWGTP", "WGTP", "DENSITY"]

  /// Submissions with their published scores.
  ///
  /// They come from two versions of the tool, of which one leaves the codes of industries out.
  static let submissions: [(file: String, published: Int, withIndustry: Bool)] = [
    ("deid_synthpop_cart_cf21.csv.gz", 935, false), ("deid_subsample_40pct.csv.gz", 925, true),
    ("deid_smote_marital.csv.gz", 915, true),
    ("deid_kanonymity_k6_demographic.csv.gz", 907, true),
    ("deid_mwem_pgm_eps1.csv.gz", 847, false), ("deid_aim_eps10.csv.gz", 710, true),
    ("deid_sdv_ctgan.csv", 699, false), ("deid_pategan_eps10.csv.gz", 544, false),
  ]

  private static func read(_ file: String) throws -> RawTable {
    try Places.table(Places.shared("\(folder)/\(file)"))
  }

  /// Everything is a level but six columns of numbers, in which N means not applicable.
  private static func declared(
    _ real: RawTable, _ synthetic: RawTable, withIndustry: Bool
  ) -> SchemaDeclaration {
    let there = Set(synthetic.columns.map(\.name))
    return SchemaDeclaration(
      real.columns.map { column in
        let isNumber = numbers.contains(column.name)
        let isLeftOut =
          !there.contains(column.name) || (column.name == "INDP" && !withIndustry)
        return ColumnDeclaration(
          name: column.name, kind: isNumber ? .real : .category,
          roles: isLeftOut ? [.excluded] : column.name == "PUMA" ? [.sensitive] : [],
          missingTokens: isNumber ? ["N"] : [])
      })
  }

  /// Places by density: twelve ranges, fixed by the tool and the largest density of its dictionary.
  private static func densities() throws -> [Double] {
    let data = try Data(
      contentsOf: URL(filePath: Places.shared("\(folder)/data_dictionary.json")))
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let density = try #require(root["DENSITY"] as? [String: Any])
    let values = try #require(density["values"] as? [String: Any])
    let top = log10(try #require(values["max"] as? Double) + 500)
    return [0, 150] + (8...20).map { pow(10, 1 + (top - 1) * Double($0) / 20) }
  }

  private static func score(
    _ entry: (file: String, published: Int, withIndustry: Bool), _ metric: some Metric,
    preset: EvaluationPlan.Preset = .quick
  ) async throws -> Score {
    let real = try read("real_national2019.csv")
    let synthetic = try read(entry.file)
    let prepared = try PreparedEvaluation(
      training: real, holdout: nil,
      options: EvaluationOptions(
        preset: preset, threads: 2,
        declared: declared(real, synthetic, withIndustry: entry.withIndustry),
        catalog: MetricCatalog([metric])))
    let document = try await prepared.evaluate(synthetic: synthetic)
    return try #require(document.scores.first { $0.subject.isTable })
  }

  @Test(arguments: submissions.indices) func `is met to the point`(_ index: Int) async throws {
    let entry = Self.submissions[index]
    let score = try await Self.score(
      entry, ParityKMarginal(edges: ["DENSITY": Self.densities()]))
    #expect(Int(try #require(score.value)) == entry.published, "\(entry.file): \(score)")
  }

  /// Of submissions that hold all columns and whose published scores are further apart than the
  /// versions of the tool are.
  @Test func `orders submissions as our own score does`() async throws {
    var own: [Double] = []
    for entry in Self.submissions
    where ["smote", "mwem", "ctgan", "pategan"].contains(where: entry.file.contains) {
      let score = try await Self.score(entry, KMarginal())
      own.append(try #require(score.value))
      #expect(try #require(score.floor?.value) < 1000)
    }
    #expect(own.count == 4 && own == own.sorted(by: >), "\(own)")
  }
}
