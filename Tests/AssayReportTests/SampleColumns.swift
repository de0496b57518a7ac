import AssayDocument
import Foundation

/// Columns of a census table with profiles in the shape that an evaluation writes.
enum SampleColumns {
  static func adult(holdout: Bool) -> [ColumnRecord] {
    let all: [ColumnRecord] = [
      numeric("age", 17, 92, 20, peak: 0.25, spread: 0.22, moved: 0.03),
      levels(
        "workclass",
        ["Private", "Self-emp-not-inc", "Local-gov", "State-gov", "Self-emp-inc", "Federal-gov"],
        [0.70, 0.08, 0.065, 0.04, 0.035, 0.03], [0.66, 0.09, 0.07, 0.05, 0.04, 0.04], missing: 0.05),
      uneven(
        "fnlwgt",
        [
          12_200, 65_700, 106_000, 130_000, 158_000, 178_000, 197_000, 219_000, 260_000, 328_000,
          1_490_000,
        ],
        [0.09, 0.11, 0.12, 0.1, 0.1, 0.11, 0.1, 0.09, 0.1, 0.077]),
      levels(
        "education",
        [
          "HS-grad", "Some-college", "Bachelors", "Masters", "Assoc-voc", "11th", "Assoc-acdm",
          "10th",
          "7th-8th", "Prof-school", "9th", "12th", "Doctorate", "5th-6th", "1st-4th", "Preschool",
        ],
        [
          0.32, 0.22, 0.165, 0.054, 0.042, 0.037, 0.033, 0.028, 0.02, 0.017, 0.016, 0.013, 0.012,
          0.01, 0.005, 0.002,
        ],
        [
          0.31, 0.21, 0.17, 0.06, 0.045, 0.04, 0.033, 0.03, 0.018, 0.018, 0.016, 0.014, 0.013, 0.01,
          0.005, 0.002,
        ]),
      numeric("education-num", 1, 17, 16, peak: 0.56, spread: 0.16, moved: 0.01),
      levels(
        "marital-status",
        ["Married-civ-spouse", "Never-married", "Divorced", "Separated", "Widowed"],
        [0.46, 0.33, 0.137, 0.031, 0.031], [0.43, 0.34, 0.15, 0.035, 0.036]),
      levels(
        "occupation",
        [
          "Prof-specialty", "Craft-repair", "Exec-managerial", "Adm-clerical", "Sales",
          "Other-service",
        ],
        [0.126, 0.125, 0.124, 0.115, 0.112, 0.1], [0.13, 0.11, 0.13, 0.12, 0.11, 0.1],
        missing: 0.057
      ),
      levels(
        "relationship", ["Husband", "Not-in-family", "Own-child", "Unmarried", "Wife"],
        [0.404, 0.257, 0.155, 0.105, 0.048], [0.38, 0.26, 0.16, 0.11, 0.056]),
      levels(
        "race", ["White", "Black", "Asian-Pac-Islander", "Amer-Indian-Eskimo", "Other"],
        [0.854, 0.096, 0.031, 0.01, 0.008], [0.83, 0.1, 0.04, 0.015, 0.012]),
      levels("sex", ["Male", "Female"], [0.669, 0.331], [0.64, 0.36]),
      gains(),
      gains("capital-loss", zeros: (0.953, 0.91), values: [1_600, 1_900, 2_200, 2_500, 4_400]),
      numeric("hours-per-week", 0, 100, 20, peak: 0.41, spread: 0.1, moved: 0.005, atom: 40),
      levels(
        "native-country", ["United-States", "Mexico", "Philippines", "Germany"],
        [0.896, 0.02, 0.006, 0.004], [0.83, 0.031, 0.011, 0.008], missing: 0.018, pooled: 0.056),
      levels("income", ["<=50K", ">50K"], [0.759, 0.241], [0.77, 0.23], role: "target"),
    ]
    return all.map { record in
      var record = record
      if !holdout { record.profile?.holdout = nil }
      return record
    }
  }

  /// A column of days, for the axis of dates.
  static var dates: ColumnRecord {
    var record = numeric(
      "admitted", 1_577_836_800, 1_767_225_600, 24, peak: 0.6, spread: 0.3, moved: 0.1)
    record.kind = "datetime"
    record.profile?.scale = "date"
    return record
  }

