import AssayDocument

/// Two hand-made documents: with a value in every member, and with as few as can be.
///
/// Figures are invented.
enum FullDocument: CaseIterable {
  case everything, least

  /// The document of the case.
  var document: EvaluationDocument {
    switch self {
    case .everything: Self.full
    case .least: Self.sparse
    }
  }

  static let full = EvaluationDocument(
    tool: ToolInfo(
      version: "0.1.0", commit: "1f2e3d4", libraries: ["gsl": "2.7.1", "kernel": "Haswell"]),
    plan: plan, about: About(["title": "A trial of 3 \"arms\"", "owner": "Ward 7/B"]),
    inputs: InputRecords(
      training: input("train.csv", rows: 3500), synthetic: input("synth.csv", rows: 3000),
      holdout: input("holdout.csv", rows: 2200)),
    columns: columns, metrics: [descriptor, exactMatch], scores: scores, dimensions: [dimension],
    baselines: baselines, power: power, findings: [finding],
    diagnoses: diagnoses, verdict: verdict,
    draws: DrawsRecord(
      inputs: [input("synth.csv", rows: 3000), input("second.csv", rows: 3100)],
      scores: [
        DrawnScore(
          kind: .facet, id: "fidelity.marginal", against: .holdout, values: [0.75, nil],
          spreads: [nil, nil]),
        DrawnScore(
          kind: .dimension, id: "fidelity", against: nil, values: [0.75, 0.5],
          spreads: [0.25, 0.25]),
      ],
      regressions: [
        CombinedRegression(
          target: "größe ❤️", against: .holdout, level: 0.95, rowRatio: 0.5,
          rules: [
            CombinedRule(
              rule: .singleModel, intervals: 1, unknown: 0, holding: 1, expected: 0.75,
              overlap: -0.5),
            CombinedRule(
              rule: .fullySynthetic, intervals: 0, unknown: 1, holding: 0, expected: nil,
              overlap: nil),
          ],
          terms: [
            CombinedTerm(
              term: "age", real: 1.5, realError: 0.25, draws: 2, estimate: 1.25,
              betweenSpread: 0.125, withinSpread: 0.25,
              intervals: [.init(rule: .singleModel, lower: 0.5, upper: 2)]),
            CombinedTerm(
              term: "arm = b", real: 0.5, realError: 0.25, draws: 1, estimate: nil,
              betweenSpread: nil, withinSpread: nil, intervals: []),
          ])
      ]),
    charts: ChartRecords(
      plane: PlaneProjection(
        embedding: "rank-one-hot/1",
        horizontal: .init(
          lower: -1.5, upper: 2, held: 0.5, columns: [.init(name: "age", share: 0.75)]),
        vertical: .init(lower: -1, upper: 1, held: 0.25, columns: []), cellsPerAxis: 8,
        smallest: 10,
        sides: [
          .init(role: .training, rows: 3500, cells: [0, 9], shares: [0.25, 0.5], outside: 0.125),
          .init(role: .synthetic, rows: 3000, cells: [9], shares: [0.75], outside: nil),
        ]),
      pairs: [
        PairTable(
          columns: ["age", "größe ❤️"], first: ["under 51", "51 and more"], second: ["a"],
          smallest: 10,
          sides: [
            .init(role: .training, rows: 3500, shares: [0.25, nil]),
            .init(role: .holdout, rows: 2200, shares: [0.5, nil]),
            .init(role: .synthetic, rows: 3000, shares: [nil, 0.75]),
          ])
      ]))

  static let sparse = EvaluationDocument(
    tool: ToolInfo(version: "0.1.0", libraries: [:]),
    plan: PlanRecord(
      hash: digest, seed: 1, preset: "quick", k: 10, roles: [:], binning: .null,
      against: [.training], metrics: [], sampling: [:]),
    about: About(),
    inputs: InputRecords(
      training: input("a.csv", rows: 1), synthetic: input("b.csv", rows: 1), holdout: nil),
    columns: [
      ColumnRecord(name: "x", kind: "text", role: "feature", why: [], representation: [])
    ],
    metrics: [], scores: [bareScore],
    dimensions: [
      DimensionScore(
        id: .privacy, score: nil, method: "none", counts: .init(notApplicable: 1),
        reason: "no holdout")
    ],
    findings: [
      Finding(id: "f", severity: .notice, dimension: .privacy, subject: .table, sentence: "s")
    ],
    verdict: Verdict(
      policy: .init(name: "first-look", version: "1", hash: digest), advisory: true,
      status: .evaluated, answers: [],
      requirements: [
        .init(
          id: "r", status: .undecided, severity: "advice", subject: .table, compared: "c",
          bound: nil, margin: nil, why: "w")
      ]))

