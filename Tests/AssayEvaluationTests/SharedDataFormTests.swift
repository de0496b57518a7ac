import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import Testing

/// What the notes beside the shared tables say of their columns and of how they differ.
@Suite(.enabled(if: SharedData.isThere, SharedData.absence))
struct SharedDataFormTests {
  private func compare(
    _ training: String, _ synthetic: String, holdout: String? = nil, rows: Int? = 3_000
  ) throws -> Comparison {
    let real = try RealTables(
      training: SharedData.read(training, rows: rows),
      holdout: holdout.map { try SharedData.read($0, rows: rows) }, declared: SchemaDeclaration())
    return try Comparison(real, synthetic: SharedData.read(synthetic, rows: rows))
  }

  private func kinds(_ comparison: Comparison) -> [String: ColumnKind] {
    Dictionary(uniqueKeysWithValues: comparison.schema.columns.map { ($0.name, $0.kind) })
  }

  private func told(_ comparison: Comparison) -> [String: Set<String>] {
    comparison.disagreements.reduce(into: [:]) { told, item in
      told[item.code.rawValue, default: []].formUnion(item.columns)
    }
  }

  @Test func `N among numbers is missing, among codes a level`() throws {
    let found = try compare(
      "nist_national2019/real_national2019.csv", "nist_national2019/deid_aim_eps10.csv.gz",
      rows: nil)
    let kinds = kinds(found)
    #expect(kinds["PINCP"] == .real)
    #expect(kinds["INDP"] == .integer)
    #expect(kinds["POVPIP"] == .integer)
    #expect(["MSP", "NOC", "NPF", "EDU", "DVET", "PUMA"].allSatisfy { kinds[$0] == .category })
    #expect(found.schema.columns.first { $0.name == "PINCP" }?.missingTokens == ["N"])
    #expect(found.unfit.isEmpty)
    #expect(found.real.sources[.training]?.notices.count == 1)
  }

  @Test func `fewer columns, a row number and 1 written as 1 point 0 are told`() throws {
    let few = told(
      try compare(
        "nist_national2019/real_national2019.csv",
        "nist_national2019/deid_kanonymity_k6_demographic.csv.gz"))
    #expect(few["missingColumn"]?.count == 14)
    #expect(few["spelling"]?.contains("SEX") == true)
    let numbered = told(
      try compare(
        "nist_national2019/real_national2019.csv", "nist_national2019/deid_smote_marital.csv.gz"))
    #expect(numbered["droppedIndex"] == ["column_1"])
    #expect(numbered["extraColumn"] == nil)
  }

  @Test func `dates, yes and no, and names of rows are what they are`() throws {
    let found = try compare(
      "sdmetrics_demos/single_table/student_placements_real.csv",
      "sdmetrics_demos/single_table/student_placements_synthetic.csv")
    let kinds = kinds(found)
    #expect(kinds["student_id"] == .identifier)
    #expect(kinds["start_date"] == .datetime)
    #expect(kinds["placed"] == .boolean)
    #expect(kinds["work_experience"] == .boolean)
    #expect(kinds["salary"] == .integer)
    #expect(kinds["mba_perc"] == .real)
    #expect(kinds["gender"] == .category)
    #expect(told(found)["columnOrder"] != nil)
    #expect(found.unfit.isEmpty)
    let series = try compare(
      "sdmetrics_demos/timeseries/timeseries_real.csv",
      "sdmetrics_demos/timeseries/timeseries_synthetic.csv")
    #expect(self.kinds(series)["store_id"] == .identifier)
    #expect(self.kinds(series)["date"] == .datetime)
    let players = try compare(
      "baseball_players/real_train.csv", "baseball_players/synth_mostlyai.csv")
    #expect(self.kinds(players)["id"] == .identifier)
    #expect(self.kinds(players)["birthDate"] == .datetime)
  }

  @Test func `a token that no real row has and levels of the holdout alone are invented or known`()
    throws
  {
    let found = try compare(
      "census2k/real_train.csv", "census2k/synth_mostlyai.csv", holdout: "census2k/real_holdout.csv"
    )
    let country = try #require(found.schema.index(of: "native_country"))
    let levels = try #require(found.levels[country])
    #expect(levels.realCount > levels.trainingCount)
    #expect(Array(levels.names[levels.realCount...]) == ["_RARE_"])
  }

  @Test func `fractions among whole numbers are told`() throws {
    let found = told(
      try compare("health/hepatitis/real_train.csv", "health/hepatitis/synth_daib.csv"))
    #expect(found["fractions"]?.contains("Nausea/Vomting") == true)
  }

  @Test func `a holdout of later days is no measure and accuses nobody`() async throws {
    let prepared = try PreparedEvaluation(
      training: SharedData.read("stock/windows_real_train.csv", rows: 4_800),
      holdout: SharedData.read("stock/windows_real_holdout.csv.gz", rows: 2_400),
      options: EvaluationOptions(
        preset: .quick, threads: 2,
        metrics: [
          "fidelity.total-variation", "fidelity.cramers-v", "privacy.exact-match",
        ]))
    #expect(prepared.real.schema.columns.first?.kind == .identifier)
    let document = try await prepared.evaluate(
      synthetic: SharedData.read("stock/windows_ours_pca_gmm.csv.gz", rows: 2_400))
    #expect(document.findings.contains { $0.evidence["shifted"]?.booleanValue == true })
    #expect(document.answer(.looksReal)?.mark == .undecided)
    #expect(document.answer(.leaks)?.mark != .bad)
  }
}
