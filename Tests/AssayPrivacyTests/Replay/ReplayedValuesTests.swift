import AssayDocument
import AssayMetrics
import AssayPrivacy
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Replayed values` {
  private func table(_ name: String, _ mails: [String]) -> RawTable {
    TableBuilder(name).levels("mail", mails)
      .levels("id", mails.indices.map { "\(name)-\($0 * 7919 % 100_003)" })
      .numbers("x", mails.indices.map { Double($0 % 13) }).table()
  }

  private func mails(_ prefix: String, _ count: Int = 60) -> [String] {
    (0..<count).map { "\(prefix)\($0 * 31)@example.org" }
  }

  @Test func `sees one address of a training row, written in capitals`() async throws {
    var own = mails("s")
    own[3] = " T62@Example.org "
    let trial = try Trial(
      training: table("t", mails("t")), synthetic: table("s", own),
      holdout: table("h", mails("h")))
    let scores = try await trial.scores(of: ReplayedValues())
    #expect(scores.table()?.value == 1)
    #expect(scores.table()?.details["direct"] == .integer(1))
    #expect(scores.of("mail")?.details["kind"] == .string("e-mail address"))
    #expect(scores.of("id")?.value == 0)
  }

  @Test func `accuses nobody where the holdout comes back as often`() async throws {
    // Half of all addresses of either side are in the synthetic table: a common source.
    let training = mails("t")
    let holdout = mails("h")
    let trial = try Trial(
      training: table("t", training),
      synthetic: table("s", Array(training.prefix(30) + holdout.prefix(30))),
      holdout: table("h", holdout))
    let scores = try await trial.scores(of: ReplayedValues())
    #expect(scores.of("mail")?.value == 0)
    #expect(scores.of("mail")?.details["replayed"] == .integer(30))
    #expect(scores.of("mail")?.details["holdoutReplayed"] == .integer(30))
  }

  @Test func `counts without a holdout too`() async throws {
    let trial = try Trial(
      training: table("t", mails("t")), synthetic: table("s", mails("t")))
    #expect(try await trial.scores(of: ReplayedValues()).of("mail")?.value == 60)
  }

  @Test func `is 0 where no column could name anybody`() async throws {
    let simulator = Simulator(seed: 3)
    let trial = try Trial(
      training: simulator.table(rows: 60, stream: "a"),
      synthetic: simulator.table(rows: 60, stream: "a"))
    #expect(try await trial.scores(of: ReplayedValues()).table()?.value == 0)
  }
}
