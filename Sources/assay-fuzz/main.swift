import AssayFiles
import AssayTable

// Reads mutated tables and checks each outcome against a slow reader; see FuzzRun.
//
//   assay-fuzz --iterations N --seed S     run the fuzzer
//   assay-fuzz --read FILE --threads N     read a file once and print its shape and columns

var options: [String: String] = [:]
var arguments = CommandLine.arguments.dropFirst()
while let name = arguments.popFirst(), let value = arguments.popFirst() { options[name] = value }

if let path = options["--read"] {
  ReadCommand.run(path, threads: options["--threads"].flatMap { Int($0) } ?? 1, options)
}
