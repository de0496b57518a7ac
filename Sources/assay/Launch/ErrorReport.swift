import ArgumentParser
import AssayDocument
import AssayEvaluation
import AssayFiles
import AssayReport
import AssayTable

/// Turns any error into its exit status and its words: the only place that does.
enum ErrorReport {
  /// The exit status of an error; what is not known here is a mistake of this program.
  static func status(of error: any Error) -> ExitStatus {
    switch error {
    case is UsageError: .usage
    case is InputError: .input
    case is DataError, is SchemaFileError, is DocumentError: .data
    case is OutputError: .output
    case is CancellationError: .cancelled
    case let error as TableError: status(of: error)
    case let error as FileError: status(of: error)
    case let error as EvaluationError: status(of: error)
    case let error as PolicyError: status(of: error)
    case let error as AlignmentError: error.code == .cancelled ? .cancelled : .data
    case let error as SeveralErrors: status(of: error)
    default: parserStatus(of: error)
    }
  }

  /// What is printed of an error, without control characters from data or file names.
  static func message(of error: any Error) -> String {
    switch error {
    case is CancellationError: return "cancelled; nothing was written"
    case let error as SeveralErrors: return error.description
    default: break
    }
    if status(of: error) == .cancelled { return "cancelled; nothing was written" }
    let text =
      parserStatus(of: error) == .usage
      ? AssayCommand.message(for: error) : String(describing: error)
    let shown = VisibleText.lines(text)
    guard status(of: error) == .internal else { return shown }
    return "internal error: \(shown)\nThis is a mistake of assay itself; please report it."
  }

  private static func status(of error: TableError) -> ExitStatus {
    switch error.code {
    case .cancelled: .cancelled
    case .badOption: .usage
    case .file: error.cause.map(status(of:)) ?? .data
    default: .data
    }
  }

  private static func status(of error: FileError) -> ExitStatus {
    switch error.code {
    case .notFound, .notPermitted, .isDirectory, .readFailed: .input
    case .writeFailed: .output
    default: .data
    }
  }

  private static func status(of error: EvaluationError) -> ExitStatus {
    switch error.code {
    case .cancelled: .cancelled
    case .metrics: .usage
    case .data, .holdout, .plan: .data
    default: .internal
    }
  }

  private static func status(of error: PolicyError) -> ExitStatus {
    switch error.code {
    case .file: .data
    case .day: .usage
    default: .internal
    }
  }

  private static func status(of several: SeveralErrors) -> ExitStatus {
    let statuses = several.errors.map(status(of:))
    let order: [ExitStatus] = [.cancelled, .internal, .usage, .input, .data, .output]
    return order.first(where: statuses.contains) ?? .internal
  }

  /// What the argument parser thinks of an error: it knows its own and calls all others failures.
  private static func parserStatus(of error: any Error) -> ExitStatus {
    switch AssayCommand.exitCode(for: error) {
    case .success: .success
    case .validationFailure: .usage
    default: .internal
    }
  }
}
