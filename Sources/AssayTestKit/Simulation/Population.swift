/// The law that simulated tables are drawn from: columns joined by a Gaussian copula.
///
/// Every column *j* has a standard normal position `z_j = Σ_k λ_jk f_k + √(1 − Σ_k λ_jk²) e_j` with
/// independent standard normal factors *f* and rests *e*, and the value `F_j⁻¹(Φ(z_j))`. So the
/// correlation of the positions of two columns is `Σ_k λ_ik λ_jk` exactly.
public struct Population: Sendable, Hashable {
  /// How cells of a column come to be missing.
  public enum Missing: Sendable, Hashable {
    /// None are.
    case never
    /// Each with the same probability, whatever the row.
    case atRandom(Double)
    /// With one probability in rows where another column lies below its median, with another above.
    case depending(on: String, below: Double, above: Double)

    /// The probability that a cell is missing.
    public var share: Double {
      switch self {
      case .never: 0
      case .atRandom(let share): share
      case .depending(_, let below, let above): (below + above) / 2
      }
    }
  }

  /// One column.
  public struct Column: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The law of its values.
    public var marginal: Marginal
    /// How cells come to be missing.
    public var missing: Missing
    /// Its loadings on the common factors; their squares add up to less than 1.
    public var loadings: [Double]

    /// Makes a column.
    public init(
      _ name: String, _ marginal: Marginal, missing: Missing = .never, loadings: [Double] = []
    ) {
      precondition(
        loadings.reduce(0) { $0 + $1 * $1 } <= 1, "squared loadings of '\(name)' exceed 1")
      self.name = name
      self.marginal = marginal
      self.missing = missing
      self.loadings = loadings
    }
  }

  /// The columns.
  public var columns: [Column]

  /// Makes a population.
  public init(_ columns: [Column]) { self.columns = columns }

  /// The correlation of the normal positions of two columns.
  public func correlation(_ first: Int, _ second: Int) -> Double {
    guard first != second else { return 1 }
    return zip(columns[first].loadings, columns[second].loadings).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The population with every correlation multiplied by a number in 0…1.
  public func dependence(_ factor: Double) -> Population {
    precondition(factor >= 0 && factor <= 1, "a factor in 0...1 is expected, not \(factor)")
    let scale = factor.squareRoot()
    return Population(
      columns.map { column in
        Column(
          column.name, column.marginal, missing: column.missing,
          loadings: column.loadings.map { $0 * scale })
      })
  }

  /// Eleven columns of every kind: normal, lognormal, Student t₃, beta, Poisson, zero-inflated and
  /// rounded; 3, 10 and 50 skewed levels with rare ones; a boolean; days.
  public static let mixed = Population([
    Column(
      "normal", .normal(mean: 50, deviation: 10, decimals: 2), loadings: [0.8, 0.2, 0]),
    Column(
      "lognormal", .lognormal(logMean: 3, logDeviation: 0.8, decimals: 2),
      missing: .atRandom(0.05), loadings: [0.6, -0.4, 0.3]),
    Column(
      "student", .student(degreesOfFreedom: 3, scale: 10, decimals: 2),
      missing: .depending(on: "flag", below: 0.02, above: 0.2), loadings: [-0.5, 0.5, 0.2]),
    Column("beta", .beta(shape: 3, decimals: 4), loadings: [0.3, 0.7, -0.3]),
    Column("poisson", .poisson(mean: 4), loadings: [0.5, 0.1, 0.6]),
    Column(
      "amount", .zeroInflated(zeroShare: 0.6, logMean: 5, logDeviation: 1, unit: 10),
      loadings: [0.4, -0.2, 0.6]),
    Column(
      "three", .levels(["red", "green", "blue"], shares: [0.6, 0.3, 0.1]),
      loadings: [-0.7, 0.3, 0.3]),
    Column(
      "ten",
      .levels(
        (0..<10).map { "region \($0)" },
        shares: [0.35, 0.22, 0.14, 0.1, 0.07, 0.05, 0.04, 0.026, 0.002, 0.002]),
      missing: .atRandom(0.03), loadings: [0.2, 0.6, 0.5]),
    Column(
      "fifty", .levels((0..<50).map { "code \($0)" }, shares: zipf(50, exponent: 1.2)),
      loadings: [0.5, -0.5, 0.4]),
    Column("flag", .levels(["no", "yes"], shares: [0.7, 0.3]), loadings: [0.6, 0.5, 0.1]),
    Column("day", .days(first: 17_897, count: 730), loadings: [-0.3, -0.4, 0.5]),
  ])

  /// Shares that fall as the rank's power, and add up to 1.
  static func zipf(_ count: Int, exponent: Double) -> [Double] {
    let weights = (1...count).map { Marginal.power(Double($0), -exponent) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
