/// The parts of a SARIF 2.1.0 log that are written.
///
/// Source: OASIS (2020), Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
struct SARIFLog: Encodable {
  struct Text: Encodable { var text: String }

  struct Configuration: Encodable { var level: String }

  struct Rule: Encodable {
    var id: String
    var shortDescription: Text
    var defaultConfiguration: Configuration
  }

  struct Driver: Encodable {
    var name: String
    var version: String
    var rules: [Rule]
  }

  struct Tool: Encodable { var driver: Driver }

  struct Artifact: Encodable {
    var uri: String
    var uriBaseId: String?
  }

  struct Region: Encodable { var startLine: Int }

  struct PhysicalLocation: Encodable {
    var artifactLocation: Artifact
    var region: Region
  }

  struct LogicalLocation: Encodable {
    var name: String
    var kind: String
  }

  struct Location: Encodable {
    var physicalLocation: PhysicalLocation
    var logicalLocations: [LogicalLocation]?
  }

  struct Suppression: Encodable {
    var kind = "external"
    var status = "accepted"
    var justification: String
  }

  struct Result: Encodable {
    var ruleId: String
    var ruleIndex: Int
    var level: String
    var message: Text
    var locations: [Location]
    var partialFingerprints: [String: String]
    var suppressions: [Suppression]?
  }

  struct Notification: Encodable {
    var level: String
    var message: Text
  }

  struct Invocation: Encodable {
    var executionSuccessful: Bool
    var toolExecutionNotifications: [Notification]
  }

  struct Automation: Encodable { var id: String }

  struct Run: Encodable {
    var tool: Tool
    var automationDetails: Automation
    var invocations: [Invocation]
    var columnKind = "unicodeCodePoints"
    var results: [Result]
  }

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  var schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  var version = "2.1.0"
  var runs: [Run]
}
