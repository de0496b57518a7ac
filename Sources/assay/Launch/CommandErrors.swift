/// The command line asks for something that cannot be done.
struct UsageError: Error, Equatable, CustomStringConvertible {
  /// Every problem, a sentence each.
  var problems: [String]

  init(_ problems: [String]) { self.problems = problems }
  init(_ problem: String) { problems = [problem] }

  var description: String { problems.joined(separator: "\n") }
}

/// An input does not exist or cannot be opened.
struct InputError: Error, Equatable, CustomStringConvertible {
  /// Every problem, a sentence each.
  var problems: [String]

  init(_ problems: [String]) { self.problems = problems }
  init(_ problem: String) { problems = [problem] }

  var description: String { problems.joined(separator: "\n") }
}

/// Data or configuration that was read cannot be used.
struct DataError: Error, Equatable, CustomStringConvertible {
  /// Every problem, a sentence each.
  var problems: [String]

  init(_ problems: [String]) { self.problems = problems }
  init(_ problem: String) { problems = [problem] }

  var description: String { problems.joined(separator: "\n") }
}

/// Output cannot be written.
struct OutputError: Error, Equatable, CustomStringConvertible {
  /// What cannot be written and why.
  var description: String

  init(_ description: String) { self.description = description }
}

/// Several errors that were found together; the gravest decides the exit status.
struct SeveralErrors: Error, CustomStringConvertible {
  /// The errors in the order of the inputs.
  var errors: [any Error]

  var description: String {
    errors.map { ErrorReport.message(of: $0) }.joined(separator: "\n")
  }
}
