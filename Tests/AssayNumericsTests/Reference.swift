import Foundation
import Testing

/// Reference values made by trusted libraries, kept beside the package rather than in it.
///
/// The folder is `design/reference` under the path in `ASSAY_SHARED`, by default `../shared`.
enum Reference {
  static let folder: URL = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["ASSAY_SHARED"].map { URL(filePath: $0) }
      ?? root.appending(path: "../shared")
    return shared.appending(path: "design/reference").standardizedFileURL
  }()

  static let isPresent = FileManager.default.fileExists(
    atPath: folder.appending(path: "index.json").path)

  /// Shown when the tests are skipped.
  static let explanation: Comment =
    "the folder of reference values is absent: set ASSAY_SHARED to the folder that holds it"

  /// The cases of a function; none when the folder is absent.
  static func cases(_ group: String, _ function: String) -> [ReferenceCase] {
    guard isPresent,
      let data = try? Data(contentsOf: folder.appending(path: group + ".json")),
      let file = try? JSONDecoder().decode(File.self, from: data)
    else { return [] }
    return file.cases.filter { $0.function == function }
  }

  private struct File: Decodable {
    var cases: [ReferenceCase]
  }
}

/// One input with the numbers that a trusted library made of it.
struct ReferenceCase: Decodable, Sendable, CustomTestStringConvertible {
  var id: String
  var function: String
  var input: [String: ReferenceValue]
  var params: [String: ReferenceValue]
  var expected: [String: ReferenceValue]
  var tol: Double

  var testDescription: String { id }

  func number(_ key: String) -> Double { input[key]?.number ?? .nan }
  func count(_ key: String) -> Int { Int(number(key)) }
  func numbers(_ key: String) -> [Double] { input[key]?.numbers ?? [] }
  func rows(_ key: String) -> [[Double]] { input[key]?.array.map(\.numbers) ?? [] }
  func expected(_ key: String) -> ReferenceValue { expected[key] ?? .missing }

  /// Checks a value against the expected one of the same name.
  func expect(
    _ got: Double, _ key: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expect(got, expected(key).number, key, sourceLocation: sourceLocation)
  }

  /// Checks a value at the case's tolerance: absolute below 1, relative above.
  func expect(
    _ got: Double, _ want: Double, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(got - want) <= tol * max(1, abs(want)), "\(id) \(what): \(got) is not \(want)",
      sourceLocation: sourceLocation)
  }
}

/// A JSON value of a reference file; NaN and infinities are spelled as strings there.
enum ReferenceValue: Decodable, Sendable {
  case missing
  case number(Double)
  case flag(Bool)
  case text(String)
  case array([ReferenceValue])
  case object([String: ReferenceValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      let special: [String: Double] = ["NaN": .nan, "Infinity": .infinity, "-Infinity": -.infinity]
      self = special[value].map(Self.number) ?? .text(value)
    } else if let value = try? container.decode([ReferenceValue].self) {
      self = .array(value)
    } else if let value = try? container.decode([String: ReferenceValue].self) {
      self = .object(value)
    } else {
      self = .missing
    }
  }

  var number: Double { if case .number(let value) = self { value } else { .nan } }
  var array: [ReferenceValue] { if case .array(let value) = self { value } else { [] } }
  var numbers: [Double] { array.map(\.number) }
  var object: [(key: String, value: ReferenceValue)] {
    if case .object(let value) = self { value.sorted { $0.key < $1.key } } else { [] }
  }
}
