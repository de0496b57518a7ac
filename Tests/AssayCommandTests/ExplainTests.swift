import Foundation
import Testing

@testable import assay

@Suite struct `assay explain` {
  /// A real table of two related columns, and one whose rows were taken apart.
  private func report(_ place: Workplace) async throws {
    func rows(_ start: Int, apart: Bool) -> String {
      var text = "age,sex,\"pay, gross\"\n"
      for row in 0..<400 {
        let mixed = UInt64(truncatingIfNeeded: start + row) &* 0x9E37_79B9_7F4A_7C15
        let bits = (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
        let sex = bits >> 13 & 1
        let other = apart ? bits >> 17 & 1 : sex
        let age = Int(20 + bits >> 40 % 20 + 20 * sex)
        let pay = Int(100 * other + bits >> 20 % 120)
        text += "\(age),\(sex == 0 ? "F" : "M"),\(pay)\n"
      }
      return text
    }
    try place.write(rows(0, apart: false), to: "real.csv")
    try place.write(rows(5_000, apart: true), to: "synthetic.csv")
    let done = try await place.run(["real.csv", "synthetic.csv", "--preset", "quick", "-q"])
    #expect(done.status == 0, "\(done.error)")
  }

  @Test func `lists what was found, and explains each by number, name and columns`() async throws {
    let place = try Workplace()
    try await report(place)
    let all = try await place.run(["explain"])
    #expect(all.status == 0, "\(all.error)")
    #expect(all.output.contains("Findings") && all.output.contains("try: "))
    let one = try await place.run(["explain", "1"])
    #expect(one.status == 0, "\(one.error)")
    #expect(one.output.contains("Cause: ") && one.output.contains("Try: "))
    // The identifier in brackets says the same as the number.
    let id = try #require(one.output.split(separator: "[").dropFirst().first?.prefix { $0 != "]" })
    #expect(try await place.run(["explain", String(id)]).output == one.output)
    // The order of columns tells nothing, and a name may hold a comma.
    let pair = try await place.run(["explain", "sex,pay, gross"])
    #expect(pair.status == 0, "\(pair.error)")
    #expect(pair.output.hasPrefix("sex × pay, gross"))
    #expect(pair.output.contains("association") && pair.output.contains("Numbers"))
    #expect(try await place.run(["explain", "pay, gross,sex"]).output == pair.output)
    let column = try await place.run(["explain", "age", "--report", "assay-report/report.json"])
    #expect(column.status == 0 && column.output.hasPrefix("age"), "\(column.error)")
  }

  @Test func `says what is unknown, and what was meant`() async throws {
    let place = try Workplace()
    let none = try await place.run(["explain"])
    #expect(none.status == 66 && none.error.contains("no report here"), "\(none.error)")
    try await report(place)
    let near = try await place.run(["explain", "sexx,age"])
    #expect(near.status == 64 && near.error.contains("did you mean 'sex'"), "\(near.error)")
    let far = try await place.run(["explain", "nothing like it"])
    #expect(far.status == 64 && far.error.contains("'assay explain' lists"), "\(far.error)")
    let hostile = try await place.run(["explain", "a\u{1B}[31m\u{202E}"])
    #expect(hostile.status == 64 && !hostile.error.contains("\u{1B}"))
    #expect(hostile.error.contains("\\e[31m"))
  }

  @Test func `names from the data move no cursor`() async throws {
    let place = try Workplace()
    let name = "a\u{1B}[2Jge"
    func rows(_ step: Int) -> String {
      "\(name),sex\n"
        + (0..<300).map { "\($0 * 7 % 31 + ($0 % 2) * step),\($0 % 2 == 0 ? "F" : "M")\n" }.joined()
    }
    try place.write(rows(0), to: "real.csv")
    try place.write(rows(40), to: "synthetic.csv")
    let done = try await place.run(["real.csv", "synthetic.csv", "--preset", "quick", "-q"])
    #expect(done.status == 0, "\(done.error)")
    for words in [["explain"], ["explain", "1"], ["explain", name]] {
      let shown = try await place.run(words)
      #expect(shown.status == 0, "\(shown.error)")
      #expect(!shown.output.contains("\u{1B}") && shown.output.contains("a\\e[2Jge"))
    }
  }

  @Test func `stands among the commands that help to understand`() async throws {
    let help = try await Workplace().run(["--help"])
    let group = try #require(help.output.range(of: "UNDERSTAND"))
    let rest = help.output[group.upperBound...]
    #expect(rest.prefix(200).contains("explain"))
  }
}
