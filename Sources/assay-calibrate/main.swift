import AssayTestKit
import Foundation

/// `make calibration`: measures false decisions and power on known populations and writes the tables
/// of Reports/calibration.

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 1, arguments.count <= 3, let folder = arguments.first,
  let trials = arguments.dropFirst().first.map({ Int($0) }) ?? 200, trials >= 20
else {
  FileHandle.standardError.write(
    Data("usage: assay-calibrate FOLDER [TRIALS, 20 or more] [SHARED-DATA]\n".utf8))
  exit(64)
}
do {
  let populations = Populations(shared: arguments.dropFirst(2).first)
  try await CalibrationRun(folder: folder, trials: trials, populations: populations).run()
} catch {
  FileHandle.standardError.write(Data("assay-calibrate: \(error)\n".utf8))
  exit(70)
}
