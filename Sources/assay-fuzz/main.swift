import AssayTable

// Reads damaged tables and compares each outcome with a slow reader.
//
//   assay-fuzz [--iterations N] [--seed S]     run the fuzzer; ends with status 1 at the first disagreement
//   assay-fuzz --numbers N                   compare the reading of random numbers
//   assay-fuzz --read FILE [--threads N]       read a file and print its columns

var options: [String: String] = [:]
var arguments = CommandLine.arguments.dropFirst()
while let name = arguments.popFirst(), let value = arguments.popFirst() { options[name] = value }

if let path = options["--read"] {
  ReadCommand.run(path, threads: options["--threads"].flatMap { Int($0) } ?? 1, options)
} else if let count = options["--numbers"].flatMap({ Int($0) }) {
  let words = NumberFuzz.disagreement(seed: 1, count: count)
  print(words.map { "differs: \($0)" } ?? "\(count) numbers: all are the nearest doubles")
} else {
  let iterations = options["--iterations"].flatMap { UInt64($0) } ?? 100_000
  FuzzRun.run(seed: options["--seed"].flatMap { UInt64($0) } ?? 1, iterations: iterations)
}
