import Foundation
import Testing

@testable import AssayEvaluation

@Suite struct `Words for readers outside` {
  private static let names = [
    "age": "column 1", "age of owner": "column 2", "rows": "column 3", "two\nlines": "column 4",
    "<script>": "column 5", "it's|a=b": "column 6", "": "column 7", "Hours per week": "column 8",
    "column 1": "column 9",
  ]

  private static let words = WordsForOutsiders(
    names: names, tables: ["mine.csv": "real"], ordinary: OrdinaryWords(),
    numbers: NumbersInText(k: 10, labels: []))

  @Test(arguments: [
    ("age of owner and age", "column 2 and column 1"),
    ("agent, age_group, AGE-5", "agent, age_group, column 1-5"),
    ("'two\nlines' in <script> of mine.csv", "'column 4' in column 5 of real"),
    ("assay --target 'it'\\''s|a=b'", "assay --target 'column 6'"),
    ("columns 'rows' and 'age'", "columns 'column 3' and 'column 1'"),
    ("20 % of the rows differ", WordsForOutsiders.withheld),
    ("'hours.per.week' is written otherwise", "'column 8' is written otherwise"),
    ("'column 1' is AGE", "'column 9' is column 1"),
    ("nothing 'to' say; ''", "nothing 'to' say; 'column 7'"),
  ])
  func `names are replaced as whole words, once`(_ text: String, _ shown: String) {
    #expect(Self.words.shown(text, as: .sentence) == shown)
  }

  @Test func `what is no sentence is never left out`() {
    #expect(
      Self.words.shown("rows = yes and age under 28", as: .segment)
        == "column 3 = yes and column 1 under 28")
    #expect(Self.words.shown("rows of age", as: .label) == "rows of column 1")
    #expect(Self.words.shown("rows", as: .name) == "column 3")
    #expect(Self.words.shown("", as: .name) == "column 7")
  }

  @Test func `a key names columns alike again, and another key otherwise`() throws {
    let columns = Set((1...12).map { "name \($0)" } + ["column 3", "COLUMN 4"])
    var key = AudienceKey(bytes: (0..<32).map { UInt8($0) })
    key.name(columns)
    var again = try AudienceKey(json: key.json())
    #expect(again == key)
    again.name(columns.union(["new"]))
    #expect(again.entries.prefix(key.entries.count) == key.entries[...])
    #expect(again.entries.last?.name == "new")
    let outside = Set(again.entries.map(\.outside))
    #expect(outside.count == again.entries.count)
    #expect(!outside.contains("column 3") && !outside.contains("column 4"))
    var other = AudienceKey(bytes: (1...32).map { UInt8($0) })
    other.name(columns)
    #expect(other.entries.map(\.name) != key.entries.map(\.name))
    #expect(other.digest("x") != key.digest("x"))
    #expect(AudienceKey() != AudienceKey())
  }

  @Test(arguments: [
    "", "{}", #"{"version":2,"key":"","columns":[]}"#, #"{"version":1,"key":"00","columns":[]}"#,
  ])
  func `what is no key is told`(_ text: String) {
    #expect(throws: AudienceKey.Unreadable.self) { try AudienceKey(json: Data(text.utf8)) }
  }
}
