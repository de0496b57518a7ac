import AssayFiles
import AssayTable

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads one file and prints what a comparison with another reader needs.
enum ReadCommand {
  static func run(_ path: String, threads: Int, _ arguments: [String: String]) {
    var options = ReadingOptions(threads: threads)
    options.computesDigest = arguments["--digest"] != "no"
    if let path = arguments["--path"] { options.commandSearchPath = path }
    let repeats = arguments["--repeat"].flatMap { Int($0) } ?? 1
    for _ in 0..<repeats {
      let clock = ContinuousClock()
      var outcome: Result<RawTable, TableError>?
      let time = clock.measure {
        do throws(TableError) {
          outcome = .success(try TableReader(options: options).read(path: path))
        } catch {
          outcome = .failure(error)
        }
      }
      print(
        "seconds \(Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds))")
      if arguments["--quiet"] == nil { show(outcome) }
    }
  }

  private static func show(_ outcome: Result<RawTable, TableError>?) {
    switch outcome {
    case .success(let table):
      print("rows \(table.rowCount) sha256 \(table.source.sha256)")
      for notice in table.notices { print("notice \(notice)") }
      for column in table.columns { print(line(column)) }
    case .failure(let error): print(error)
    case nil: break
    }
  }

  private static func line(_ column: RawColumn) -> String {
    let spelling = column.spelling
    let detail =
      switch column.values {
      case .numeric(let values):
        "numeric missing \(values.missingCount) sum \(values.values.reduce(0, +))"
      case .temporal(let values):
        "temporal missing \(values.missingCount) sum \(values.values.reduce(0, +)) \(values.granularity)"
      case .coded(let values):
        "coded levels \(values.levels.count) blank \(spelling.blankCount) first \(values.levels.count > 0 ? values.levels[0] : "")"
      case .text(let values):
        "text bytes \(values.bytes.count) distinct about \(spelling.distinctCount ?? 0)"
      }
    return
      "\(column.name): \(detail) parsed \(spelling.parsedCount) exceptions \(spelling.exceptions.count)"
  }
}
