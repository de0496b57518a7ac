import Foundation
import Testing

/// What the program did.
struct Outcome: Sendable {
  var status: Int32
  var output: String
  var error: String
}

/// A folder that is gone when the test ends, and the built program run in it.
final class Workplace: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("assay-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The fixtures of this package.
  static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures")

  /// The built program, beside the tests.
  static func program() throws -> URL {
    var place = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = place.appendingPathComponent("assay")
      if FileManager.default.isExecutableFile(atPath: candidate.path), !candidate.hasDirectoryPath {
        return candidate
      }
      place = place.deletingLastPathComponent()
    }
    let debug = fixtures.deletingLastPathComponent().appendingPathComponent(".build/debug/assay")
    try #require(FileManager.default.isExecutableFile(atPath: debug.path), "assay is not built")
    return debug
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// The names in the folder, in order, without the streams of the runs.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Runs the program in the folder; with `words`, interrupts it once standard error holds them.
  func run(
    _ arguments: [String], environment: [String: String] = [:], input: String? = nil,
    output: String? = nil, interruptAt words: String? = nil
  ) async throws -> Outcome {
    let streams = FileManager.default.temporaryDirectory
      .appendingPathComponent("assay-streams-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: streams) }
    func stream(_ name: String, _ text: String = "") throws -> URL {
      let url = streams.appendingPathComponent(name)
      try Data(text.utf8).write(to: url)
      return url
    }
    let out = try output.map { URL(fileURLWithPath: $0) } ?? stream("out")
    let err = try stream("err")
    let process = Process()
    process.executableURL = try Self.program()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let inherited = ProcessInfo.processInfo.environment
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
      .merging(inherited.filter { $0.key == "LD_LIBRARY_PATH" }) { $1 }
      .merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: stream("in", input ?? ""))
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try process.run() } catch { done.resume(throwing: error) }
      if let words {
        // Waits for words, not for a time: the run has installed its handlers once it speaks.
        Task {
          while process.isRunning {
            let said = (try? Data(contentsOf: err)) ?? Data()
            if String(decoding: said, as: UTF8.self).contains(words) { return process.interrupt() }
            try? await Task.sleep(for: .milliseconds(10))
          }
        }
      }
    }
    let text = output == nil ? String(decoding: try Data(contentsOf: out), as: UTF8.self) : ""
    return Outcome(
      status: process.terminationStatus, output: text,
      error: String(decoding: try Data(contentsOf: err), as: UTF8.self))
  }
}

/// Small tables for whole runs.
enum SmallTables {
  /// Rows of an age, a sex, an income and a town, drawn by a fixed rule from a number.
  static func csv(rows: Int, from start: Int) -> String {
    var text = "age,sex,income,town\n"
    for row in 0..<rows {
      let mixed = UInt64(truncatingIfNeeded: start + row) &* 0x9E37_79B9_7F4A_7C15
      let bits = (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
      let age = 18 + bits >> 40 % 60
      let sex = bits >> 13 & 1 == 0 ? "F" : "M"
      let income = Double(1_000 + bits >> 20 % 4_000) / 10
      text += "\(age),\(sex),\(income),\(["Graz", "Linz", "Wien"][Int(bits >> 50 % 3)])\n"
    }
    return text
  }
}
