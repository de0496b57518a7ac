import AssayTable
import Testing

@testable import assay

@Suite struct `Settings from three sources` {
  @Test func `a flag outranks the environment, which outranks the file`() {
    var flags = SettingsLayer()
    var environment = SettingsLayer()
    var file = SettingsLayer()
    flags.seed = 1
    environment.seed = 2
    environment.threads = 3
    file.seed = 4
    file.threads = 5
    file.budget = 6
    let merged = SettingsLayer.merged([flags, environment, file])
    #expect(merged.seed == 1)
    #expect(merged.threads == 3)
    #expect(merged.budget == 6)
  }

  @Test func `a list is taken whole from the highest layer that has it`() {
    var flags = SettingsLayer()
    var file = SettingsLayer()
    flags.target = ["a"]
    file.target = ["b", "c"]
    file.exclude = ["d"]
    let merged = SettingsLayer.merged([flags, SettingsLayer(), file])
    #expect(merged.target == ["a"])
    #expect(merged.exclude == ["d"])
  }

  @Test func `roles and statements are merged name by name`() {
    var flags = SettingsLayer()
    var file = SettingsLayer()
    flags.roles = ["age": [.sensitive]]
    file.roles = ["age": [.target], "zip": [.quasiIdentifier]]
    file.about = ["title": "May"]
    let merged = SettingsLayer.merged([flags, file])
    #expect(merged.roles == ["age": [.sensitive], "zip": [.quasiIdentifier]])
    #expect(merged.about == ["title": "May"])
  }

  @Test func `an output flag replaces every output of the file`() throws {
    var flags = SettingsLayer()
    var file = SettingsLayer()
    flags.files[.json] = "-"
    file.output = "reports"
    file.files[.html] = "page.html"
    let plan = try Settings(.merged([flags, file]), defaultThreads: 1).output()
    #expect(plan.folder == nil)
    #expect(plan.targets == [.init(format: .json, path: "-")])
  }

  @Test func `merging nothing gives nothing, and one layer itself`() {
    #expect(SettingsLayer.merged([]) == SettingsLayer())
    var layer = SettingsLayer()
    layer.real = "a"
    layer.quiet = true
    layer.color = .never
    layer.format = [.csv]
    #expect(SettingsLayer.merged([layer]) == layer)
    #expect(SettingsLayer.merged([SettingsLayer(), layer]) == layer)
  }

  @Test(arguments: SettingKey.allCases)
  func `every setting passes from the file through merging`(_ key: SettingKey) throws {
    let values: [SettingKey: String] = [
      .delimiter: "tab", .header: "true", .decimalMark: "comma", .dateOrder: "dmy",
      .role: "a=target", .targets: "all", .preset: "quick", .budget: "2.5", .privacyBudget: "2",
      .audience: "external",
      .ci: "github", .asOf: "2026-05-31", .baselines: "yes", .power: "true", .approximate: "yes",
      .strict: "true",
      .strictRepresentation: "yes", .format: "html", .seed: "7", .threads: "2", .quiet: "on",
      .verbose: "true", .color: "never",
    ]
    let value = values[key] ?? "word"
    let layer = try ConfigurationFile.layer(yaml: "\(key.rawValue): \(value)\n", file: "assay.yml")
    #expect(layer != SettingsLayer(), "\(key.rawValue) is not read")
    #expect(SettingsLayer.merged([SettingsLayer(), layer]) == layer, "\(key.rawValue) is lost")
    let same = try EnvironmentSettings.layer([key.variable: value])
    #expect(same == layer, "the environment reads \(key.rawValue) otherwise")
  }

  @Test func `a misspelt variable is an error that names the right one`() throws {
    let error = #expect(throws: DataError.self) {
      try EnvironmentSettings.layer(["ASSAY_SEDE": "7", "ASSAY_HOLD_OUT": "h.csv"])
    }
    #expect(
      error?.problems == [
        "unknown variable 'ASSAY_HOLD_OUT'; did you mean 'ASSAY_HOLDOUT'?",
        "unknown variable 'ASSAY_SEDE'; did you mean 'ASSAY_SEED'?",
      ])
    let others = ["ASSAY_SHARED": "x", "ASSAY_WARNINGS_AS_ERRORS": "1", "SEDE": "7"]
    #expect(try EnvironmentSettings.layer(others) == SettingsLayer())
  }

  @Test func `every problem of a file is named with its line, at once`() throws {
    let yaml = """
      version: 2
      taget: income
      preset: fast
      roles:
        age: quasi
      about:
        titel: x
      seed: -1
      """
    let error = #expect(throws: DataError.self) {
      try ConfigurationFile.layer(yaml: yaml, file: "assay.yml")
    }
    let problems = try #require(error?.problems)
    #expect(problems.count == 6)
    #expect(problems[0] == "assay.yml:1: version must be 1")
    #expect(problems[1] == "assay.yml:2: unknown key 'taget'; did you mean 'target'?")
    #expect(problems[2].hasPrefix("assay.yml:3: unknown preset 'fast'"))
    #expect(problems[3].hasPrefix("assay.yml:5: unknown role 'quasi'"))
    #expect(problems[4] == "assay.yml:7: unknown key 'titel'; did you mean 'title'?")
    #expect(problems[5].hasPrefix("assay.yml:8: the seed"))
  }

  @Test func `statements that have no place of their own are carried, near misses are not`() throws
  {
    let yaml = "about: {title: May, dpClaim: epsilon 1, ticket: DS-17}"
    let layer = try ConfigurationFile.layer(yaml: yaml, file: "assay.yml")
    #expect(layer.about == ["title": "May", "dpClaim": "epsilon 1", "ticket": "DS-17"])
    for wrong in ["generatr: x", "audience: external", "title: [a]"] {
      #expect(throws: DataError.self) {
        try ConfigurationFile.layer(yaml: "about: {\(wrong)}", file: "assay.yml")
      }
    }
  }

  @Test func `paths are relative to the file that holds them`() throws {
    let layer = try ConfigurationFile.layer(
      yaml: "real: a.csv\nholdout: /data/h.csv\njson: \"-\"\n", file: "runs/may/assay.yml")
    #expect(layer.real == "runs/may/a.csv")
    #expect(layer.holdout == "/data/h.csv")
    #expect(layer.files[.json] == "-")
  }

  @Test func `a role's column may hold an equals sign`() throws {
    let roles = try SettingValue.roles(["a=b=target", "c=sensitive", "c=quasi-identifier"])
    #expect(roles == ["a=b": [.target], "c": [.sensitive, .quasiIdentifier]])
  }

  @Test func `an empty file says nothing`() throws {
    #expect(try ConfigurationFile.layer(yaml: "", file: "assay.yml") == SettingsLayer())
    #expect(try ConfigurationFile.layer(yaml: "# words\n", file: "assay.yml") == SettingsLayer())
  }

  @Test(arguments: [
    "- a", "real: [a, b]", "real: {a: b}", "seed: x", "format: []", "a: [", "roles: 3",
  ])
  func `a file of another shape is an error, not a crash`(_ yaml: String) {
    #expect(throws: DataError.self) {
      try ConfigurationFile.layer(yaml: yaml, file: "assay.yml")
    }
  }
}
