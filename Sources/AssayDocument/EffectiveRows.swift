/// The number of real rows that would come as close to the real law as the synthetic rows do.
///
/// What a fresh real sample gets falls with the number of its rows; here the number is read off
/// that belongs to the value at hand. It never exceeds the number of synthetic rows: a table that
/// looks better than as many real rows can is explained by chance, or by copies.
public struct EffectiveRows: Sendable, Hashable, Codable {
  /// The number of real rows.
  public var value: Double
  /// The lower end of its interval.
  public var lower: Double
  /// The upper end of its interval.
  public var upper: Double
  /// The confidence level of the interval.
  public var level: Double
  /// The number of synthetic rows, which is the most that it can be.
  public var rows: Int
  /// How it was found.
  public var method: String

  /// Makes a number of rows.
  public init(
    value: Double, lower: Double, upper: Double, level: Double, rows: Int, method: String
  ) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.level = level
    self.rows = rows
    self.method = method
  }
}
