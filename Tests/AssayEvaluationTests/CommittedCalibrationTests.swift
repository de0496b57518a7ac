import AssayDocument
import AssayEvaluation
import Foundation
import Testing

/// What `assay policy show` says of false alarms is what the committed calibration found.
@Suite struct `The committed calibration` {
  @Test func `is what policies say of themselves`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Reports/calibration/policies.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.first?.hasPrefix("policy,rows,runs,passed,undecided,failed,") == true)
    var count = 0
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",").map(String.init)
      let own = try #require(
        PolicyOperating.measured(cells[0]).first { $0.rows == Int(cells[1]) },
        "\(cells[0]) at \(cells[1]) rows is not in PolicyOperating")
      #expect(
        [own.runs, own.passed, own.undecided, own.failed] == cells[2...5].compactMap { Int($0) },
        "\(line)")
      count += 1
    }
    let known = PolicyPresets.all.reduce(0) { $0 + PolicyOperating.measured($1.name).count }
    #expect(count == known)
  }
}