  static let digest = String(repeating: "0123456789abcdef", count: 4)

  static let bareScore = Score(
    metric: "privacy.exact-match", dimension: .privacy, against: .holdout,
    outcome: .notApplicable(reason: "there is no holdout"))

  static func input(_ name: String, rows: Int) -> InputRecord {
    InputRecord(
      name: name, sha256: digest, bytes: 40 * rows, rows: rows, columns: 2,
      notices: rows > 3000 ? ["a first column without a name was dropped"] : [])
  }

  static let plan = PlanRecord(
    hash: digest, seed: 18_446_744_073_709_551_615, preset: "standard", k: 10,
    roles: ["target": ["death"], "sensitive": ["sex", "age"]],
    binning: .object(["pairBins": 10, "columns": .array([.object(["column": "age"])])]),
    against: [.training, .holdout], metrics: ["fidelity.kolmogorov-smirnov@1"],
    sampling: ["replicates": 200, "level": .number(0.95), "neighbourSample": .null],
    intended: .object(["columns": .array([.object(["column": "sex", "ratio": .number(0.5)])])]),
    given: .object(["matchesSpelling": true, "columns": .array([])]))

  static let columns = [
    ColumnRecord(
      name: "age", kind: "integer", role: "sensitive", roles: ["sensitive", "quasi-identifier"],
      why: ["every value is a whole number"], representation: ["synthetic writes 51.0"],
      profile: ColumnProfile(
        cells: [
          .init(label: "under 51", kind: "outside", upper: 51),
          .init(label: "51 to 60", kind: "bin", lower: 51, upper: 60),
          .init(label: "60 and more", kind: "outside", lower: 60),
          .init(label: "missing", kind: "missing"),
        ],
        training: [0, 0.75, 0.125, 0.125], synthetic: [0.25, 0.5, 0.125, 0.125],
        holdout: [0, 0.75, 0.25, 0], scale: "number")),
    ColumnRecord(
      name: "größe ❤️", kind: "identifier", role: "excluded", why: ["all values differ"],
      representation: []),
  ]

  static let descriptor = MetricDescriptor(
    id: "fidelity.kolmogorov-smirnov", revision: 2, title: "Kolmogorov–Smirnov distance",
    dimension: .fidelity, summary: "The largest gap between two distribution functions.",
    formula: "D = sup |F − G|", unit: "share", lowerLimit: 0, upperLimit: 1,
    direction: .lowerIsBetter, frame: .exchangeable, anchor: .uniformValues,
    invariances: ["monotone change of the values"], sees: [.shift, .scale],
    blindTo: [.copy, .shuffledColumns], cannotSee: "relations between columns",
    defaults: ["level": "0.95: the field's habit"], howToRead: "0 is alike, 1 is apart.",
    citations: [
      .init("Smirnov (1948), Annals of Mathematical Statistics", doi: "10.1214/aoms/1177730256"),
      .init("Kolmogorov (1933)"),
    ])

  static let exactMatch = MetricDescriptor(
    id: "privacy.exact-match", title: "Exact matches", dimension: .privacy,
    summary: "The share of synthetic rows that are training rows.", formula: "m / n",
    upperLimit: nil, direction: .closerToFreshSample, anchor: .copiedRows, sees: [.copy],
    blindTo: [], cannotSee: "", howToRead: "", citations: [])

  static let scores = [
    Score(
      metric: "fidelity.kolmogorov-smirnov", dimension: .fidelity, against: .holdout,
      subject: Subject(
        columns: ["age"], segment: "sex = F", target: "death", given: "sex", facet: "marginal"),
      parameters: ["bins": 10, "bandwidth": .number(0.25)], outcome: .measured(0.125),
      unit: "share",
      interval: ScoreInterval(lower: 0.1, upper: 0.15, method: "two-bound"),
      bounds: ScoreBounds(
        lower: 0.105, upper: 0.145,
        law: .normal(
          .init(lowerCentre: 0.1, upperCentre: 0.125, deviation: 0.0125, lowest: 0, highest: 1)),
        excessLaw: .difference(successes: 3, trials: 40, subtracted: 1, of: 50)),
      floor: ScoreFloor(value: 0.025, spread: 0.005, method: "closed-form"),
      baseline: ScoreBaseline(value: 0.525, method: "uniform-values"), reference: 0.03,
      test: TestResult(
        statistic: 4.5, pValue: 0.001, adjusted: 0.002, family: "columns", method: "exact"),
      n: RowCounts(training: 3500, synthetic: 3000, holdout: 2200),
      details: [
        "location": .number(53.5), "worst": .strings(["age"]), "hard": true, "none": .null,
        "quantiles": .object(["p": .numbers([0.5, 1, 2.5e-300])]),
      ]),
    bareScore,
    Score(
      metric: "fidelity.kolmogorov-smirnov", dimension: .fidelity, against: .training,
      outcome: .failed(ScoreFailure(code: "not-finite", message: "the value is not finite"))),
  ]

