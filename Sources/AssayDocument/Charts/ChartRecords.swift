/// What is drawn of the rows as a whole and of pairs, as data: so that a saved document renders.
///
/// Only cells that hold at least k rows are in it, on every side.
public struct ChartRecords: Sendable, Hashable, Codable {
  /// The rows of all sides on one plane.
  @Nullable public var plane: PlaneProjection?
  /// Why there is no plane; `nil` where there is one.
  @Nullable public var planeAbsence: String?
  /// Tables of the pairs of columns whose relation is furthest from the real one, in that order, and then
  /// of those that findings name.
  public var pairs: [PairTable]

  /// Makes records.
  public init(plane: PlaneProjection?, planeAbsence: String? = nil, pairs: [PairTable]) {
    self.plane = plane
    self.planeAbsence = planeAbsence
    self.pairs = pairs
  }
}

/// Shares of the rows of each side in the cells of one plane, which was made from training rows alone.
public struct PlaneProjection: Sendable, Hashable, Codable {
  /// One axis of the plane.
  public struct Axis: Sendable, Hashable, Codable {
    /// The lower edge of the first cell, rounded outward.
    public var lower: Double
    /// The upper edge of the last cell, rounded outward.
    public var upper: Double
    /// The share of the variance of the training rows along the axis.
    public var held: Double
    /// The columns that the axis follows most.
    public var columns: [Column]

    /// Makes an axis.
    public init(lower: Double, upper: Double, held: Double, columns: [Column]) {
      self.lower = lower
      self.upper = upper
      self.held = held
      self.columns = columns
    }
  }

  /// A column that an axis follows.
  public struct Column: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// The share of the axis' variance between the cells of the column (squared correlation ratio).
    public var share: Double

    /// Makes a column.
    public init(name: String, share: Double) {
      self.name = name
      self.share = share
    }
  }

  /// One side.
  public struct Side: Sendable, Hashable, Codable {
    /// Which rows.
    public var role: TableRole
    /// How many rows were placed.
    public var rows: Int
    /// The cells with at least k rows, ascending: row of cells × cells a side + column, from the
    /// lower left.
    public var cells: [Int]
    /// The share of the rows in each of them, to four digits.
    public var shares: [Double]
    /// The share of the rows beyond the edges; `nil` where they are fewer than k.
    @Nullable public var outside: Double?

    /// Makes a side.
    public init(role: TableRole, rows: Int, cells: [Int], shares: [Double], outside: Double?) {
      self.role = role
      self.rows = rows
      self.cells = cells
      self.shares = shares
      self.outside = outside
    }
  }

  /// The name of the embedding whose first two principal components are the axes.
  public var embedding: String
  /// The horizontal axis, the one with the most variance.
  public var horizontal: Axis
  /// The vertical axis.
  public var vertical: Axis
  /// Cells along each axis.
  public var cellsPerAxis: Int
  /// The fewest rows of a cell that is published.
  public var smallest: Int
  /// The sides: training, holdout if there is one, synthetic.
  public var sides: [Side]

  /// Makes a projection.
  public init(
    embedding: String, horizontal: Axis, vertical: Axis, cellsPerAxis: Int, smallest: Int,
    sides: [Side]
  ) {
    self.embedding = embedding
    self.horizontal = horizontal
    self.vertical = vertical
    self.cellsPerAxis = cellsPerAxis
    self.smallest = smallest
    self.sides = sides
  }
}

/// How often the cells of two columns meet, on each side.
public struct PairTable: Sendable, Hashable, Codable {
  /// One side.
  public struct Side: Sendable, Hashable, Codable {
    /// Which rows.
    public var role: TableRole
    /// How many rows.
    public var rows: Int
    /// The share of the rows in each cell, row by row, to four digits; `nil` where fewer than k rows
    /// are in it, or where it would tell of such a cell.
    public var shares: [Double?]

    /// Makes a side.
    public init(role: TableRole, rows: Int, shares: [Double?]) {
      self.role = role
      self.rows = rows
      self.shares = shares
    }
  }

  /// The two columns, in schema order.
  public var columns: [String]
  /// The cells of the first column: the rows of the table.
  public var first: [String]
  /// The cells of the second column: the columns of the table.
  public var second: [String]
  /// The fewest rows of a cell that is published.
  public var smallest: Int
  /// The sides: training, holdout if there is one, synthetic.
  public var sides: [Side]

  /// Makes a table.
  public init(
    columns: [String], first: [String], second: [String], smallest: Int, sides: [Side]
  ) {
    self.columns = columns
    self.first = first
    self.second = second
    self.smallest = smallest
    self.sides = sides
  }
}
