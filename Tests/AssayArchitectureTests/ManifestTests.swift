import Foundation
import Testing

/// The manifest keeps to the directions that CONTRIBUTING.md states.
@Suite struct `The manifest` {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// What each target may depend on: the plan of the house.
  private static let allowed: [String: Set<String>] = [
    "AssayFiles": ["CZlib", "CZstd", "CSodium"],
    "AssayDocument": [],
    "AssayNumerics": ["CGSL", "CLanes", "COpenBLAS", "CXGBoost"],
    "AssayTable": ["AssayFiles", "AssayDocument", "AssayNumerics", "Yams"],
    "AssayMetrics": ["AssayDocument", "AssayNumerics", "AssayTable"],
    "AssayPrivacy": ["AssayDocument", "AssayMetrics", "AssayNumerics", "AssayTable"],
    "AssayUtility": ["AssayDocument", "AssayMetrics", "AssayNumerics", "AssayTable"],
    "AssayDiagnosis": ["AssayDocument"],
    "AssayFairness": [
      "AssayDocument", "AssayMetrics", "AssayNumerics", "AssayTable", "AssayUtility",
    ],
    "AssayEvaluation": [
      "AssayDiagnosis", "AssayDocument", "AssayFairness", "AssayFiles", "AssayMetrics",
      "AssayNumerics", "AssayPrivacy", "AssayTable", "AssayUtility", "Yams",
    ],
    "AssayReport": ["AssayDocument"],
    "AssayTestKit": [
      "AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayNumerics", "AssayTable",
    ],
    "assay": [
      "AssayDocument", "AssayEvaluation", "AssayFiles", "AssayMetrics", "AssayNumerics",
      "AssayPrivacy", "AssayReport", "AssayTable", "AssayTestKit", "ArgumentParser", "Logging",
      "Yams",
    ],
    "assay-calibrate": [
      "AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayNumerics", "AssayPrivacy",
      "AssayTable", "AssayTestKit",
    ],
    "assay-fuzz": ["AssayFiles", "AssayTable"],
    "judge": ["AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayNumerics", "AssayTable"],
    "CGSL": [], "CLanes": [], "COpenBLAS": [], "CZlib": [], "CZstd": [], "CSodium": [],
    "CXGBoost": [],
  ]

  private struct Manifest: Decodable {
    struct Target: Decodable {
      var name: String
      var type: String
      var dependencies: [[String: [Part?]]]
    }

    /// A name, or a condition that plays no part here.
    struct Part: Decodable {
      var name: String?

      init(from decoder: any Decoder) throws {
        name = try? decoder.singleValueContainer().decode(String.self)
      }
    }

    var targets: [Target]
  }

  private static func manifest() throws -> Manifest {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let scratch = FileManager.default.temporaryDirectory.appending(
      path: "assay-manifest-\(ProcessInfo.processInfo.processIdentifier)")
    process.arguments = [
      "swift", "package", "--package-path", root.path(percentEncoded: false), "--scratch-path",
      scratch.path(percentEncoded: false), "dump-package",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    // Nothing but a cache is in it.
    try? FileManager.default.removeItem(at: scratch)
    return try JSONDecoder().decode(Manifest.self, from: data)
  }

  @Test func `keeps to the plan of the house`() throws {
    let targets = try Self.manifest().targets.filter { $0.type != "test" }
    #expect(Set(targets.map(\.name)) == Set(Self.allowed.keys))
    for target in targets {
      let found = Set(target.dependencies.flatMap(\.values).compactMap { $0.first??.name })
      let allowed = try #require(Self.allowed[target.name])
      #expect(found.subtracting(allowed).isEmpty, "\(target.name) depends on too much")
    }
  }

  @Test func `and CONTRIBUTING name the same targets`() throws {
    let text = try String(
      contentsOf: Self.root.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
    for name in Self.allowed.keys where name.hasPrefix("Assay") {
      #expect(text.contains("| `\(name)` |"), "\(name) is not in the table")
    }
  }

  @Test func `lets one file alone import each numerical library`() throws {
    let folder = Self.root.appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var importers: [String: [String]] = [:]
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for library in ["CGSL", "CLanes", "COpenBLAS", "CZlib", "CZstd", "CSodium", "CXGBoost"]
      where text.split(separator: "\n").contains(where: { $0.hasSuffix("import \(library)") }) {
        importers[library, default: []].append(file.lastPathComponent)
      }
    }
    for (library, files) in importers {
      #expect(files.count == 1, "\(library) is imported by \(files.sorted())")
    }
    #expect(importers.count == 7)
  }
}
