import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import AssayUtility
import Testing

/// Each metric of utility where the answer is known.
@Suite struct `Metrics of utility` {
  private static func trial(
    _ target: String = "yes", tables: TargetTables = TargetTables(),
    damage: MetricDescriptor.Damage? = nil, rows: Int = 800, threads: Int = 1
  ) throws -> Trial {
    let training = tables.rows(rows, "training")
    let fresh = tables.rows(rows, "fresh")
    return try Trial(
      training: training,
      synthetic: damage.map {
        PlantedDamage($0, strength: 1, seed: 4).applied(to: fresh, training: training)
      } ?? fresh, holdout: tables.rows(rows * 3 / 4, "holdout"),
      declared: TargetTables.declared(target), plan: TargetTables.plan, threads: threads)
  }

  private static func score(
    _ metric: some Metric, _ trial: Trial, _ target: String = "yes"
  ) async throws -> Score {
    let scores = try await trial.scores(of: metric)
    return try #require(scores.first { $0.subject.target == target } ?? scores.first)
  }

  @Test func `the generator's gap is as the release's with a wider interval`() async throws {
    let trial = try Self.trial()
    let release = try await Self.score(PredictionGap(), trial)
    let generator = try await Self.score(FreshSampleGap(), trial)
    let own = try #require(release.interval)
    let other = try #require(generator.interval)
    #expect(release.value == generator.value)
    #expect(other.upper - other.lower > own.upper - own.lower)
    #expect(other.lower <= 0 && other.upper >= 0)
  }

  @Test func `shuffled columns train like the smallest subset of real rows`() async throws {
    let fresh = try await Self.score(EffectiveTrainingRows(), try Self.trial())
    let lost = try await Self.score(
      EffectiveTrainingRows(), try Self.trial(damage: .shuffledColumns))
    #expect(lost.value == 50)
    #expect((fresh.value ?? 0) > 4 * (lost.value ?? 0))
    #expect((fresh.interval?.upper ?? 0) == 800)
  }

