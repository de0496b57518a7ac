import AssayDocument

/// Hand-made documents: figures are invented, shapes are those of a census table.
enum SampleDocument {
  /// What a sample holds.
  struct Options {
    var hasHoldout = true
    var extraColumns = 0
    var rename: (String) -> String = { $0 }
    var failsPrivacy = false
  }

  static func adult(_ options: Options = Options()) -> EvaluationDocument {
    var columns = SampleColumns.adult(holdout: options.hasHoldout)
    for index in 0..<options.extraColumns {
      var copy = columns[index % 15]
      copy.name = "extra-\(index + 1)"
      columns.append(copy)
    }
    for index in columns.indices { columns[index].name = options.rename(columns[index].name) }
    let names = columns.map(\.name)
    return EvaluationDocument(
      tool: ToolInfo(
        version: "0.1.0", commit: "1f2e3d4",
        libraries: ["gsl": "2.7.1", "openblas": "0.3.21", "kernel": "Haswell"]),
      plan: plan(names, options), about: about, inputs: inputs(options),
      columns: columns, metrics: SampleMetrics.all,
      scores: SampleScores.all(names, columns, options),
      dimensions: SampleScores.dimensions(options), findings: findings(names),
      verdict: verdict(options), charts: charts(names, options))
  }

  /// Two clouds, of which the synthetic side misses one, and two pairs of columns.
  private static func charts(_ names: [String], _ options: Options) -> ChartRecords {
    func side(_ role: TableRole, rows: Int, _ cells: [Int], _ shares: [Double])
      -> PlaneProjection.Side
    {
      .init(role: role, rows: rows, cells: cells, shares: shares, outside: nil)
    }
    var sides = [side(.training, rows: 5_000, [9, 10, 17, 45, 46], [0.3, 0.2, 0.1, 0.25, 0.05])]
    if options.hasHoldout {
      sides.append(side(.holdout, rows: 5_000, [9, 10, 45], [0.3, 0.2, 0.3]))
    }
    sides.append(side(.synthetic, rows: 5_000, [9, 10, 17], [0.4, 0.3, 0.1]))
    func table(_ first: Int, _ second: Int, _ labels: [String]) -> PairTable {
      var sides = [PairTable.Side(role: .training, rows: 24_421, shares: [0.4, nil, 0.2, 0.4])]
      if options.hasHoldout {
        sides.append(.init(role: .holdout, rows: 6_106, shares: [0.41, nil, 0.2, 0.39]))
      }
      sides.append(.init(role: .synthetic, rows: 24_421, shares: [0.36, 0.041, 0.2, 0.399]))
      return PairTable(
        columns: [names[first], names[second]], first: labels, second: ["Male", "Female"],
        smallest: 10, sides: sides)
    }
    return ChartRecords(
      plane: PlaneProjection(
        embedding: "rank-one-hot/1",
        horizontal: .init(
          lower: -1.5, upper: 1.5, held: 0.31, columns: [.init(name: names[0], share: 0.6)]),
        vertical: .init(lower: -1, upper: 1.25, held: 0.12, columns: []), cellsPerAxis: 8,
        smallest: 10, sides: sides),
      pairs: [
        table(7, 9, [options.rename("Husband"), "Not-in-family"]),
        table(0, 1, ["under 30", "30 and more"]),
      ])
  }

  /// The least that a document can hold.
  static var minimal: EvaluationDocument {
    EvaluationDocument(
      tool: ToolInfo(version: "0.1.0", libraries: [:]),
      plan: PlanRecord(
        hash: "abc", seed: 1, preset: "quick", k: 10, roles: [:], binning: .null,
        against: [.training], metrics: [], sampling: [:]),
      about: About(),
      inputs: InputRecords(
        training: InputRecord(name: "real.csv", sha256: "00", bytes: 10, rows: 2, columns: 1),
        synthetic: InputRecord(name: "synthetic.csv", sha256: "01", bytes: 10, rows: 2, columns: 1),
        holdout: nil),
      columns: [
        ColumnRecord(
          name: "x", kind: "category", role: "feature", why: ["two values"], representation: [],
          profile: ColumnProfile(
            cells: [.init(label: "a", kind: "level"), .init(label: "b", kind: "level")],
            training: [0.5, 0.5], synthetic: [0.25, 0.75], holdout: nil, scale: "level"))
      ],
      metrics: [SampleMetrics.totalVariation],
      scores: [
        Score(
          metric: "fidelity.total-variation", dimension: .fidelity, against: .training,
          subject: Subject(columns: ["x"]), outcome: .measured(0.25),
          floor: ScoreFloor(value: 0.05, spread: 0.01, method: "closed-form"),
          baseline: ScoreBaseline(value: 0.45, method: "uniform values"))
      ],
      dimensions: [],
      findings: [
        Finding(
          id: "1", severity: .warning, dimension: .fidelity, subject: Subject(columns: ["x"]),
          sentence: "b is too common", remedy: "more epochs")
      ],
      verdict: Verdict(
        policy: .init(name: "first-look", version: "1", hash: "00"), advisory: true,
        status: .evaluated,
        answers: Question.allCases.map {
          Answer(question: $0, mark: .notJudged, word: "not judged", sentence: "too few rows")
        }, requirements: []))
  }

