public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The share of training records that would be alone with their quasi-identifiers in a population ten
/// times as large.
///
/// Pitman's sampling formula is fitted to the sizes of the classes; populations a hundred and a
/// thousand times as large are in the details. The share of records that are alone with their keys and
/// whose keys occur in the synthetic table, for training and for as many holdout records, says whether
/// the synthetic table repeats such records.
///
/// It takes the records for a simple random sample of a population of exactly such a size.
///
/// - Complexity: O(rows · columns), hashed, and some thousand evaluations of the likelihood.
///
/// Source: Hoshino (2001), Journal of Official Statistics 17, 499–520; Pitman (1995),
/// doi:10.1007/BF01213386.
public struct PopulationUniqueness: Metric {
  /// Makes the metric.
  public init() {}

  private static let multiples = [10.0, 100, 1_000]

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ReleaseModel.descriptor(
      "privacy.population-uniqueness", "Population uniqueness",
      summary:
        "Training records that would be alone with their keys among ten times as many people.",
      formula: "E[records alone in a population of 10 n] / (10 n), Pitman's sampling formula",
      upper: 1, direction: .lowerIsBetter,
      cannotSee: "whether the synthetic table gives any of them away",
      howToRead: "How telling the quasi-identifiers are, before anything is published.",
      citations: [
        .init(
          "Hoshino (2001), Applying Pitman's sampling formula to microdata disclosure risk "
            + "assessment, Journal of Official Statistics 17, 499–520"),
        .init(
          "Pitman (1995), Exchangeable and partially exchangeable random partitions",
          doi: "10.1007/BF01213386"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard let found = try await workspace.value(of: QuasiIdentifierClasses()) else {
      return ReleaseModel.absent(
        descriptor.id, .training, QuasiIdentifierClasses.absence(frame))
    }
    let rows = Double(found.training.classOfRecord.count)
    var shares: [Double] = []
    var details = found.details
    do throws(NumericsError) {
      let model = try PitmanModel(sizes: found.training.sizes)
      for multiple in Self.multiples {
        shares.append(
          min(1, try model.expectedUniques(among: multiple * rows) / (multiple * rows)))
      }
      details["alpha"] = .finite(model.alpha)
      details["theta"] = .finite(model.theta)
    } catch  where error.code == .tooFewObservations {
      return ReleaseModel.absent(
        descriptor.id, .training,
        "the classes of equal quasi-identifiers are all of one record, or there is one class only")
    } catch {
      throw MetricError(error)
    }
    details["populations"] = .numbers(Self.multiples.map { $0 * rows })
    details["shares"] = .numbers(shares)
    details["sampleUniqueShare"] = .number(Double(found.training.records(below: 2)) / rows)
    details["syntactic"] = true
    return MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .training,
        outcome: .measured(shares[0]), n: RowCounts(training: Int(rows)), details: details)
    ]).counted(level: workspace.plan.level)
  }
}