  static func numeric(
    _ name: String, _ low: Double, _ high: Double, _ bins: Int, peak: Double, spread: Double,
    moved: Double, atom: Double? = nil
  ) -> ColumnRecord {
    let width = (high - low) / Double(bins)
    var cells = (0..<bins).map { bin -> ColumnProfile.Cell in
      let lower = low + Double(bin) * width
      return .init(
        label: "\(lower) to \(lower + width)", kind: "bin", lower: lower, upper: lower + width)
    }
    func shares(_ centre: Double, _ total: Double) -> [Double] {
      let raw = (0..<bins).map { bin -> Double in
        let z = ((Double(bin) + 0.5) / Double(bins) - centre) / spread
        return exp(-z * z / 2)
      }
      let sum = raw.reduce(0, +)
      return raw.map { $0 / sum * total }
    }
    let mass = atom == nil ? 0.0 : 0.46
    var real = shares(peak, 1 - mass)
    var synthetic = shares(peak + moved, 0.997 - mass * 0.8)
    var holdout = shares(peak + 0.004, 1 - mass)
    if let atom {
      cells.append(.init(label: "\(Int(atom))", kind: "atom", lower: atom, upper: atom))
      real.append(mass)
      synthetic.append(mass * 0.8)
      holdout.append(mass * 1.01)
    }
    cells.append(.init(label: "above the real range", kind: "outside", lower: high))
    cells.append(.init(label: "missing", kind: "missing"))
    real += [0, 0]
    synthetic += [0.003, 0]
    holdout += [0.0002, 0]
    return ColumnRecord(
      name: name, kind: "integer", role: "feature", why: ["all values are whole numbers"],
      representation: ["synthetic writes 39.0 where real writes 39"],
      profile: ColumnProfile(
        cells: cells, training: real, synthetic: synthetic, holdout: holdout, scale: "number"))
  }

  static func uneven(_ name: String, _ edges: [Double], _ synthetic: [Double]) -> ColumnRecord {
    let cells = zip(edges, edges.dropFirst()).map {
      ColumnProfile.Cell(label: "\(Int($0)) to \(Int($1))", kind: "bin", lower: $0, upper: $1)
    }
    let share = 1 / Double(cells.count)
    let outside = ColumnProfile.Cell(label: "outside the real range", kind: "outside")
    return ColumnRecord(
      name: name, kind: "integer", role: "feature", why: ["all values are whole numbers"],
      representation: [],
      profile: ColumnProfile(
        cells: cells + [outside], training: cells.map { _ in share } + [0],
        synthetic: synthetic + [0.003], holdout: cells.map { _ in share } + [0.0003],
        scale: "number"))
  }

  static func gains(
    _ name: String = "capital-gain", zeros: (Double, Double) = (0.917, 0.71),
    values: [Double] = [2_100, 3_330, 5_180, 7_690, 15_100, 99_999]
  ) -> ColumnRecord {
    var cells = [ColumnProfile.Cell(label: "0", kind: "atom", lower: 0, upper: 0)]
    cells += zip([1] + values, values).map {
      .init(label: "\(Int($0)) to \(Int($1))", kind: "bin", lower: $0, upper: $1)
    }
    let rest = Double(values.count)
    return ColumnRecord(
      name: name, kind: "integer", role: "feature", why: ["0 holds most rows"], representation: [],
      profile: ColumnProfile(
        cells: cells, training: [zeros.0] + values.map { _ in (1 - zeros.0) / rest },
        synthetic: [zeros.1] + values.map { _ in (1 - zeros.1) / rest },
        holdout: [zeros.0 + 0.002] + values.map { _ in (0.998 - zeros.0) / rest }, scale: "number"))
  }

  static func levels(
    _ name: String, _ labels: [String], _ real: [Double], _ synthetic: [Double],
    missing: Double = 0, pooled: Double = 0, role: String = "feature"
  ) -> ColumnRecord {
    var cells = labels.map { ColumnProfile.Cell(label: $0, kind: "level") }
    var shares = (real, synthetic, real.map { $0 * 0.995 + 0.001 })
    if pooled > 0 {
      cells.append(.init(label: "other levels", kind: "pooled"))
      shares = (shares.0 + [pooled], shares.1 + [pooled * 1.6], shares.2 + [pooled])
    }
    if missing > 0 {
      cells.append(.init(label: "missing", kind: "missing"))
      shares = (shares.0 + [missing], shares.1 + [missing * 0.8], shares.2 + [missing])
    }
    return ColumnRecord(
      name: name, kind: labels.count == 2 ? "boolean" : "category", role: role,
      why: ["\(labels.count) different texts"], representation: [],
      profile: ColumnProfile(
        cells: cells, training: shares.0, synthetic: shares.1, holdout: shares.2, scale: "level"))
  }
}
