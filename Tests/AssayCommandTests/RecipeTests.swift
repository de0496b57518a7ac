import Foundation
import Testing

@testable import assay

/// The commands of the recipes and of the README, run as they are written.
@Suite struct `Commands that the documentation gives` {
  private static let root = Workplace.fixtures.deletingLastPathComponent()

  /// The lines of a recipe that call the program, without what the file puts around them.
  static func commands(_ file: String) throws -> [String] {
    let text = try String(
      contentsOf: root.appendingPathComponent("docs/ci/\(file)"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      var command = line.trimmingCharacters(in: .whitespaces)
      for prefix in ["run: ", "- ", "sh '"] where command.hasPrefix(prefix) {
        command = String(command.dropFirst(prefix.count))
      }
      if command.hasSuffix("'") { command = String(command.dropLast()) }
      return command.hasPrefix("assay ") ? command : nil
    }
  }

  private static let policy = """
    assay-policy: 1
    name: trial
    version: "1"
    requirements:
      - id: columns
        metric: fidelity.total-variation
        at-most: MARGIN
        severity: blocking
        reason: for the test
    """

  private static func workplace(margin: String) throws -> Workplace {
    let place = try Workplace()
    try FileManager.default.createDirectory(
      atPath: place.path("data"), withIntermediateDirectories: true)
    for (name, start) in [("real", 0), ("synthetic", 1_000), ("holdout", 5_000)] {
      try place.write(SmallTables.csv(rows: 230, from: start), to: "data/\(name).csv")
    }
    try place.write(policy.replacing("MARGIN", with: margin), to: "policy.yml")
    // What a test need not measure; the commands themselves stay as they are.
    try place.write("preset: quick\nmetrics: [total-variation]\nthreads: 1\n", to: "assay.yml")
    return place
  }

  private static func shell(
    _ command: String, in place: Workplace, environment: [String: String]
  ) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = place.folder
    let program = try Workplace.program().deletingLastPathComponent().path
    let inherited = ProcessInfo.processInfo.environment
    process.environment = ["PATH": "\(program):/usr/bin:/bin", "LANG": "C.UTF-8"]
      .merging(inherited.filter { $0.key == "LD_LIBRARY_PATH" }) { $1 }
      .merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private static let recipes: [(file: String, environment: [String: String], makes: [String])] = [
    (
      "github-actions.yml", ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "step.md"],
      ["assay.sarif", "junit.xml", "summary.md", "badge.svg", "step.md"]
    ),
    (
      "gitlab-ci.yml", ["GITLAB_CI": "true"],
      ["junit.xml", "gl-code-quality-report.json", "summary.md", "badge.svg"]
    ),
    ("Jenkinsfile", [:], ["junit.xml", "summary.md", "badge.svg"]),
  ]

  @Test(arguments: [0, 1, 2])
  func `of each recipe run, and make what it keeps`(index: Int) throws {
    let recipe = Self.recipes[index]
    let commands = try Self.commands(recipe.file)
    #expect(commands.count >= 2, "\(recipe.file)")
    let place = try Self.workplace(margin: "1")
    for command in commands {
      let status = try Self.shell(command, in: place, environment: recipe.environment)
      #expect(status == 0, "\(command)")
    }
    for file in recipe.makes + ["assay-report/report.html"] {
      #expect(place.exists(file), "\(recipe.file): \(file)")
    }
  }

  @Test(arguments: [0, 1, 2])
  func `of each recipe stop the pipeline where a requirement fails`(index: Int) throws {
    let recipe = Self.recipes[index]
    let place = try Self.workplace(margin: "-1")
    var statuses: [Int32] = []
    for command in try Self.commands(recipe.file) {
      statuses.append(try Self.shell(command, in: place, environment: recipe.environment))
    }
    #expect(statuses.count { $0 == 1 } == 1 && statuses.allSatisfy { $0 < 2 }, "\(statuses)")
    for file in recipe.makes { #expect(place.exists(file), "\(file) is there for whoever looks") }
  }

  @Test func `of the README are known to the program`() throws {
    let text = try String(
      contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    var isCode = false
    var commands: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isCode = line == "```" ? !isCode : true
      } else if isCode {
        let words = line.components(separatedBy: "#")[0]
        let command = words.replacing(".build/release/assay", with: "assay")
        if command.hasPrefix("assay ") { commands.append(command) }
      }
    }
    #expect(commands.count >= 4)
    let place = try Self.workplace(margin: "1")
    for (from, to) in [("real", "real"), ("synthetic", "synthetic"), ("holdout", "holdout")] {
      try place.write(try place.read("data/\(from).csv"), to: "\(to).csv")
    }
    #expect(
      try Self.shell(
        "assay real.csv synthetic.csv -q --json report.json", in: place, environment: [:]) == 0)
    for command in commands {
      let status = try Self.shell(command, in: place, environment: [:])
      #expect([0, 1, 2].contains(status), "\(command): \(status)")
    }
  }

  @Test func `the reference of metrics is what the program prints`() async throws {
    let place = try Workplace()
    let done = try await place.run(["metrics", "--markdown"])
    #expect(done.status == 0)
    let committed = try String(
      contentsOf: Self.root.appendingPathComponent("docs/metrics.md"), encoding: .utf8)
    let isSame = done.output == committed
    #expect(isSame, "run: assay metrics --markdown > docs/metrics.md")
    let both = try await place.run(["metrics", "--markdown", "--json"])
    #expect(both.status == 64)
  }

  @Test func `the pages name metrics that there are, and files that there are`() async throws {
    let place = try Workplace()
    let reference = try await place.run(["metrics", "--markdown"]).output
    let docs = Self.root.appendingPathComponent("docs")
    var names = 0
    for page in try FileManager.default.contentsOfDirectory(atPath: docs.path).sorted()
    where page.hasSuffix(".md") {
      let text = try String(contentsOf: docs.appendingPathComponent(page), encoding: .utf8)
      for match in text.matches(
        of: /`((?:privacy|fidelity|utility|fairness|diagnostics)\.[a-z0-9-]+)`/)
      where page != "a-metric-of-your-own.md" {
        names += 1
        #expect(reference.contains("`\(match.1)`, revision"), "\(page): \(match.1)")
      }
      for match in text.matches(of: /\]\(([^)#:]+)\)/) {
        let file = docs.appendingPathComponent(String(match.1)).path
        #expect(FileManager.default.fileExists(atPath: file), "\(page): \(match.1)")
      }
    }
    #expect(names > 150)
  }
}
