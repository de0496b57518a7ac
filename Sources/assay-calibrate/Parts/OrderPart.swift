import AssayDocument
import AssayEvaluation
import AssayTable
import AssayTestKit

extension CalibrationPart {
  /// The order of generators in published comparisons.
  static let order = CalibrationPart(
    name: "order", title: "The order of published comparisons",
    meaning: """
      Four published comparisons of generators on Adult, of which tables are on disk. Each published \
      measure is put beside the score that measures the same; two generators count where their \
      published figures differ by more than twice what a fresh real sample gets there. The scores \
      must have the published order.
      """
  ) { setting in
    guard
      let real = try setting.populations.tables(["adult/real_train.csv", "adult/real_holdout.csv"])
    else {
      return CalibrationFindings(
        outcome: "Nothing was measured: the tables of Adult are not there.", text: "", tables: [],
        violations: 0)
    }
    let prepared = try PreparedEvaluation(
      training: real[0], holdout: real[1],
      options: EvaluationOptions(
        threads: setting.threads, metrics: PublishedOrder.metrics,
        declared: SchemaDeclaration([ColumnDeclaration(name: "income", roles: [.target])])))
    var documents: [String: EvaluationDocument] = [:]
    for file in PublishedOrder.files {
      setting.say(file)
      guard let table = try setting.populations.tables(["adult/\(file).csv.gz"])?.first else {
        continue
      }
      documents[file] = try await prepared.evaluate(synthetic: table)
    }
    var table = CalibrationTable(columns: [
      ("publication", "publication"), ("measure", "measure"), ("score", "score here"),
      ("better", "better"), ("worse", "worse"), ("published_better", "published, better"),
      ("published_worse", "published, worse"), ("score_better", "score, better"),
      ("score_worse", "score, worse"), ("agrees", "agrees"),
    ])
    var disagreeing = 0
    for measure in PublishedOrder.measures {
      guard let text = setting.populations.text("adult/\(measure.source)") else { continue }
      for pair in PublishedOrder.pairs(of: measure, in: text, documents: documents) {
        if !pair.agrees { disagreeing += 1 }
        table.add([
          .word(measure.source), .word(measure.column), .word(measure.metric.rawValue),
          .word(pair.better.file), .word(pair.worse.file), .number(pair.published[0]),
          .number(pair.published[1]), .number(pair.scores[0]), .number(pair.scores[1]),
          .word(pair.agrees ? "yes" : "no"),
        ])
      }
    }
    return CalibrationFindings(
      outcome: "\(table.rows.count) pairs of generators, \(disagreeing) in another order here.",
      text: "Whole files, against \(real[0].rowCount) training rows.\n\n\(table.markdown())",
      tables: [table], violations: disagreeing)
  }
}
