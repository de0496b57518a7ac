import AssayDocument

/// How far the share of multiples of ten in each column of whole numbers is from the real one.
///
/// People who are asked for a number say 'fifty'; a generator that draws from a smooth curve does not.
struct RoundNumbers {
  let descriptor = MetricDescriptor(
    id: "fidelity.round-numbers", title: "Round numbers", dimension: .fidelity,
    summary: "How far the share of multiples of ten in each column is from the real one.",
    formula: "|share_real − share_synthetic| of the values that are multiples of ten",
    direction: .lowerIsBetter, anchor: .none,
    invariances: ["order of rows", "order of columns"],
    sees: [], blindTo: [.shuffledColumns],
    cannotSee: "which round numbers there are; relations between columns; other bases than ten",
    howToRead: "0.05 means that five values in a hundred would have to be rounded, or not.",
    citations: [])
}
