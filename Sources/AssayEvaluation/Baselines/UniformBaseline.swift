import AssayNumerics
import AssayTable

/// Values drawn uniformly over the range or the levels of the training rows.
///
/// Names and texts, which have neither, are drawn from training.
struct UniformBaseline: BaselineGenerator {
  let id = "uniform"
  let title = "uniform values"

  func rows(_ comparison: Comparison, _ random: inout RandomStream) -> AlignedTable {
    let training = comparison.real.training
    let count = comparison.synthetic.rowCount
    let columns = training.columns.indices.map { position -> ColumnData in
      let isWhole = comparison.schema.columns[position].kind == .integer
      switch training.columns[position] {
      case .numeric(let values):
        let present = values.presentValues
        guard let low = present.min(), let high = present.max() else {
          return training.columns[position].rows([Int](repeating: 0, count: count))
        }
        return .numeric(
          NumericValues(
            values: (0..<count).map { _ in
              isWhole
                ? min(high, low + ((high - low + 1) * random.uniform()).rounded(.down))
                : low + (high - low) * random.uniform()
            }, validity: nil))
      case .nominal(let codes):
        let levels = Set(codes).subtracting([-1]).sorted()
        guard !levels.isEmpty else { return .nominal([Int32](repeating: -1, count: count)) }
        return .nominal((0..<count).map { _ in levels[random.below(levels.count)] })
      case .bytes:
        return training.columns[position].rows(
          (0..<count).map { _ in random.below(training.rowCount) })
      }
    }
    return AlignedTable(rowCount: count, columns: columns)
  }
}
