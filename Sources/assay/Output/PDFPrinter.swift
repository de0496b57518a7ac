import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Prints a page through the print style of a Chromium that is on the path.
///
/// A PDF carries the time at which the browser made it: of all formats it is the one whose bytes
/// differ from run to run.
struct PDFPrinter: Sendable {
  /// The commands that are looked for, in this order.
  static let commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

  private let command: String

  /// The printer of this machine.
  ///
  /// - Throws: ``OutputError`` with what to do, where there is no browser.
  static func found(
    path: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws(OutputError) -> PDFPrinter {
    for name in commands {
      for folder in path.split(separator: ":") {
        let candidate = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: candidate) {
          return PDFPrinter(command: candidate)
        }
      }
    }
    throw OutputError(
      "a PDF is printed by a browser, and none of \(commands.joined(separator: ", ")) is on the "
        + "path; write --html report.html and print it from any browser")
  }

  /// The bytes of a page as PDF.
  func print(_ page: [UInt8]) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("assay-pdf-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let html = folder.appendingPathComponent("report.html")
    let pdf = folder.appendingPathComponent("report.pdf")
    try Data(page).write(to: html)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command)
    // Root has no sandbox of its own to run in; the page makes no request and runs no foreign code.
    process.arguments =
      (geteuid() == 0 ? ["--no-sandbox"] : []) + [
        "--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-dev-shm-usage",
        "--user-data-dir=\(folder.path)/profile", "--print-to-pdf=\(pdf.path)",
        html.absoluteString,
      ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      throw OutputError("\(command) did not start, so no PDF was made")
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0, let bytes = try? Data(contentsOf: pdf),
      bytes.starts(with: Data("%PDF-".utf8))
    else {
      throw OutputError(
        "\(command) made no PDF (status \(process.terminationStatus)); write --html report.html and "
          + "print it from a browser")
    }
    return Array(bytes)
  }
}
