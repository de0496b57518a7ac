import AssayDocument
import AssayNumerics

/// The smallest loss of each part of fidelity that these numbers of rows can show.
///
/// A loss counts as seen where the lower bound of the distance lies above what a fresh real sample
/// gets. With a standard deviation s on the scale from the anchor to a fresh real sample that
/// happens with the wanted chance from
///
/// ```
/// (z_level + z_power) s
/// ```
///
/// on.
struct FacetPower {
  let level: Double
  private static let power = 0.8

  func records(_ dimensions: [DimensionScore]) -> [PowerRecord] {
    guard let fidelity = dimensions.first(where: { $0.id == .fidelity }),
      let own = try? normalQuantile(level), let other = try? normalQuantile(Self.power)
    else { return [] }
    return fidelity.members.compactMap { member in
      guard case .normal(let law)? = member.bounds?.law,
        let metric = DimensionScoring.fidelityFacets.first(where: { $0.facet == member.facet })
      else { return nil }
      return PowerRecord(
        metric: metric.metric, facet: "\(member.facet) against \(member.against.rawValue)",
        defect: "loss", smallest: (own + other) * law.deviation, largest: 1, unit: .score,
        power: Self.power, level: 1 - level, trials: 0, method: "normal law of the replicates")
    }
  }
}
