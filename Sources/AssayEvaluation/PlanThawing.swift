public import AssayDocument
public import AssayMetrics
import AssayTable

/// Takes a plan that was frozen earlier and sees that it comes out again.
struct PlanThawing {
  let frozen: PlanRecord

  init(_ frozen: PlanRecord) { self.frozen = frozen }

  /// Refuses a plan whose hash does not belong to it.
  func check() throws(EvaluationError) {
    guard PlanFreezing.digest(of: frozen) == frozen.hash else {
      throw EvaluationError(
        .plan, ["the plan was changed after it was frozen: its hash does not belong to it"],
        remedy: "'assay evaluate --plan' prints a new one")
    }
  }

  /// The limits of the plan in place of those that follow from preset and row counts.
  func limits(_ plan: EvaluationPlan) -> EvaluationPlan {
    var plan = plan
    func whole(_ name: String, in members: DetailValue? = nil) -> Int? {
      (members?[name] ?? (members == nil ? frozen.sampling[name] : nil))?.integerValue
    }
    plan.replicates = whole("replicates") ?? plan.replicates
    plan.shards = whole("shards") ?? plan.shards
    plan.permutations = whole("permutations") ?? plan.permutations
    plan.classifierRows = whole("classifierRows") ?? plan.classifierRows
    plan.classifierTrees = whole("classifierTrees") ?? plan.classifierTrees
    plan.peelingLimit = whole("peelingLimit") ?? plan.peelingLimit
    plan.distanceRows = whole("distanceRows") ?? plan.distanceRows
    plan.membershipRows = whole("membershipRows") ?? plan.membershipRows
    plan.attackTargets = whole("attackTargets") ?? plan.attackTargets
    plan.attackRows = whole("attackRows") ?? plan.attackRows
    plan.attackPredicates = whole("attackPredicates") ?? plan.attackPredicates
    plan.embeddingRows = whole("embeddingRows") ?? plan.embeddingRows
    plan.listLimit = whole("listLimit") ?? plan.listLimit
    plan.smallestSide = whole("smallestSide") ?? plan.smallestSide
    let utility = frozen.sampling["utility"]
    if let utility {
      plan.utility.rows = whole("rows", in: utility) ?? plan.utility.rows
      plan.utility.linearRows = whole("linearRows", in: utility) ?? plan.utility.linearRows
      plan.utility.neighbourRows = whole("neighbourRows", in: utility) ?? plan.utility.neighbourRows
      plan.utility.trees = whole("trees", in: utility) ?? plan.utility.trees
      plan.utility.refits = whole("refits", in: utility) ?? plan.utility.refits
      plan.utility.refitRows = whole("refitRows", in: utility) ?? plan.utility.refitRows
      plan.utility.curveRepeats = whole("curveRepeats", in: utility) ?? plan.utility.curveRepeats
    }
    plan.utility.allTargets = utility?["allTargets"]?.booleanValue ?? false
    plan.neighbourSample = whole("neighbourSample")
    plan.closestBlocks = whole("closestBlocks")
    plan.pairLimit = whole("pairLimit")
    plan.level = frozen.sampling["level"]?.doubleValue ?? plan.level
    let bins = frozen.binning
    plan.bins.marginalBins = whole("marginalBins", in: bins) ?? plan.bins.marginalBins
    plan.bins.pairBins = whole("pairBins", in: bins) ?? plan.bins.pairBins
    plan.bins.fineBins = whole("fineBins", in: bins) ?? plan.bins.fineBins
    plan.bins.rareLevelCount = whole("rareLevelCount", in: bins) ?? plan.bins.rareLevelCount
    return plan
  }

  /// Refuses data that give another plan.
  func expect(_ record: PlanRecord) throws(EvaluationError) {
    guard record.hash != frozen.hash else { return }
    let places = frozen.differences(from: record).map(\.sentence)
    let shown = places.prefix(20) + (places.count > 20 ? ["and \(places.count - 20) more"] : [])
    throw EvaluationError(
      .plan,
      ["the real rows give another plan than the one that was frozen; it differs in"] + shown,
      remedy: "give the rows that the plan was made from, or freeze a new plan with --plan")
  }
}

extension EvaluationOptions {
  /// The options of a plan that was frozen earlier, which the run must meet.
  ///
  /// - Parameters:
  ///   - plan: The plan; seed, preset, metrics, limits, columns, reading and spelling are its own.
  ///   - threads: How many threads work; no result depends on it.
  ///   - about: Statements of the owner.
  ///   - catalog: The metrics that can be run.
  /// - Throws: ``EvaluationError`` with code ``EvaluationError/Code/plan`` where the plan names a
  ///   preset or metrics that this version does not know.
  public init(
    plan: PlanRecord, threads: Int = 1, about: About = About(), catalog: MetricCatalog = .standard
  ) throws(EvaluationError) {
    let known = catalog.appending(.optional).descriptors.map(\.id.rawValue)
    let declared = MetricCatalog.declared.descriptors.map(\.id.rawValue)
    let wanted = plan.metrics.map { String($0.prefix { $0 != "@" }) }
      .filter { !declared.contains($0) }
    var problems = wanted.filter { !known.contains($0) }.map {
      "the plan asks for the metric '\($0)', which assay \(AssayVersion.current) does not have"
    }
    let preset = EvaluationPlan.Preset(rawValue: plan.preset)
    if preset == nil {
      problems.append("the plan asks for the preset '\(plan.preset)', which is not known")
    }
    guard let preset, problems.isEmpty else { throw EvaluationError(.plan, problems) }
    let said = PlanStatements(plan.given)
    self.init(
      seed: plan.seed, preset: preset, threads: threads, metrics: wanted,
      declared: SchemaDeclaration(said.columns), matchesSpelling: said.matchesSpelling, k: plan.k,
      budget: said.budget, baselines: plan.sampling["baselines"]?.booleanValue ?? false,
      power: plan.sampling["power"]?.booleanValue ?? false,
      approximate: plan.sampling["closestBlocks"] != nil,
      allTargets: plan.sampling["utility"]?["allTargets"]?.booleanValue ?? false, about: about,
      intended: (plan.intended["declared"]?.arrayValue ?? []).compactMap(IntendedDifference.init),
      reading: said.reading, frozen: plan, catalog: catalog)
    reading.threads = max(1, threads)
    privacyBudget = said.privacyBudget
  }
}
