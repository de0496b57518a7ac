public import AssayDocument
import AssayNumerics
public import AssayTable

/// The Kolmogorov–Smirnov distance of the values beyond an extreme real quantile, by column.
///
/// ```
/// sup over x beyond u of |F(x | beyond u) − G(x | beyond u)|,  the mean of both tails
/// ```
///
/// u is the real order statistic that leaves a tenth of the real values beyond it, fewer where that
/// is more than a thousand, and fifty at least; values tied with it are left out. ``TailMass`` says
/// whether as many values lie beyond, this whether those that do are spread as the real ones are; the
/// distance of whole columns hardly sees either. Given u the values beyond it are independent draws,
/// whatever their law, so that Kolmogorov and Smirnov's p-value given ties is exact; it is twice the
/// smaller one of two tails. What a fresh real sample gets is the mean over 199 labellings of the
/// pooled excesses. Missing values are left out.
///
/// - Complexity: O(*k* log *k*) a column once it is sorted, *k* the values beyond.
///
/// Source: Kolmogorov (1933) and Smirnov (1939), as in ``KolmogorovSmirnovDistance``; laws beyond a
/// threshold: Pickands (1975), Statistical inference using extreme order statistics,
/// doi:10.1214/aos/1176343003.
public struct TailKolmogorovSmirnov: Metric {
  /// Labellings from which comes what a fresh real sample gets.
  private static let labellings = 199
  /// Steps that an exact p-value may take.
  private static let exactCost = 5e7

  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.tail-kolmogorov-smirnov", title: "Shape of the tails", dimension: .fidelity,
      summary: "How far the values beyond an extreme real quantile are spread otherwise.",
      formula: "sup |F(x | x beyond u) − G(x | x beyond u)|, mean of both tails; u a real quantile",
      upperLimit: 1, direction: .lowerIsBetter, anchor: .none,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on both sides",
      ],
      sees: [.clippedTail], blindTo: [.shuffledColumns],
      cannotSee:
        "how many values are in the tail; the middle; the last few values of a tail; relations "
        + "between columns",
      defaults: [
        "u":
          "leaves 10 % of the real values, about 1,000 values at most and 50 at least: a tail that "
          + "is nearer to the middle is none",
        "smallest": "500 real values, 20 values of either side strictly beyond u",
      ],
      howToRead:
        "0.3 means that the tail would be right if three in ten of its values moved. With few values "
        + "beyond, a fresh real sample is off as well: compare with it.",
      citations: [
        .init(
          "Pickands (1975), Statistical inference using extreme order statistics",
          doi: "10.1214/aos/1176343003")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter { frame.fits[$0]?.numeric != nil }
    let sorted = try await SortedRoles(columns, in: workspace)
    let seed = workspace.plan.seed
    return try MeasuredColumns(
      descriptor: descriptor, workspace: workspace, nothing: TailSample.reason
    ).result(columns) { column, role throws(MetricError) in
      do throws(NumericsError) {
        let found = frame.schema.columns[column]
        var stream = RandomStream(
          seed: seed, name: descriptor.id.rawValue, role.rawValue, found.name)
        return [
          try Self.entry(
            column, kind: found.kind, sorted[column, role], sorted[column, .synthetic],
            training: role == .holdout ? sorted[column, .training] : nil, &stream)
        ]
      } catch {
        throw MetricError(error)
      }
    }
  }

  private static func entry(
    _ column: Int, kind: ColumnKind, _ real: [Double], _ synthetic: [Double], training: [Double]?,
    _ stream: inout RandomStream
  ) throws(NumericsError) -> MeasuredColumns.Entry {
    var entry = MeasuredColumns.Entry(column: column)
    let tails = TailSample.both(real, synthetic)
    guard !tails.isEmpty else {
      entry.reason = TailSample.reason
      return entry
    }
    entry.floorMethod = FloorMethod.relabellings
    let count = Double(tails.count)
    var floors: [DrawnMoments] = []
    var variance = 0.0
    var least = 1.0
    for tail in tails {
      let found = try KolmogorovSmirnov(sorted: tail.real.span, tail.synthetic.span)
      let own = found.pValue(
        sorted: tail.real.span, tail.synthetic.span, costLimit: exactCost)
      let fresh = DrawnMoments(tail.relabelled(labellings, &stream, distance))
      least = min(least, own.pValue)
      entry.value += found.statistic / count
      variance += max(fresh.deviation * fresh.deviation, Self.variance(found, tail))
      floors.append(fresh)
      let place = tail.threshold + (tail.isUpper ? 1 : -1) * found.location
      entry.details[tail.word] = .object([
        "distance": .finite(found.statistic), "p": .finite(own.pValue),
        "location": .finite(Published.place(place, kind: kind)),
        "realValues": .integer(tail.real.count), "syntheticValues": .integer(tail.synthetic.count),
      ])
    }
    entry.floor = (
      floors.reduce(0) { $0 + $1.mean } / count,
      floors.reduce(0) { $0 + $1.deviation * $1.deviation }.squareRoot() / count
    )
    entry.deviation = variance.squareRoot() / count
    entry.test = TestResult(
      statistic: entry.value, pValue: min(1, count * least),
      method: "two-sample Kolmogorov–Smirnov beyond u, Bonferroni over tails")
    if let training {
      let others = TailSample.both(real, training)
      if others.count == tails.count {
        entry.reference = 0
        for other in others {
          entry.reference? +=
            try KolmogorovSmirnov(sorted: other.real.span, other.synthetic.span).statistic / count
        }
      }
    }
    return entry
  }

  /// The variance of the difference of both distribution functions where it is largest.
  private static func variance(_ found: KolmogorovSmirnov, _ tail: TailSample) -> Double {
    [tail.real, tail.synthetic].reduce(0) { sum, side in
      let share =
        Double(counts(below: found.location, inSorted: side.span).lessOrEqual) / Double(side.count)
      return sum + share * (1 - share) / Double(side.count)
    }
  }

  /// The distance of labelled values.
  private static func distance(_ pooled: Span<Double>, _ isReal: Span<Bool>) -> Double {
    var totals = (real: 0, synthetic: 0)
    for place in 0..<isReal.count {
      if isReal[place] { totals.real += 1 } else { totals.synthetic += 1 }
    }
    var gap = 0
    var largest = 0
    for place in 0..<pooled.count {
      gap += isReal[place] ? totals.synthetic : -totals.real
      if place + 1 == pooled.count || pooled[place + 1] != pooled[place] {
        largest = max(largest, abs(gap))
      }
    }
    return Double(largest) / (Double(totals.real) * Double(totals.synthetic))
  }
}

/// The mean and the standard deviation of some numbers.
struct DrawnMoments: Sendable {
  let mean, deviation: Double

  init(_ values: [Double]) {
    let found = CalibratedBlock.moments(values, subject: 0, of: 1)
    mean = found.mean
    deviation = found.deviation
  }
}
