import Foundation

/// `make calibration`: measures false decisions and power on known populations and writes the tables
/// of Reports/calibration.

@Sendable func say(_ words: String) {
  FileHandle.standardError.write(Data("\(words)\n".utf8))
}

let known = CalibrationPart.all.map(\.name)
let arguments = Array(CommandLine.arguments.dropFirst())
let parts = CalibrationPart.all.filter {
  arguments.count < 4 || arguments.dropFirst(3).contains($0.name)
}
guard arguments.count >= 2, let runs = Int(arguments[1]), runs >= 10,
  arguments.dropFirst(3).allSatisfy(known.contains)
else {
  say("usage: assay-calibrate FOLDER RUNS [SHARED-DATA [PART ...]]")
  say("RUNS is 10 or more; parts are \(known.joined(separator: ", ")); none stands for all.")
  say("ASSAY_THREADS says how many threads work.")
  exit(64)
}
do {
  let environment = ProcessInfo.processInfo.environment
  let shared = arguments.count > 2 ? arguments[2] : nil
  let folder = try CalibrationFolder(
    arguments[0],
    command: (["assay-calibrate", arguments[0], arguments[1]] + (shared.map { [$0] } ?? []))
      .joined(separator: " "))
  let clock = ContinuousClock()
  for part in parts {
    let setting = CalibrationSetting(
      runs: runs, populations: Populations(shared: shared),
      threads: environment["ASSAY_THREADS"].flatMap { Int($0) }
        ?? ProcessInfo.processInfo.activeProcessorCount
    ) { say("\(part.name): \($0)") }
    let start = clock.now
    let findings = try await part.run(setting)
    try folder.write(findings, of: part)
    try folder.writeOverview()
    say("\(part.name): \(findings.outcome) (\(clock.now - start))")
  }
} catch {
  say("assay-calibrate: \(error)")
  exit(70)
}
