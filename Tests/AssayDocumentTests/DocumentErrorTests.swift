import AssayDocument
import Foundation
import Testing

@Suite struct `A document that cannot be read` {
  private func failure(_ bytes: Data) -> DocumentError? {
    do throws(DocumentError) {
      _ = try EvaluationDocument(json: bytes)
      return nil
    } catch {
      return error
    }
  }

  /// The full document with one change to its text.
  private func failure(replacing old: String, with new: String) throws -> DocumentError? {
    let text = String(decoding: try FullDocument.full.json(), as: UTF8.self)
    let range = try #require(text.range(of: old))
    return failure(Data(text.replacingCharacters(in: range, with: new).utf8))
  }

  @Test(arguments: ["", " ", "{", "nope", "{}x", "<!doctype html>", "a,b\n1,2\n", "{\"a\":NaN}"])
  func `is told when it is not JSON`(text: String) {
    #expect(failure(Data(text.utf8)) == DocumentError(.notADocument, "the file is not JSON"))
  }

  @Test func `is told when it is no text at all`() {
    #expect(failure(Data([0x1F, 0x8B, 0x08, 0x00, 0xFF]))?.code == .notADocument)
  }

  @Test(arguments: ["[]", "[1,2]", "\"x\"", "1", "true", "null"])
  func `is told when it is JSON but no object`(text: String) {
    #expect(
      failure(Data(text.utf8))
        == DocumentError(
          .notADocument, "this JSON is not an object: it was not written by assay"))
  }

  @Test(arguments: [
    "{}", #"{"scores":[]}"#, #"{"schemaVersion":1}"#, #"{"schemaVersion":7,"tool":{}}"#,
    #"{"schemaVersion":7,"tool":{"name":"other"}}"#,
    #"{"schemaVersion":0,"tool":{"name":"assay"}}"#,
    #"{"schemaVersion":null,"tool":{"name":"assay"}}"#, #"{"tool":{"name":"assay"}}"#,
  ])
  func `is told from JSON of another program, whatever its version`(text: String) {
    #expect(
      failure(Data(text.utf8))
        == DocumentError(
          .notADocument,
          "this JSON has no schemaVersion with a tool named assay: it was not written by assay"))
  }

  @Test func `is told when a later assay wrote it, even if the rest has another shape`() {
    #expect(
      failure(Data(#"{"schemaVersion":2,"tool":{"name":"assay"},"scores":{}}"#.utf8))
        == DocumentError(
          .newerSchema,
          "the document has schema version 2; this assay reads up to 1: install a newer assay"))
  }

  @Test(
    "names the member that is missing",
    arguments: [
      (#""seed":"#, #""sead":"#, "plan.seed"), (#""verdict":"#, #""verdikt":"#, "verdict"),
      (#""pValue":"#, #""p":"#, "scores[0].test.pValue"),
    ])
  func missing(old: String, new: String, path: String) throws {
    #expect(
      try failure(replacing: old, with: new)
        == DocumentError(.malformed, "member \(path) is missing"))
  }

  @Test(
    "names the member that has the wrong type",
    arguments: [
      (#""k":10"#, #""k":"ten""#, "plan.k"), (#""k":10"#, #""k":null"#, "plan.k"),
      (#""status":"measured""#, #""status":1"#, "scores[0].status"),
      (#""schemaVersion": 1"#, #""schemaVersion": "1""#, "schemaVersion"),
    ])
  func wrongType(old: String, new: String, path: String) throws {
    let (old, new) = (
      old.replacing("\"k\":", with: "\"k\": "), new.replacing("\"k\":", with: "\"k\": ")
    )
    #expect(
      try failure(replacing: old, with: new)
        == DocumentError(.malformed, "member \(path) has the wrong type"))
  }

  @Test func `names the member whose word is not known`() throws {
    #expect(
      try failure(replacing: #""status":"measured""#, with: #""status":"guessed""#)
        == DocumentError(.malformed, "member scores[0].status cannot be read"))
  }

  @Test(arguments: [("\"seed\": 18446744073709551615", "\"seed\": -1"), ("0.125", "1e999")])
  func `is told when a number does not fit`(old: String, new: String) throws {
    #expect(
      try failure(replacing: old, with: new)
        == DocumentError(.malformed, "a number of the document does not fit where it stands"))
  }

  @Test func `shows its message when it is printed`() {
    #expect(DocumentError(.malformed, "member a is missing").description == "member a is missing")
    #expect(DocumentError.Code.newerSchema.description == "newerSchema")
  }
}
