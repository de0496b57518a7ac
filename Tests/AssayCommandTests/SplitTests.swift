import AssayFiles
import AssayNumerics
import Foundation
import Testing

@testable import assay

@Suite struct `assay split` {
  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  @Test func `every row goes to exactly one side, byte for byte`() async throws {
    let place = try Workplace()
    let text = SmallTables.csv(rows: 500, from: 0)
    try place.write(text, to: "real.csv")
    let done = try await place.run(["split", "real.csv", "--holdout", "20%", "--seed", "3"])
    #expect(done.status == 0, "\(done.error)")
    let training = Self.lines(try place.read("real_training.csv"))
    let holdout = Self.lines(try place.read("real_holdout.csv"))
    let all = Self.lines(text)
    #expect(training.first == all.first && holdout.first == all.first)
    #expect((training.dropFirst() + holdout.dropFirst()).sorted() == all.dropFirst().sorted())
    #expect(abs(holdout.count - 101) <= 1)
    let again = try await place.run(["split", "real.csv"])
    #expect(again.status == 74)
    #expect(again.error.contains("--force"))
    let same = try await place.run(
      ["split", "real.csv", "--holdout", "0.2", "--seed", "3", "-o", "twice"])
    #expect(same.status == 0, "\(same.error)")
    #expect(try place.read("twice/real_holdout.csv") == place.read("real_holdout.csv"))
  }

  @Test func `identical rows stay on one side, and it says so`() async throws {
    let place = try Workplace()
    let text = "a,b\n" + (0..<200).map { "\($0 % 20),x\n" }.joined()
    try place.write(text, to: "t.csv")
    let done = try await place.run(["split", "t.csv"])
    #expect(done.status == 0, "\(done.error)")
    #expect(done.output.contains("180 rows repeat another row"))
    let training = Set(Self.lines(try place.read("t_training.csv")).dropFirst())
    let holdout = Set(Self.lines(try place.read("t_holdout.csv")).dropFirst())
    #expect(training.isDisjoint(with: holdout))
    #expect(training.count + holdout.count == 20)
  }

  @Test func `an entity is on one side only`() async throws {
    let place = try Workplace()
    let text = "patient,visit\n" + (0..<300).map { "p\($0 % 60),\($0)\n" }.joined()
    try place.write(text, to: "v.csv")
    let done = try await place.run(["split", "v.csv", "--group", "patient"])
    #expect(done.status == 0, "\(done.error)")
    func patients(_ name: String) throws -> Set<String> {
      Set(
        try Self.lines(place.read(name)).dropFirst().compactMap { $0.split(separator: ",").first }
          .map(String.init))
    }
    #expect(try patients("v_training.csv").isDisjoint(with: patients("v_holdout.csv")))
    #expect(try patients("v_holdout.csv").count == 12)
    let wrong = try await place.run(["split", "v.csv", "--group", "pateint", "--force"])
    #expect(wrong.status == 65)
    #expect(wrong.error.contains("'patient'"))
  }

  @Test func `one entity alone cannot be split`() async throws {
    let place = try Workplace()
    try place.write("g,x\n" + (0..<20).map { "a,\($0)\n" }.joined(), to: "t.csv")
    let done = try await place.run(["split", "t.csv", "--group", "g"])
    #expect(done.status == 65)
    #expect(try place.names() == ["t.csv"])
  }

  @Test(arguments: ["0", "1", "1.5", "-0.1", "x", "100%", "nan"])
  func `a share that is none is a usage error`(_ text: String) {
    #expect(throws: UsageError.self) { try SplitCommand.share(text) }
  }

  @Test func `quotes, line ends within quotes, marks and blank lines survive`() {
    let text = "\u{FEFF}id,note\r\n1,\"a\r\nb\"\r\n\r\n2,\"say \"\"x\"\", y\"\r\n3,c\"d"
    let scanner = RecordScanner(Array(text.utf8))
    let layout = scanner.delimited(by: UInt8(ascii: ","), hasHeader: true, columns: 2)
    #expect(layout.rows.count == 3)
    let first = String(decoding: scanner.file(layout) { $0 == 0 }, as: UTF8.self)
    #expect(first == "\u{FEFF}id,note\r\n1,\"a\r\nb\"\r\n")
    let rest = String(decoding: scanner.file(layout) { $0 > 0 }, as: UTF8.self)
    #expect(rest == "\u{FEFF}id,note\r\n2,\"say \"\"x\"\", y\"\r\n3,c\"d\r\n")
  }

  @Test func `each spelling of one table is split alike`() async throws {
    let place = try Workplace()
    let folder = Workplace.fixtures.appendingPathComponent("tiny/same")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    for name in names {
      let path = folder.appendingPathComponent(name).path
      let done = try await place.run(["split", path, "--holdout", "0.34", "-o", name + ".d"])
      #expect(done.status == 0, "\(name): \(done.error)")
      #expect(done.output.contains("4 rows") && done.output.contains("2 rows (33 %)"), "\(name)")
    }
    let wide = Workplace.fixtures.appendingPathComponent("tiny/encodings/utf16le.csv").path
    let refused = try await place.run(["split", wide, "-o", "x"])
    #expect(refused.status == 65)
    #expect(refused.error.contains("iconv"))
  }

  @Test func `the draw is fair: every row is held out about as often`() {
    var counts = [Int](repeating: 0, count: 20)
    for seed in 0..<2_000 {
      let split = RowSplit(units: Array(0..<20), share: 0.25, seed: UInt64(seed))
      #expect(split.heldRows == 5)
      for (row, isHeld) in split.isHeldOut.enumerated() where isHeld { counts[row] += 1 }
    }
    // Binomial with n = 2,000 and p = 1/4: 500 ± 4.5 standard deviations of 19.4.
    #expect(counts.allSatisfy { abs($0 - 500) < 88 }, "\(counts)")
  }

  @Test func `SplitMix64 gives the published numbers`() {
    // Reference: the generator's own C program (Vigna, splitmix64.c) with state 1234567.
    var random = SplitMix64(state: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }
}
