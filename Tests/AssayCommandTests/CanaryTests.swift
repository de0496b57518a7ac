import AssayNumerics
import Foundation
import Testing

@testable import assay

@Suite struct `assay canary` {
  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  private static func key(_ place: Workplace, _ name: String) throws -> CanaryKey {
    try JSONDecoder().decode(CanaryKey.self, from: Data(place.read(name).utf8))
  }

  private static func mode(_ place: Workplace, _ name: String) throws -> Int {
    let found = try FileManager.default.attributesOfItem(atPath: place.path(name))
    return (found[.posixPermissions] as? NSNumber)?.intValue ?? 0
  }

  @Test func `adds by a coin, keeps the secret to its owner, and finds what came back`()
    async throws
  {
    let place = try Workplace()
    let text = SmallTables.csv(rows: 300, from: 0)
    try place.write(text, to: "real.csv")
    let made = try await place.run(
      ["canary", "make", "real.csv", "--count", "60", "--seed", "5"])
    #expect(made.status == 0, "\(made.error)")
    let key = try Self.key(place, "real_canaries.key")
    let added = key.included.count(where: \.self)
    #expect(key.included.count == 60 && added > 15 && added < 45)
    #expect(try Self.mode(place, "real_canaries.key") == 0o600)
    #expect(try Self.mode(place, "real_canaries.csv") == 0o600)
    let real = Self.lines(text)
    let planted = Self.lines(try place.read("real_planted.csv"))
    #expect(planted.count == real.count + added)
    // The rows that were there are there byte for byte and in their order.
    let kept = Set(real)
    #expect(planted.filter(kept.contains) == real)

    // A generator that hands out its training table.
    let copied = try await place.run([
      "canary", "score", "real.csv", "real_planted.csv", "--key", "real_canaries.key",
      "--claimed-epsilon", "0.5",
    ])
    #expect(copied.status == 1, "\(copied.error)")
    #expect(copied.output.contains("is refuted"))
    #expect(copied.output.contains("30 of 30 guesses are right"))

    // A generator that never saw a canary.
    try place.write(SmallTables.csv(rows: 300, from: 300), to: "fresh.csv")
    let fresh = try await place.run([
      "canary", "score", "real.csv", "fresh.csv", "--key", "real_canaries.key",
      "--claimed-epsilon", "0.5", "--json",
    ])
    #expect(fresh.status == 0, "\(fresh.error)")
    #expect(fresh.output.contains("\"isRefuted\" : false"))
  }

  @Test func `says what is wrong and with which status`() async throws {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 120, from: 0), to: "real.csv")
    #expect(try await place.run(["canary", "make", "absent.csv"]).status == 66)
    #expect(try await place.run(["canary", "make", "real.csv", "--count", "3"]).status == 64)
    #expect(try await place.run(["canary", "make", "-"]).status == 64)
    let made = try await place.run(["canary", "make", "real.csv", "--count", "20", "--seed", "1"])
    #expect(made.status == 0, "\(made.error)")
    #expect(try await place.run(["canary", "make", "real.csv", "--count", "20"]).status == 74)
    try place.write("a;b\n1;2\n", to: "semicolon.csv")
    #expect(try await place.run(["canary", "make", "semicolon.csv"]).status == 65)
    try place.write("{\"version\": 1}", to: "bad.key")
    let bad = try await place.run(
      ["canary", "score", "real.csv", "real.csv", "--key", "bad.key"])
    #expect(bad.status == 65 && bad.error.contains("no key of canaries"))
    let other = try await place.run(
      ["canary", "score", "real_planted.csv", "real.csv", "--key", "real_canaries.key"])
    #expect(other.status == 65 && other.error.contains("from before"))
    let odd = try await place.run([
      "canary", "score", "real.csv", "real_planted.csv", "--key", "real_canaries.key", "--guesses",
      "3",
    ])
    #expect(odd.status == 64)
    let negative = try await place.run([
      "canary", "score", "real.csv", "real_planted.csv", "--key", "real_canaries.key",
      "--claimed-epsilon=-1",
    ])
    #expect(negative.status == 64)
    try place.write("x,y\n1,2\n", to: "real_canaries.csv")
    let forged = try await place.run(
      ["canary", "score", "real.csv", "real_planted.csv", "--key", "real_canaries.key"])
    #expect(forged.status == 65)
  }
}
