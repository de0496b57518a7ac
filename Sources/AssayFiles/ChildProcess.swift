internal import Foundation

/// Running a helper command and taking its output as bytes in memory, without a shell.
package enum ChildProcess {
  /// Finds an executable on the search path.
  ///
  /// - Parameters:
  ///   - name: the command's name.
  ///   - searchPath: folders separated by colons, as in `PATH`.
  /// - Returns: its full path, or nil.
  package static func find(_ name: String, searchPath: String) -> String? {
    for folder in searchPath.split(separator: ":") {
      let candidate = "\(folder)/\(name)"
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return nil
  }

  /// Runs a command to its end.
  ///
  /// - Parameters:
  ///   - executable: full path of the command.
  ///   - arguments: passed as they are; no shell sees them.
  ///   - name: the name of the resulting file in memory.
  ///   - limit: the most bytes that are taken.
  /// - Returns: what the command wrote to its standard output.
  /// - Throws: `commandFailed` if it cannot start or ends with an error, `tooLarge`.
  package static func output(
    of executable: String, arguments: [String], name: String, limit: Int
  ) throws(FileError) -> MappedFile {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch {
      throw FileError(
        code: .commandFailed, message: "the command did not start", path: executable,
        cause: "\(error)")
    }
    let collected: MappedFile
    do throws(FileError) {
      collected = try MappedFile.collect(
        descriptor: output.fileHandleForReading.fileDescriptor, name: name, path: name,
        limit: limit)
    } catch {
      process.terminate()
      process.waitUntilExit()
      throw error
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw FileError(
        code: .commandFailed, message: "the command ended with an error", path: executable,
        cause: "exit status \(process.terminationStatus)")
    }
    return collected
  }
}