  @Test(arguments: ["yes", "three", "number"])
  func `the matrix has every learner and all four ways`(_ target: String) async throws {
    let scores = try await Self.trial(target).scores(of: TrainTestMatrix())
    let own = scores.filter { $0.subject.target == target }
    #expect(
      own.compactMap { $0.parameters["learner"]?.stringValue }
        == Learner.allCases.map(\.rawValue))
    for score in own {
      for way in [
        "trainRealTestReal", "trainSyntheticTestReal", "trainRealTestSynthetic",
        "trainSyntheticTestSynthetic",
      ] {
        #expect((score.details[way]?.objectValue ?? [:]).count >= 3, "\(way)")
      }
    }
    let boosted = try #require(own.first)
    // Fresh rows are as hard to predict as real ones.
    #expect(abs((boosted.value ?? 0) - (boosted.reference ?? 1)) < 0.06)
  }

  @Test func `a model of flipped labels is worse calibrated than one of real rows`() async throws {
    let fresh = try await Self.score(PredictionCalibration(), try Self.trial())
    let lost = try await Self.score(
      PredictionCalibration(), try Self.trial(damage: .shuffledColumns))
    #expect((lost.value ?? 0) > (fresh.value ?? 1) + 0.02)
    #expect(lost.details["curve"] != nil)
  }

  @Test func `fresh rows keep the order of learners and of columns`() async throws {
    let trial = try Self.trial()
    let order = try await Self.score(ModelRanking(), trial)
    #expect((order.value ?? 0) >= 0.75)
    let columns = try await Self.score(ImportanceAgreement(), trial)
    #expect(columns.value == 1)
    let lost = try await Self.score(
      ModelRanking(), try Self.trial(damage: .shuffledColumns))
    #expect((lost.value ?? 1) < (order.value ?? 0))
  }

  @Test func `rare cases are lost with the relations that give them away`() async throws {
    var tables = TargetTables()
    tables.offset = -4
    let fresh = try await Self.score(RareEvents(), try Self.trial(tables: tables, rows: 1_500))
    let lost = try await Self.score(
      RareEvents(), try Self.trial(tables: tables, damage: .shuffledColumns, rows: 1_500))
    #expect((fresh.interval?.lower ?? 1) <= 0.05)
    #expect((lost.value ?? 0) > 0.2 && (lost.interval?.lower ?? 0) > 0)
    let common = try await Self.score(RareEvents(), try Self.trial())
    #expect(common.reason == "no class of yes is rare: both have over a quarter of the rows")
  }

  @Test func `strange rows are found by detectors of fresh rows, not of shifted ones`() async throws
  {
    let fresh = try await Self.score(AnomalyAgreement(), try Self.trial())
    let moved = try await Self.score(AnomalyAgreement(), try Self.trial(damage: .modeCollapse))
    #expect((fresh.value ?? 0) > 0.5)
    #expect((moved.value ?? 1) < (fresh.value ?? 0))
  }

  @Test func `fresh rows help where real ones are scarce and shuffled ones harm`() async throws {
    let fresh = try await Self.trial().scores(of: Augmentation())
    let lost = try await Self.trial(damage: .shuffledColumns).scores(of: Augmentation())
    func gain(_ scores: [Score], _ regime: String, _ share: Double) throws -> Score {
      try #require(
        scores.first {
          $0.parameters["regime"]?.stringValue == regime
            && $0.parameters["share"]?.doubleValue == share
        })
    }
    let scarce = try gain(fresh, "scarce", 0.25)
    #expect(scarce.details["verdict"]?.stringValue == "gain")
    let mixed = try gain(lost, "mix", 1)
    #expect(mixed.details["verdict"]?.stringValue == "harm")
    #expect((mixed.value ?? 0) < (try gain(lost, "mix", 0.25).value ?? -1))
    #expect(try gain(lost, "added", 1).details["stopsHelpingAt"]?.doubleValue == 0)
    let words = try #require(fresh.first { $0.subject.isTable }?.details["inWords"]?.stringValue)
    #expect(
      words.hasPrefix("synthetic rows on top of a few of the real ones: gain at "), "\(words)")
  }

  /// Planted truth: a table whose labels are noise harms, where real rows are few and in their place, and
  /// says so; of a handful of rows to judge by it says that they cannot tell.
  @Test func `labels of noise harm, in words, or nothing can be told`() async throws {
    var noise = TargetTables()
    noise.strength = 0
    func trial(holdout: Int) throws -> Trial {
      try Trial(
        training: TargetTables().rows(800, "training"), synthetic: noise.rows(800, "noise"),
        holdout: TargetTables().rows(holdout, "holdout"), declared: TargetTables.declared("yes"),
        plan: TargetTables.plan)
    }
    let scores = try await trial(holdout: 600).scores(of: Augmentation())
    let scarce = scores.filter { $0.parameters["regime"]?.stringValue == "scarce" }
    #expect(scarce.contains { $0.details["verdict"]?.stringValue == "harm" })
    #expect(!scarce.contains { $0.details["verdict"]?.stringValue == "gain" })
    let table = try #require(scores.first { $0.subject.isTable })
    let words = try #require(table.details["inWords"]?.stringValue)
    #expect(words.contains("in the place of real ones: harm at 25, 50, 75 and 100 %"), "\(words)")
    #expect(table.details["verdict"]?.stringValue == "harm")
    let few = try Trial(
      training: TargetTables().rows(70, "training"), synthetic: TargetTables().rows(70, "fresh"),
      holdout: TargetTables().rows(110, "holdout"), declared: TargetTables.declared("yes"),
      plan: TargetTables.plan)
    let told = try await few.scores(of: Augmentation()).first { $0.subject.isTable }
    #expect(
      told?.details["inWords"]?.stringValue?.contains(
        "on top of all real ones: neither gain nor harm can be told at this size") == true)
  }

  /// Determinism: models are trained side by side, and no number depends on how many.
  @Test func `one thread and two give the same bytes`() async throws {
    for metric in UtilityMetrics.all {
      let one = try await Self.trial(rows: 300).scores(of: metric)
      let two = try await Self.trial(rows: 300, threads: 2).scores(of: metric)
      #expect(one == two, "\(metric.descriptor.id)")
    }
  }

  /// Laws of every metric, with a target declared.
  @Test func `results with a target are well formed`() async throws {
    for target in ["yes", "three", "number"] {
      let trial = try Self.trial(target, rows: 240)
      for metric in UtilityMetrics.all {
        let violations = WellFormed.violations(
          try await trial.result(of: metric), metric.descriptor, on: target)
        #expect(
          violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
      }
    }
  }
}

/// The metrics of utility in the catalogue.
enum UtilityMetrics {
  static let all = MetricCatalog.full.metrics.filter { $0.descriptor.dimension == .utility }
}
