public import AssayDocument

/// Whether scores put generators in the order that published comparisons of the same files put them.
///
/// Two generators are compared where their published figures differ by more than twice what the
/// publication itself says of a fresh real sample, or of chance where it says nothing: below that
/// its order is noise.
public struct PublishedOrder: Sendable {
  /// One published measure and the score that measures the same.
  public struct Measure: Sendable, Hashable {
    /// The file of the publication, in the folder of the tables.
    public var source: String
    /// Its column.
    public var column: String
    /// The generators of the file whose tables are on disk, with the table's name.
    public var generators: [Generator]
    /// What a fresh real sample differs by, in the published unit.
    public var floor: Double
    /// Whether a higher figure is better.
    public var isHigherBetter: Bool
    /// The metric that measures the same here.
    public var metric: MetricID
    /// Against which side.
    public var against: Against
  }

  /// A generator as a publication and as a file name it.
  public struct Generator: Sendable, Hashable {
    /// Its name in the publication.
    public var name: String
    /// The table on disk.
    public var file: String
  }

  /// Two generators whose published figures differ.
  public struct Pair: Sendable, Hashable {
    /// The publication and the measure.
    public var measure: Measure
    /// The better one by the publication.
    public var better: Generator
    /// The worse one.
    public var worse: Generator
    /// Their published figures.
    public var published: [Double]
    /// Their scores here.
    public var scores: [Double]
    /// Whether the scores have the published order.
    public var agrees: Bool
  }

  /// The measures of every publication.
  public static let measures: [Measure] = {
    func generators(_ names: [(String, String)]) -> [Generator] {
      names.map { Generator(name: $0.0, file: $0.1) }
    }
    let first = generators([
      ("flip10", "synth_flip10"), ("flip30", "synth_flip30"), ("flip90", "synth_flip90"),
      ("synthpop", "synth_synthpop"), ("tvae", "synth_sdv_tvae"),
    ])
    let second = generators([
      ("adult_mostlyai.csv.gz", "synth_mostlyai"),
      ("adult_synthcity-bayesian_network.csv.gz", "synth_synthcity_bayesian_network"),
      ("adult_synthcity-ctgan.csv.gz", "synth_synthcity_ctgan"),
      ("adult_synthcity-ddpm.csv.gz", "synth_synthcity_ddpm"),
      ("adult_synthcity-nflow.csv.gz", "synth_synthcity_nflow"),
    ])
    let third = Array(first.dropLast())
    // A share of 5,000 rows that chance decides has this standard deviation.
    let chance = 0.5 / 5_000.0.squareRoot()
    func measure(
      _ source: String, _ column: String, _ names: [Generator], floor: Double, higher: Bool,
      _ metric: MetricID, _ against: Against = .holdout
    ) -> Measure {
      Measure(
        source: source, column: column, generators: names, floor: floor, isHigherBetter: higher,
        metric: metric, against: against)
    }
    let columns: MetricID = "fidelity.total-variation"
    let pairs: MetricID = "fidelity.contingency"
    let area: MetricID = "fidelity.classifier-two-sample"
    let nearness: MetricID = "privacy.distance-to-closest-record"
    let (old, new) = ("reference_2023_results.csv", "reference_2024_metrics.csv")
    let other = "reference_qa_benchmark.csv"
    let trained = [first[3], first[4]]
    return [
      measure(old, "tvd", first, floor: 0.0209, higher: false, "fidelity.k-marginal", .training),
      measure(old, "priv_share", first, floor: chance, higher: false, nearness, .both),
      measure(new, "univariate", second, floor: 0.007, higher: true, columns, .training),
      measure(new, "bivariate", second, floor: 0.017, higher: true, pairs, .training),
      measure(
        new, "discriminator_auc_training_synthetic", second, floor: 0.004, higher: false, area,
        .training),
      measure(new, "dcr_share", second, floor: chance, higher: false, nearness, .both),
      measure(other, "accuracy_univariate", third, floor: 0.006, higher: true, columns, .training),
      measure(other, "accuracy_bivariate", third, floor: 0.015, higher: true, pairs, .training),
      measure(
        other, "similarity_discriminator_auc_training_synthetic", third, floor: 0.006,
        higher: false, area, .training),
      measure(
        other, "distances_dcr_share", third, floor: chance, higher: false, nearness, .both),
      // Models of income; a deviation of the area over 24,421 holdout rows is 0.002.
      measure(
        "reference_2023_ml.csv", "auc", trained, floor: 0.002, higher: true,
        "utility.train-test"),
    ]
  }()

  /// The tables that the measures speak of, each once.
  public static let files: [String] = {
    var seen: Set<String> = []
    return measures.flatMap(\.generators).map(\.file).filter { seen.insert($0).inserted }
  }()

  /// The metrics that are needed.
  public static let metrics: [String] = Array(Set(measures.map(\.metric.rawValue))).sorted()

  /// The pairs of a measure whose published figures differ enough.
  ///
  /// - Parameters:
  ///   - measure: The measure.
  ///   - text: Its publication, comma-separated.
  ///   - documents: What was found of each table, by its name.
  ///   - floor: A larger floor, where fewer rows were looked at here than there.
  /// - Returns: The pairs; tables without a document or a figure are in none.
  public static func pairs(
    of measure: Measure, in text: String, documents: [String: EvaluationDocument],
    floor: Double = 0
  ) -> [Pair] {
    let figures = figures(of: measure, in: text)
    var found: [Pair] = []
    let known = measure.generators.compactMap { generator -> (Generator, Double, Double)? in
      guard let published = figures[generator.name], let document = documents[generator.file],
        let score = score(measure, document)
      else { return nil }
      return (generator, published, score)
    }
    for (index, first) in known.enumerated() {
      for second in known[(index + 1)...] {
        guard abs(first.1 - second.1) > 2 * max(measure.floor, floor) else { continue }
        let isFirstBetter = (first.1 > second.1) == measure.isHigherBetter
        let (better, worse) = isFirstBetter ? (first, second) : (second, first)
        let isHigher =
          documents[better.0.file]?.descriptor(measure.metric)?.direction == .higherIsBetter
        found.append(
          Pair(
            measure: measure, better: better.0, worse: worse.0, published: [better.1, worse.1],
            scores: [better.2, worse.2],
            agrees: isHigher ? better.2 > worse.2 : better.2 < worse.2))
      }
    }
    return found
  }

  private static func score(_ measure: Measure, _ document: EvaluationDocument) -> Double? {
    document.scores.first {
      $0.metric == measure.metric && $0.subject.isTable && $0.against == measure.against
        && $0.value != nil
    }?.value
  }

  /// The figures of a publication by generator: of the rows of Adult where it has others.
  private static func figures(of measure: Measure, in text: String) -> [String: Double] {
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let head = lines.first, let column = head.firstIndex(of: measure.column),
      let name = head.firstIndex(of: "synthesizer") ?? head.firstIndex(of: "file")
    else { return [:] }
    let dataset = head.firstIndex(of: "dataset")
    var found: [String: Double] = [:]
    for line in lines.dropFirst() where line.count == head.count {
      if let dataset, line[dataset] != "adult" { continue }
      found[line[name]] = Double(line[column])
    }
    return found
  }
}
