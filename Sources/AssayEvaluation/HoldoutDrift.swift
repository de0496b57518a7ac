import AssayDocument

/// Sees a holdout that was not drawn as the training rows were, such as later years of a series.
///
/// What compares with such a holdout measures the difference between the two real sides too: no
/// generator that learned from the training rows can look like it, and every one lies closer to
/// training. A column counts where the total variation distance of holdout and training exceeds
/// that of a fresh sample by a tenth and by six of its spreads.
struct HoldoutDrift {
  /// A tenth of the rows in other cells than a fresh sample has.
  private static let margin = 0.1
  private static let spreads = 6.0

  /// The columns, furthest apart first, with their distance.
  let columns: [(name: String, distance: Double)]

  init(_ scores: [Score]) {
    var found: [(name: String, distance: Double)] = []
    for score in scores
    where score.metric == "fidelity.total-variation" && score.against == .holdout {
      guard let distance = score.reference, let floor = score.floor,
        let name = score.subject.columns.first,
        distance - floor.value > max(Self.margin, Self.spreads * floor.spread)
      else { continue }
      found.append((name, distance))
    }
    columns = found.enumerated().sorted {
      ($0.element.distance, $1.offset) > ($1.element.distance, $0.offset)
    }.map(\.element)
  }

  /// The columns in a few words.
  var words: String {
    let names = columns.prefix(3).map(\.name).joined(separator: ", ")
    return columns.count > 3 ? "\(names) and \(columns.count - 3) more" : names
  }
}