  static let dimension = DimensionScore(
    id: .fidelity, score: 0.8,
    interval: ScoreInterval(lower: 0.75, upper: 0.85, method: "facet-two-bound"),
    method: "minimum of the parts",
    members: [
      .init(
        facet: "marginal", against: .holdout, value: 0.125,
        floor: ScoreFloor(value: 0.025, spread: 0.005, method: "closed-form"),
        baseline: ScoreBaseline(value: 0.525, method: "uniform-values"), score: 0.8,
        interval: ScoreInterval(lower: 0.75, upper: 0.85, method: "facet-two-bound"),
        bounds: ScoreBounds(lower: 0.76, upper: 0.84, law: .exact),
        effectiveRows: EffectiveRows(
          value: 610, lower: 580.5, upper: 640, level: 0.95, rows: 3000, method: "law"),
        subjects: 2),
      .init(
        facet: "dependence", against: .holdout, value: nil, floor: nil, baseline: nil, score: nil,
        interval: nil, subjects: 0, reason: "one column has no pairs"),
    ],
    worst: .init(facet: "marginal", columns: ["age"]),
    counts: .init(measured: 1, notApplicable: 0, failed: 1))

  static let diagnoses = [
    Diagnosis(
      id: "shuffled-columns", name: "Relations were not learned",
      sentence: "No column goes with another.",
      subject: Subject(columns: ["a", "b"]), evidence: ["dependence": .finite(0.25)],
      explains: ["relation-1"], remedy: "use a generator that models rows",
      remedies: ["gan": "train longer"], generator: "gan"),
    Diagnosis(id: "rounding", name: "n", sentence: "s", remedy: "r"),
  ]

  static let baselines = [
    BaselineRecord(
      id: "copy", title: "copy of the real rows", rows: 3000,
      dimensions: [
        DimensionScore(
          id: .utility, score: nil, method: "none", counts: .init(notApplicable: 3),
          reason: "not measured")
      ],
      scores: [
        .init(metric: "privacy.exact-match", against: .training, value: 1),
        .init(metric: "privacy.exact-match", against: .holdout, value: nil),
      ])
  ]

  static let power = [
    PowerRecord(
      metric: "privacy.exact-match", defect: "copied-rows", smallest: 0.004, largest: 0.5,
      unit: .rows, power: 0.8, level: 0.001, trials: 40, method: "planted rows"),
    PowerRecord(
      metric: "fidelity.cramers-v", facet: "dependence against holdout", defect: "loss",
      smallest: nil, largest: 1, unit: .score, power: 0.8, level: 0.05, trials: 0,
      method: "formula"),
  ]

  static let finding = Finding(
    id: "shifted-0a1b2c3d", severity: .warning, dimension: .fidelity,
    subject: Subject(columns: ["age"]), sentence: "age lies 3 years higher than in real",
    evidence: ["shift": 3, "sure": true], remedy: "look at the ages of the training rows")

  static let verdict = Verdict(
    policy: .init(name: "hospital", version: "2", hash: digest), advisory: false,
    asOf: "2026-01-31", status: .failed,
    answers: [
      Answer(question: .valid, mark: .good, word: "yes", sentence: "columns and levels hold"),
      Answer(question: .fair, mark: .notJudged, word: "not judged", sentence: "no groups"),
    ],
    requirements: [
      .init(
        id: "looks-real", status: .failed, severity: "block", subject: Subject(columns: ["age"]),
        compared: "fidelity", bound: 0.755, margin: 0.9, why: "0.80 (0.75 to 0.85)",
        command: "assay evaluate train.csv synth.csv -m fidelity", waiver: "until 2026-03-01")
    ])
}
