import ArgumentParser
import AssayDocument
import AssayEvaluation
import AssayFiles
import AssayTable
import Testing

@testable import assay

@Suite struct `Errors and exit statuses` {
  private struct Unheard: Error {}

  private static func parsing(_ arguments: [String]) -> any Error {
    do {
      var command = try AssayCommand.parseAsRoot(arguments)
      try command.run()
      return Unheard()
    } catch { return error }
  }

  private static func table(_ code: TableError.Code, cause: FileError? = nil) -> TableError {
    TableError(file: "f", message: "m", remedy: "r", problems: [.init(code: code)], cause: cause)
  }

  private static func file(_ code: FileError.Code) -> FileError {
    FileError(code: code, message: "m", path: "p")
  }

  private static var schema: any Error {
    do throws(SchemaFileError) {
      _ = try SchemaDeclaration(yaml: "- a", file: "schema.yml")
      return Unheard()
    } catch { return error }
  }

  @Test func `every error has its exit status`() {
    let table: [(any Error, assay.ExitStatus)] = [
      (UsageError("u"), .usage), (InputError("i"), .input), (DataError("d"), .data),
      (OutputError("o"), .output), (CancellationError(), .cancelled), (Unheard(), .internal),
      (Self.parsing(["--nonsense"]), .usage), (Self.parsing(["metrics", "a", "b"]), .usage),
      (Self.parsing(["inspect"]), .usage), (Self.parsing(["--help"]), .success),
      (Self.parsing(["--version"]), .success), (ValidationError("v"), .usage),
      (Self.file(.notFound), .input), (Self.file(.notPermitted), .input),
      (Self.file(.isDirectory), .input), (Self.file(.readFailed), .input),
      (Self.file(.writeFailed), .output), (Self.file(.damaged), .data),
      (Self.file(.tooLarge), .data), (Self.file(.notATable), .data),
      (Self.table(.file, cause: Self.file(.notFound)), .input),
      (Self.table(.file, cause: Self.file(.damaged)), .data), (Self.table(.raggedRow), .data),
      (Self.table(.notATable), .data), (Self.table(.badOption), .usage),
      (Self.table(.cancelled), .cancelled), (EvaluationError(.data, ["d"]), .data),
      (EvaluationError(.holdout, ["h"]), .data), (EvaluationError(.metrics, ["m"]), .usage),
      (EvaluationError(.cancelled, ["c"]), .cancelled),
      (EvaluationError(.internal, ["i"]), .internal), (DocumentError(.malformed, "m"), .data),
      (Self.schema, .data),
      (SeveralErrors(errors: [DataError("d"), InputError("i")]), .input),
      (SeveralErrors(errors: [DataError("d"), Unheard()]), .internal),
    ]
    for (error, status) in table {
      #expect(ErrorReport.status(of: error) == status, "\(error)")
    }
  }

  @Test func `the numbers are those that pipelines know`() {
    #expect(assay.ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 64, 65, 66, 70, 74, 130])
  }

  @Test func `an internal error says that it is ours`() {
    let message = ErrorReport.message(of: Unheard())
    #expect(message.contains("mistake of assay itself"))
  }

  @Test func `nothing from data moves the cursor`() {
    let message = ErrorReport.message(of: DataError("column '\u{1B}[2J\u{202E}x\r' is unknown"))
    #expect(message == "column '\\e[2J\\u{202E}x\\r' is unknown")
  }

  @Test func `a cancelled run says that nothing was written, whoever noticed`() {
    for error in [CancellationError(), EvaluationError(.cancelled, ["x"]), Self.table(.cancelled)]
      as [any Error]
    {
      #expect(ErrorReport.message(of: error) == "cancelled; nothing was written")
    }
  }
}

@Suite struct `The first word` {
  @Test func `help is broken where its lines end, at eighty columns too`() {
    var commands: [any ParsableCommand.Type] = [AssayCommand.self]
    var seen = 0
    while let command = commands.popLast() {
      let configuration = command.configuration
      commands += configuration.subcommands
      commands += configuration.groupedSubcommands.flatMap(\.subcommands)
      seen += 1
      for line in configuration.discussion.split(separator: "\n") {
        #expect(line.count <= 80, "\(configuration.commandName ?? ""): \(line)")
      }
    }
    #expect(seen > 18)
  }

  @Test func `every sub-command is known by its first word`() {
    let declared = AssayCommand.configuration.groupedSubcommands.flatMap { $0.subcommands }
      .compactMap { $0.configuration.commandName }
    #expect(Set(declared + ["help"]) == Set(CommandWords.commands))
  }

  @Test(arguments: [
    ("evalute", "evaluate"), ("inspct", "inspect"), ("metric", "metrics"), ("redner", "render"),
    ("spilt", "split"), ("Inspect", "inspect"),
  ])
  func `a misspelt sub-command is recognised`(_ word: String, _ meant: String) {
    let error = #expect(throws: UsageError.self) {
      try CommandWords.check([word], environment: [:])
    }
    #expect(error?.description.contains("'assay \(meant)'") == true)
  }

  @Test(arguments: ["evaluate", "metrics", "--help", "./gate", "data/spilt", "real.csv"])
  func `anything else is left to the parser`(_ word: String) throws {
    try CommandWords.check([word], environment: [:])
  }
}
