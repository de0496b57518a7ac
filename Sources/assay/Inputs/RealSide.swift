import AssayTable

/// The tables that are read before the synthetic ones.
struct RealSide: Sendable {
  let training: RawTable
  let holdout: RawTable?
  let reference: RawTable?

  /// Takes tables by role; `nil` without a real one.
  init?(_ tables: [(role: String, table: RawTable)]) {
    func table(_ role: String) -> RawTable? { tables.first { $0.role == role }?.table }
    guard let training = table("real") else { return nil }
    self.training = training
    holdout = table("holdout")
    reference = table("reference")
  }

  /// What stays known of the tables.
  var inputs: [ReadInput] {
    [("real", training), ("holdout", holdout), ("reference", reference)].compactMap { role, table in
      table.map { ReadInput(role: role, table: $0) }
    }
  }

  /// Reads the tables, and refuses two that are the same.
  static func read(
    _ files: [(role: String, path: String, name: String?)], options: ReadingOptions,
    progress: ProgressDisplay
  ) throws -> RealSide {
    let tables = try InputReader.read(
      files.map { ($0.path, $0.name) }, options: options, progress: progress)
    let named = zip(files, tables).map { (role: $0.role, table: $1) }
    try InputReader.checkDigests(named)
    guard let side = RealSide(named) else { throw UsageError("no real table was given") }
    return side
  }
}
