/// The cells of a column of numbers.
public struct NumericValues: Sendable, Equatable {
  /// One finite number a row; 0 where the row has none.
  public let values: [Double]
  /// Which rows hold a number; nil if all do.
  public let validity: ValidityMask?

  /// Creates a column of numbers.
  ///
  /// - Parameters:
  ///   - values: finite; the value of a missing row should be 0.
  ///   - validity: one bit a row, nil if no row is missing.
  public init(values: [Double], validity: ValidityMask?) {
    precondition(
      validity.map { $0.count == values.count } ?? true, "mask and values differ in length")
    self.values = values
    self.validity = validity.flatMap { $0.missingCount == 0 ? nil : $0 }
  }

  /// The number of rows.
  public var count: Int { values.count }
  /// The number of rows without a number.
  public var missingCount: Int { validity?.missingCount ?? 0 }

  /// The number of a row, or nil.
  public subscript(row: Int) -> Double? {
    if let validity, !validity[row] { return nil }
    return values[row]
  }
}
