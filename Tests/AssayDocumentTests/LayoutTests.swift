import AssayDocument
import Foundation
import Testing

@Suite struct `The text of a document` {
  private func lines(_ document: EvaluationDocument) throws -> [String] {
    String(decoding: try document.json(), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func `ends with one new line`() throws {
    let bytes = try FullDocument.full.json()
    #expect(bytes.suffix(2) == Data("}\n".utf8))
    #expect(!bytes.contains(UInt8(ascii: "\r")))
  }

  @Test func `gives every score, column, finding and dimension a line`() throws {
    let document = FullDocument.full
    let lines = try lines(document)
    let entries = lines.filter { $0.hasPrefix("    {") }
    #expect(
      entries.count
        == document.scores.count + document.columns.count + document.findings.count
        + document.dimensions.count + document.metrics.count + document.baselines.count
        + document.power.count + document.diagnoses.count)
    for entry in entries {
      let json = entry.trimmingCharacters(in: CharacterSet(charactersIn: ", "))
      #expect(throws: Never.self) {
        try JSONDecoder().decode(DetailValue.self, from: Data(json.utf8))
      }
    }
  }

  @Test func `has the same content as without line breaks`() throws {
    let document = FullDocument.full
    #expect(
      try JSONDecoder().decode([String: DetailValue].self, from: document.json())
        == object(document))
  }

  @Test func `is not misled by marks inside texts`() throws {
    var document = FullDocument.sparse
    document.about = About([
      "a": "\\", "b\"[": "{\"x\": [1, 2]},\n\t\\\"", "c": "\u{1}\u{2028}é❤️/", "d": "", "e": ":",
    ])
    let read = try EvaluationDocument(json: document.json())
    #expect(read == document)
  }

  @Test func `sorts members, so that their order tells nothing`() throws {
    let names = try lines(FullDocument.full).filter { $0.hasPrefix("  \"") }
      .map { String($0.drop { $0 == " " }.prefix { $0 != ":" }) }
    #expect(names.count == 16)
    #expect(names == names.sorted())
  }

  @Test func `is short where lists are empty`() throws {
    #expect(try lines(FullDocument.sparse).contains("  \"about\": {},"))
    #expect(try lines(FullDocument.sparse).contains("  \"metrics\": [],"))
  }
}
