import AssayDocument
import Foundation

@testable import AssayReport

/// Documents with every kind of outcome, and with names that try to break out.
enum PipelineSample {
  static let place = PolicyPlace(
    file: "ci/policy.yml", lines: ["structure": 7, "relations": 12, "nearness": 20])

  static func requirement(
    _ id: String, _ status: Verdict.Status, severity: String = "blocking",
    why: String = "0.48, at most 0.5; the margin is 0.8", waiver: String? = nil,
    columns: [String] = []
  ) -> Verdict.Requirement {
    Verdict.Requirement(
      id: id, status: status, severity: severity, subject: Subject(columns: columns),
      compared: "fidelity: place, at least 0.8", bound: 0.5, margin: 0.8, why: why,
      command: "assay evaluate a.csv b.csv", waiver: waiver)
  }

  /// One passed, one failed for each of two columns, one undecided, one waived.
  static func judged(advisory: Bool = false) -> EvaluationDocument {
    var document = SampleDocument.adult()
    document.verdict = Verdict(
      policy: .init(name: "release", version: "1.2", hash: "00"), advisory: advisory,
      asOf: "2026-05-31", status: .failed, answers: document.verdict.answers,
      requirements: [
        requirement("structure", .passed),
        requirement("relations (age)", .failed, columns: ["age"]),
        requirement("relations (sex)", .failed, severity: "major", columns: ["sex"]),
        requirement("nearness", .undecided),
        requirement("weak", .undecided, severity: "minor"),
        requirement("copies", .failed, waiver: "Ada: known (until 2026-05-31)"),
      ])
    return document
  }

  /// Every text is hostile.
  static var hostile: EvaluationDocument {
    var document = HostileNames.document
    document.verdict = Verdict(
      policy: .init(name: HostileNames.all[0], version: HostileNames.all[1], hash: "00"),
      advisory: false, status: .failed, answers: document.verdict.answers,
      requirements: HostileNames.all.enumerated().map { index, name in
        requirement(
          "each (\(name))", index.isMultiple(of: 2) ? .failed : .undecided,
          severity: name.isEmpty ? "other" : name,
          why: HostileNames.all.joined(separator: "\u{FFFF}"),
          waiver: index % 5 == 4 ? name : nil, columns: [name])
      })
    return document
  }

  /// More remarks than any list takes.
  static var crowded: EvaluationDocument {
    var document = judged()
    document.verdict.requirements += (0..<1_500).map {
      requirement("many (column \($0))", .failed)
    }
    return document
  }
}

/// Runs the validator of JSON Schema for Python.
enum SchemaCheck {
  static let isHere = (try? run(["-c", "import jsonschema"]))?.status == 0

  /// What is wrong with a JSON text under a schema of this folder; empty where it is sound.
  static func problems(_ bytes: [UInt8], _ schema: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID()).json")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let schemas = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Schemas/\(schema)")
    let script = """
      import json, sys, jsonschema
      schema, document = (json.load(open(p, encoding="utf-8")) for p in sys.argv[1:])
      validator = jsonschema.Draft202012Validator
      validator.check_schema(schema)
      for error in validator(schema).iter_errors(document):
          print(error.json_path, error.message[:300])
      """
    let done = try run(
      ["-c", script, schemas.path(percentEncoded: false), file.path(percentEncoded: false)])
    return done.status == 0 ? done.output : "status \(done.status): \(done.output)"
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