  private static func plan(_ names: [String], _ options: Options) -> PlanRecord {
    PlanRecord(
      hash: "9c1185a5c5e9fc54612808977ee8f548b2258d31b5a0f1d1c8f5f3f0e7c6a9d2", seed: 1_234,
      preset: "standard", k: 10, roles: ["target": [names[14]]], binning: .null,
      against: options.hasHoldout ? [.training, .holdout] : [.training],
      metrics: SampleMetrics.all.map { "\($0.id)@\($0.revision)" },
      sampling: ["replicates": .integer(200), "neighbourRows": .string("all")])
  }

  private static var about: About {
    About([
      "title": "Adult synthetic, release 2026-05", "purpose": "training only", "generator": "ctgan",
    ])
  }

  private static func inputs(_ options: Options) -> InputRecords {
    InputRecords(
      training: InputRecord(
        name: "real_train.csv", sha256: String(repeating: "3a", count: 32), bytes: 2_483_119,
        rows: 24_421, columns: 15, notices: ["taken as the rows the generator saw"]),
      synthetic: InputRecord(
        name: "synth_ctgan.csv", sha256: String(repeating: "7c", count: 32), bytes: 2_501_744,
        rows: 24_421, columns: 15,
        notices: ["2 columns written differently (1 and 1.0): matched"]),
      holdout: options.hasHoldout
        ? InputRecord(
          name: "real_holdout.csv", sha256: String(repeating: "e1", count: 32), bytes: 620_911,
          rows: 6_106, columns: 15, notices: ["shares no row with real beyond chance"]) : nil)
  }

  private static func findings(_ names: [String]) -> [Finding] {
    func finding(
      _ id: String, _ severity: Finding.Severity, _ columns: [Int], _ sentence: String,
      _ remedy: String? = nil, _ dimension: Dimension = .fidelity
    ) -> Finding {
      Finding(
        id: id, severity: severity, dimension: dimension,
        subject: Subject(columns: columns.map { names[$0] }), sentence: sentence, remedy: remedy)
    }
    return [
      finding(
        "f1", .warning, [7, 9], "Husband with Female in 4.1 % of rows, never in real",
        "more epochs or a tree-based generator"),
      finding(
        "f2", .warning, [10], "71 % zeros, real 92 %; the peak above 90,000 is missing",
        "split capital-gain into zero and amount"),
      finding(
        "f3", .warning, [13], "United-States in 83 % of rows, real 89.6 %",
        "pool the rare countries before training"),
      finding(
        "f4", .notice, [0], "written as 39.0 in synthetic, 39 in real: matched for the scores",
        nil, .diagnostics),
      finding(
        "f5", .notice, [2], "0.3 % of cells lie outside the range of the real rows", nil,
        .diagnostics),
    ]
  }

  private static func verdict(_ options: Options) -> Verdict {
    func answer(_ q: Question, _ mark: Answer.Mark, _ word: String, _ text: String) -> Answer {
      Answer(question: q, mark: mark, word: word, sentence: text)
    }
    let leaks =
      options.hasHoldout
      ? answer(
        .leaks, .good, "none seen",
        "a leak of 0.4 % of the records would have been seen (power 80 %)"
      ) : answer(.leaks, .undecided, "undecided", "a holdout would decide it: --holdout FILE")
    return Verdict(
      policy: .init(name: "first-look", version: "1", hash: "5d41402abc4b2a76b9719d911017c592"),
      advisory: true, status: .evaluated,
      answers: [
        answer(
          .valid, .good, "yes",
          "types, keys and ranges hold; 0.3 % of cells outside the real range"),
        answer(.looksReal, .bad, "no", "0.46 (0.44–0.49) = 610 real rows"),
        answer(.useful, .notJudged, "not judged", "no target was given; try --target income"),
        answer(
          .fair, .notJudged, "not judged",
          "no sensitive column given; try --sensitive sex --sensitive race"), leaks,
      ], requirements: [])
  }
}

/// The sample documents by name, so that a test says which one it is about.
enum SampleName: String, CaseIterable, Sendable {
  case adult, minimal, hostile, alone, failing

  var document: EvaluationDocument {
    var options = SampleDocument.Options()
    switch self {
    case .adult: return SampleDocument.adult()
    case .minimal: return SampleDocument.minimal
    case .hostile: return HostileNames.document
    case .alone: options.hasHoldout = false
    case .failing: options.failsPrivacy = true
    }
    return SampleDocument.adult(options)
  }
}
