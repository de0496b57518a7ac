import AssayDocument
import Foundation
import Testing

/// Runs the validator that other people run, on documents that are sound and on damaged ones.
///
/// It needs `python3` with its package `jsonschema`, which `Scripts/setup --test-tools` installs.
@Suite(
  .enabled(
    if: Validator.isHere,
    "python3 has no package jsonschema here; Scripts/setup --test-tools installs it"))
struct `The schema and Scripts/validate` {
  @Test func `find no fault with the document of version 1, and know all of its members`() throws {
    let golden = Project.golden("document-1.json").path(percentEncoded: false)
    let result = try Validator.run(["--closed", golden])
    #expect(result.output == "\(golden): sound\n")
    #expect(result.status == 0)
  }

  @Test(arguments: FullDocument.allCases)
  func `find no fault with what is written`(sample: FullDocument) throws {
    var document = sample.document
    document.metrics = [FullDocument.descriptor, FullDocument.exactMatch]
    let result = try Validator.check([document.json()])
    #expect(result.status == 0, "\(result.output)")
  }

  /// One change to the text of the golden, and what is said of it.
  static let damages = [
    (#""unit":"share","value":0.125"#, #""unit":"share""#, "scores[0]: 'value' is a required"),
    (#""k": 10"#, #""k": 0"#, "plan.k: 0 is less than the minimum of 1"),
    (#""status":"measured""#, #""status":"failed""#, "scores[0].value: 0.125 is not of type"),
    (#""dimension":"fidelity""#, #""dimension":"beauty""#, "findings[0].dimension: 'beauty'"),
    (#""name":"train.csv""#, #""name":"/home/x/train.csv""#, "inputs.training.name"),
    (#""lower":0.1,"#, #""lower":0.126,"#, "scores[0].interval: the value 0.125 lies outside"),
    (#""lower":0.1,"#, #""lower":0.2,"#, "scores[0].interval: the lower end is above"),
    (#""lower":0.105"#, #""lower":0.2"#, "scores[0].bounds: the lower bound is above"),
    (#""normalised":0.8"#, #""normalised":0.7"#, "scores[0].normalised: is 0.7"),
    (#""normalised":0.8"#, #""normalised":null"#, "scores[0].normalised: is None"),
    (#""adjusted":0.002"#, #""adjusted":0.0002"#, "scores[0].test: the adjusted p-value"),
    (#""training":[0,0.75"#, #""training":[0,0.5"#, "columns[0].profile.training: the shares"),
    (#""training":[0,0.75,"#, #""training":[0.75,"#, "columns[0].profile.training: has another"),
    (#""training":3500"#, #""training":3501"#, "scores[0].n.training: is 3501"),
    (#""columns":["age"],"facet""#, #""columns":["x"],"facet""#, "dimensions[0].worst: the column"),
    (#""columns":["age"]}"#, #""columns":["x"]}"#, "findings[0].subject: the column 'x'"),
    (#""measured":1,"#, #""measured":0,"#, "dimensions[0].counts.measured: is 0"),
    (#""unit":"share","value":0.125"#, #""unit":"share","value":NaN"#, "NaN is not JSON"),
    (#""k": 10"#, #""k": 10, "k": 10"#, "a member is there twice: k"),
    (#""shares":[0.75]"#, #""shares":[0.75,0.1]"#, "plane.sides[1]: has another number"),
    (#""shares":[0.75]"#, #""shares":[0.001]"#, "plane.sides[1]: a share of 0.001 of 3000 rows"),
    (#""shares":[null,0.75]"#, #""shares":[0.75]"#, "pairs[0].sides[2]: has 1 shares of 2"),
    (#""cells":[0,9]"#, #""cells":[0,64]"#, "plane.sides[0]: has a cell beyond the last"),
  ]

  @Test func `name what is wrong and where`() throws {
    let text = try String(contentsOf: Project.golden("document-1.json"), encoding: .utf8)
    let documents = try Self.damages.map { old, new, _ in
      let range = try #require(text.range(of: old), "\(old)")
      return Data(text.replacingCharacters(in: range, with: new).utf8)
    }
    let result = try Validator.check(documents)
    #expect(result.status == 1)
    for (index, damage) in Self.damages.enumerated() {
      let lines = result.output.split(separator: "\n").filter { $0.contains("/\(index).json: ") }
      #expect(lines.contains { $0.contains(damage.2) }, "\(damage.2), not \(lines)")
    }
  }

  @Test func `name scores that share a key`() throws {
    var document = FullDocument.full
    document.scores.append(FullDocument.bareScore)
    let result = try Validator.check([document.json()])
    #expect(result.output.contains("scores[3]: has the same key as scores[1]"))
    #expect(result.status == 1)
  }

  @Test func `let members of later versions pass, unless they are told not to`() throws {
    let text = try String(contentsOf: Project.golden("document-1.json"), encoding: .utf8)
      .replacing(#""facet":"marginal""#, with: #""facet":"marginal","later":1"#)
    #expect(try Validator.check([Data(text.utf8)]).status == 0)
    #expect(try Validator.check([Data(text.utf8)], ["--closed"]).status == 1)
  }

  @Test func `tell a wrong call and a missing file by their status`() throws {
    #expect(try Validator.run([]).status == 64)
    #expect(try Validator.run(["--unknown"]).status == 64)
    #expect(try Validator.run(["/nowhere/document.json"]).status == 66)
  }
}

/// The validator as a person calls it.
enum Validator {
  static let isHere = (try? start(["python3", "-c", "import jsonschema"]).status) == 0

  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let script = Project.root.appending(path: "Scripts/validate").path(percentEncoded: false)
    return try start(["python3", "-B", script] + arguments)
  }

  /// Checks documents as files that are named by their place in the list.
  static func check(
    _ documents: [Data], _ options: [String] = []
  ) throws -> (status: Int32, output: String) {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "assay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try documents.enumerated().map { index, bytes in
      let file = folder.appending(path: "\(index).json")
      try bytes.write(to: file)
      return file.path(percentEncoded: false)
    }
    return try run(options + files)
  }

  private static func start(_ words: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
