import Testing

@testable import assay

@Suite struct `Where output goes` {
  @Test func `without any flag everything goes into the standard folder`() throws {
    let plan = try OutputPlan(folder: nil, formats: nil, targets: [])
    #expect(plan.folder == "assay-report")
    #expect(plan.formats == ReportFormat.standard)
  }

  @Test func `a named file stands alone`() throws {
    let plan = try OutputPlan(
      folder: nil, formats: nil, targets: [.init(format: .html, path: "a.html")])
    #expect(plan.folder == nil)
    #expect(plan.formats.isEmpty)
  }

  @Test func `a named file stands beside a folder that is named too`() throws {
    let plan = try OutputPlan(
      folder: "out", formats: [.csv], targets: [.init(format: .html, path: "a.html")])
    #expect(plan.folder == "out")
    #expect(plan.formats == [.csv])
  }

  @Test func `standard output carries one format at most`() {
    #expect(throws: UsageError.self) {
      try OutputPlan(
        folder: nil, formats: nil,
        targets: [.init(format: .html, path: "-"), .init(format: .json, path: "-")])
    }
  }

  @Test func `formats may be separated by commas or repeated`() throws {
    #expect(try SettingValue.formats(["html,md", "json", "html"]) == [.html, .markdown, .json])
    #expect(throws: SettingProblem.self) { try SettingValue.formats(["docx"]) }
    #expect(throws: SettingProblem.self) { try SettingValue.formats([","]) }
  }
}
