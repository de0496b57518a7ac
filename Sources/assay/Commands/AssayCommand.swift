import ArgumentParser
import AssayDocument

/// The program as the argument parser sees it.
struct AssayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Says whether synthetic data stand in for the real data, and how sure that is.",
    usage: """
      assay REAL SYNTHETIC [-H HOLDOUT] [-t TARGET] [options]
      assay <sub-command> [options]
      """,
    discussion: """
      Examples:
        assay real.csv synthetic.csv           answers here, report in assay-report/
        assay real.csv synthetic.csv -H holdout.csv   with real rows never trained on
        assay init real.csv synthetic.csv      writes assay.yml: then 'assay' will do
        assay inspect real.csv --suggest       what the columns are and may be for

      Settings come from flags, then ASSAY_… variables, then assay.yml.

      Exit status: 0 evaluated or passed, 1 a requirement failed or a report not
      reproduced, 2 undecided or a metric failed, 64 usage, 65 data, 66 input not
      found, 70 internal error, 74 output not written, 130 cancelled.
      """,
    version: AssayVersion.current,
    subcommands: [],
    groupedSubcommands: [
      CommandGroup(
        name: "Judge", subcommands: [EvaluateCommand.self, GateCommand.self, CompareCommand.self]),
      CommandGroup(
        name: "Understand",
        subcommands: [
          ExplainCommand.self, InspectCommand.self, MetricsCommand.self, DiffCommand.self,
          TrendCommand.self, RenderCommand.self, OpenCommand.self,
        ]),
      CommandGroup(
        name: "Prove",
        subcommands: [
          SplitCommand.self, CanaryCommand.self, ReproduceCommand.self, SelfTestCommand.self,
        ]),

      CommandGroup(name: "Set up", subcommands: [InitCommand.self, PolicyCommand.self]),
    ],
    defaultSubcommand: EvaluateCommand.self)
}
