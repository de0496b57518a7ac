import AssayDocument
import Foundation
import Testing

/// The package that the tutorial builds, run as the tutorial says.
@Suite struct `The program of the tutorial` {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The built program, beside the tests.
  private static func program() throws -> URL {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = folder.appending(path: "judge")
      if FileManager.default.isExecutableFile(atPath: candidate.path(percentEncoded: false)) {
        return candidate
      }
      folder = folder.deletingLastPathComponent()
    }
    let debug = root.appending(path: ".build/debug/judge")
    try #require(
      FileManager.default.isExecutableFile(atPath: debug.path(percentEncoded: false)),
      "judge is not built")
    return debug
  }

  /// Ages of which every `every`-th is rounded to tens, none for 0, and incomes that tell rows apart.
  private static func ages(_ rows: Int, roundedEvery every: Int, from start: Int) -> String {
    var lines = "age,income\n"
    for row in start..<(start + rows) {
      let age = 18 + row * 29 % 63
      let given = every > 0 && row % every == 0 ? (age + 5) / 10 * 10 : age
      lines += "\(given),\(row * 7_919 % 40_009)\n"
    }
    return lines
  }

  /// Runs the program on tables of ages.
  ///
  /// - Returns: Its status, what it said, and the document that it left.
  private static func run(
    synthetic: String, metrics: [String] = ["fidelity.round-numbers"]
  ) throws -> (status: Int32, said: String, document: EvaluationDocument) {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "assay-tutorial-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tables = [
      "training.csv": ages(1_260, roundedEvery: 2, from: 0),
      "holdout.csv": ages(630, roundedEvery: 2, from: 5_000), "synthetic.csv": synthetic,
    ]
    for (name, text) in tables {
      try text.write(to: folder.appending(path: name), atomically: false, encoding: .utf8)
    }
    let policy = root.appending(path: "Examples/heaping/policy.yml").path(percentEncoded: false)
    let process = Process()
    process.executableURL = try program()
    process.currentDirectoryURL = folder
    process.arguments = ["training.csv", "holdout.csv", "synthetic.csv", policy] + metrics
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let report = try Data(contentsOf: folder.appending(path: "report.json"))
    return (
      process.terminationStatus, String(decoding: said, as: UTF8.self),
      try EvaluationDocument(json: report)
    )
  }

  /// Planted truth: half of the real ages are rounded, and none of the synthetic ones.
  @Test func `fails ages that were smoothed, and writes the metric into the document`() throws {
    let smooth = try Self.run(synthetic: Self.ages(1_260, roundedEvery: 0, from: 9_000))
    #expect(smooth.status == 1, "\(smooth.said)")
    #expect(smooth.document.verdict.status == .failed)
    #expect(smooth.document.descriptor("fidelity.round-numbers")?.title == "Round numbers")
    let score = try #require(
      smooth.document.scores(of: "fidelity.round-numbers").first {
        $0.subject.columns == ["age"] && $0.against == .training
      })
    // Of 63 equally frequent ages 7 are multiples of ten; rounded ones all are.
    #expect(abs(try #require(score.value) - 0.5 * 56 / 63) < 0.01)
    #expect(smooth.said.contains("round-numbers: failed, "))
  }

  @Test func `passes fresh real rows`() throws {
    let fresh = try Self.run(synthetic: Self.ages(1_260, roundedEvery: 2, from: 9_000))
    #expect(fresh.status == 0, "\(fresh.said)")
    #expect(fresh.document.verdict.status == .passed)
  }
}
