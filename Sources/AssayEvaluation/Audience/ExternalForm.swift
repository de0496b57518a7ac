package import AssayDocument
import Foundation

/// A document for readers outside the house, made from one that was judged.
///
/// Columns have other names and another order, counts of fewer than k rows are withheld, numbers have two
/// significant digits, digests of what is real need a key, and tables have neutral names. Statuses and
/// marks are those of the exact numbers. Levels and edges of published cells stay: each stands for at
/// least k rows, and two digits would make one of years and dates.
///
/// What a run needs to be repeated (`plan.given`), bounds of any level (`law`) and commands are left out:
/// they hold exact numbers or names.
package struct ExternalForm {
  /// A table that is too small to be told of.
  package struct TooFewRows: Error, Sendable {
    package var sentence: String
  }

  /// The word in `about` that says what the document is.
  package static let audience = "external"

  /// The key, with every column of the document.
  package let key: AudienceKey
  private let document: EvaluationDocument
  private let outside: [String: String]
  private let position: [String: Int]
  private let schema: [String: Int]
  private let withheld: WithheldCounts

  /// - Parameters:
  ///   - document: A document that was judged.
  ///   - key: The key of the house; columns that it lacks are added.
  /// - Throws: ``TooFewRows`` where a table has fewer than k rows.
  package init(_ document: EvaluationDocument, key: AudienceKey) throws(TooFewRows) {
    let k = document.plan.k
    let inputs = document.inputs
    let sides =
      [inputs.training, inputs.synthetic] + [inputs.holdout, inputs.reference].compactMap(\.self)
    guard (sides + (document.draws?.inputs ?? [])).allSatisfy({ $0.rows >= k }) else {
      throw TooFewRows(
        sentence: "a table has fewer than \(k) rows, and a report for readers outside tells of no "
          + "fewer; make it with --audience internal")
    }
    var key = key
    key.name(Self.names(in: document))
    self.key = key
    self.document = document
    outside = Dictionary(key.entries.map { ($0.name, $0.outside) }, uniquingKeysWith: { $1 })
    position = Dictionary(
      key.entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
    schema = Dictionary(
      document.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    withheld = WithheldCounts(k: k, metrics: document.metrics)
  }

  /// Every name of a column that a document holds: of its own and of what findings say is too many.
  private static func names(in document: EvaluationDocument) -> Set<String> {
    var names = Set(document.columns.map(\.name))
    names.formUnion(document.plan.roles.values.joined())
    for entry in document.plan.given["columns"]?.arrayValue ?? [] {
      if let name = entry["name"]?.stringValue { names.insert(name) }
    }
    let subjects =
      document.scores.map(\.subject) + document.findings.map(\.subject)
      + document.diagnoses.map(\.subject) + document.verdict.requirements.map(\.subject)
    for subject in subjects {
      names.formUnion(subject.columns + [subject.target, subject.given].compactMap(\.self))
    }
    return names
  }

  /// The document for readers outside.
  ///
  /// - Throws: an error of coding, which no document is known to cause.
  package func made() throws -> EvaluationDocument {
    var form = withheld.applied(to: document)
    tables(&form)
    plan(&form)
    judgement(&form)
    findings(&form)
    form.columns.sort { place($0.name) < place($1.name) }
    let directed = self.directed
    form.scores = ordered(form.scores, directed)
    if var draws = form.draws {
      for draw in draws.evidence.indices {
        draws.evidence[draw].scores = ordered(draws.evidence[draw].scores, directed)
      }
      form.draws = draws
    }
    if let pairs = form.charts?.pairs { form.charts?.pairs = pairs.map(turned) }
    let labels = form.columns.flatMap { $0.profile?.cells.map(\.label) ?? [] }
    let words = WordsForOutsiders(
      names: outside, tables: tableNames, ordinary: OrdinaryWords(),
      numbers: NumbersInText(
        k: document.plan.k, labels: Set(labels.filter { Double($0) != nil })))
    let tree = ExternalTree(
      words: words, schema: schema, outside: position, digest: key.digest)
    let encoder = JSONEncoder()
    let treated = tree.treated(try DetailValue(encoding: form))
    form = try EvaluationDocument(json: encoder.encode(treated))
    form.about.statements["audience"] = Self.audience
    return form
  }

  private func place(_ name: String) -> Int { position[name] ?? .max }

  // Tables.

  private var tableNames: [String: String] {
    let inputs = document.inputs
    var names: [(String, String)] = [
      (inputs.training.name, "real"), (inputs.synthetic.name, "synthetic"),
    ]
    names += inputs.holdout.map { [($0.name, "holdout")] } ?? []
    names += inputs.reference.map { [($0.name, "reference")] } ?? []
    names += (document.draws?.inputs ?? []).enumerated().map { ($1.name, Self.draw($0)) }
    return Dictionary(names.filter { !$0.0.isEmpty }, uniquingKeysWith: { first, _ in first })
  }

  private static func draw(_ index: Int) -> String {
    index == 0 ? "synthetic" : "synthetic, draw \(index + 1)"
  }

  /// Other names for tables, and other digests of real ones.
  ///
  /// The synthetic table is what is handed out: its digest is its name outside. That of a real one would
  /// tell whoever holds such a table that it is the one.
  private func tables(_ form: inout EvaluationDocument) {
    func isReal(_ record: inout InputRecord, _ name: String) {
      record.name = name
      if !record.sha256.isEmpty { record.sha256 = key.digest("table:" + record.sha256) }
    }
    isReal(&form.inputs.training, "real")
    if var holdout = form.inputs.holdout {
      isReal(&holdout, "holdout")
      form.inputs.holdout = holdout
    }
    if var reference = form.inputs.reference {
      isReal(&reference, "reference")
      form.inputs.reference = reference
    }
    form.inputs.synthetic.name = "synthetic"
    if var draws = form.draws {
      for index in draws.inputs.indices { draws.inputs[index].name = Self.draw(index) }
      form.draws = draws
    }
  }

  // Plan, verdict, findings.

  private func plan(_ form: inout EvaluationDocument) {
    form.plan.given = .null
    guard var binning = form.plan.binning.objectValue, let columns = binning["columns"]?.arrayValue
    else { return }
    binning["columns"] = .array(
      columns.sorted {
        place($0["column"]?.stringValue ?? "") < place($1["column"]?.stringValue ?? "")
      })
    form.plan.binning = .object(binning)
  }

  private func judgement(_ form: inout EvaluationDocument) {
    var namesColumns = false
    for index in form.verdict.requirements.indices {
      form.verdict.requirements[index].command = nil
      let subject = form.verdict.requirements[index].subject
      namesColumns =
        namesColumns || !subject.columns.isEmpty || subject.segment != nil || subject.given != nil
        || subject.target != nil
      form.verdict.requirements[index].subject = sorted(subject)
    }
    // Which columns a policy names could be found out by trying names until its digest comes out.
    guard namesColumns else { return }
    form.verdict.policy.hash = key.digest("policy:" + form.verdict.policy.hash)
    if let hash = form.plan.judging?.policy.hash {
      form.plan.judging?.policy.hash = key.digest("policy:" + hash)
    }
  }

  private func findings(_ form: inout EvaluationDocument) {
    // A finding's identifier ends in a digest of its columns.
    for index in form.findings.indices {
      form.findings[index].id = identifier(form.findings[index].id)
      if form.findings[index].subject.segment == nil {
        form.findings[index].subject = sorted(form.findings[index].subject)
      }
    }
    for index in form.diagnoses.indices {
      form.diagnoses[index].explains = form.diagnoses[index].explains.map(identifier)
    }
  }

  private func identifier(_ id: String) -> String {
    let code = id.replacing(#/-[0-9a-f]{8}(-\d+)?$/#, with: "")
    return "\(code)-\(key.digest("finding:" + id).prefix(8))"
  }

  // Order.

  /// Columns of a subject in the order of their names outside, where they were in that of the schema.
  private func sorted(_ subject: Subject) -> Subject {
    var subject = subject
    let places = subject.columns.map { schema[$0] ?? .max }
    if zip(places, places.dropFirst()).allSatisfy(<) {
      subject.columns.sort { place($0) < place($1) }
    }
    return subject
  }

  /// Metrics whose subjects have a direction: they list a pair against the order of the schema.
  private var directed: Set<MetricID> {
    var found: Set<MetricID> = []
    for score in document.scores where score.subject.columns.count > 1 {
      let places = score.subject.columns.map { schema[$0] ?? .max }
      if !zip(places, places.dropFirst()).allSatisfy(<) || score.subject.given != nil {
        found.insert(score.metric)
      }
    }
    return found
  }

  /// Scores with their subjects in the order of names outside; runs of one metric are sorted by them.
  private func ordered(_ scores: [Score], _ directed: Set<MetricID>) -> [Score] {
    var out: [Score] = []
    var run: [(place: [Int], score: Score)] = []
    func flush() {
      let sorted = run.enumerated().sorted {
        let (left, right) = ($0.element.place, $1.element.place)
        return left == right ? $0.offset < $1.offset : left.lexicographicallyPrecedes(right)
      }
      out += sorted.map(\.element.score)
      run = []
    }
    for original in scores {
      let score = directed.contains(original.metric) ? original : turned(original)
      if let last = run.last?.score, last.metric != score.metric || last.against != score.against {
        flush()
      }
      run.append((score.subject.columns.map(place), score))
    }
    flush()
    return out
  }

  /// A score of a pair with its columns in the order of their names outside.
  private func turned(_ original: Score) -> Score {
    var score = original
    score.subject = sorted(original.subject)
    guard score.subject.columns != original.subject.columns, score.subject.columns.count == 2,
      let cells = score.details["cells"]?.arrayValue
    else { return score }
    score.details["cells"] = .array(
      cells.map { cell in
        guard var members = cell.objectValue, members["first"] != nil else { return cell }
        (members["first"], members["second"]) = (members["second"], members["first"])
        return .object(members)
      })
    return score
  }

  /// A table of a pair with its columns in the order of their names outside.
  private func turned(_ table: PairTable) -> PairTable {
    guard table.columns.count == 2, place(table.columns[0]) > place(table.columns[1]) else {
      return table
    }
    var turned = table
    turned.columns = table.columns.reversed()
    (turned.first, turned.second) = (table.second, table.first)
    let (rows, columns) = (table.first.count, table.second.count)
    for side in table.sides.indices {
      turned.sides[side].shares = (0..<columns).flatMap { column in
        (0..<rows).map { table.sides[side].shares[$0 * columns + column] }
      }
    }
    return turned
  }
}
