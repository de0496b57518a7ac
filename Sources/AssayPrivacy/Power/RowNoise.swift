package import AssayNumerics
package import AssayTable
import Foundation

/// Normal noise on numbers and dates, as a share of the real standard deviation.
///
/// Numbers keep the decimals of their column; levels, names and texts stay as they are.
package struct RowNoise: Sendable {
  private let schema: TableSchema
  private let deviations: [Double]
  private let share: Double

  /// - Parameters:
  ///   - schema: What the columns are.
  ///   - deviations: The real standard deviation of each column; 0 where it has none.
  ///   - share: The standard deviation of the noise by that of the column.
  package init(schema: TableSchema, deviations: [Double], share: Double) {
    self.schema = schema
    self.deviations = deviations
    self.share = share
  }

  /// - Complexity: O(rows · columns).
  package func applied(to table: AlignedTable, _ random: inout RandomStream) -> AlignedTable {
    AlignedTable(
      rowCount: table.rowCount,
      columns: table.columns.indices.map { position in
        guard case .numeric(let values) = table.columns[position], deviations[position] > 0 else {
          return table.columns[position]
        }
        let column = schema.columns[position]
        // A quotient of whole numbers is the number that its decimals are read as.
        let scale = column.kind == .integer ? 1 : pow(10, Double(column.decimals ?? 6))
        return .numeric(
          NumericValues(
            values: values.values.indices.map { row in
              guard let value = values[row] else { return 0 }
              let moved = value + share * deviations[position] * random.normal()
              return (moved * scale).rounded() / scale
            }, validity: values.validity))
      })
  }
}
