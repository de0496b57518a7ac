import AssayNumerics
import Foundation

/// Counts rows by the cells of the columns that make segments, then of the column that is compared.
enum SegmentTable {
  /// The rows of one role.
  struct Rows {
    var codes: [[UInt8]]
    var count: Int
  }

  /// Counts rows by their cells, row-major over a shape.
  static func count(_ rows: Rows?, _ shape: [Int]) -> [Double] {
    var counts = [UInt32](repeating: 0, count: shape.reduce(1, *))
    guard let rows else { return counts.map(Double.init) }
    let (first, second) = (rows.codes[0], rows.codes[1])
    if rows.codes.count == 2 {
      count(first.span, second.span, rows.count, shape, &counts)
    } else {
      let third = rows.codes[2]
      count(first.span, second.span, third.span, rows.count, shape, &counts)
    }
    return counts.map(Double.init)
  }

  private static func count(
    _ first: Span<UInt8>, _ second: Span<UInt8>, _ rows: Int, _ shape: [Int],
    _ counts: inout [UInt32]
  ) {
    var table = counts.mutableSpan
    let width = shape[1]
    for row in 0..<rows { table[Int(first[row]) * width + Int(second[row])] += 1 }
  }

  private static func count(
    _ first: Span<UInt8>, _ second: Span<UInt8>, _ third: Span<UInt8>, _ rows: Int,
    _ shape: [Int], _ counts: inout [UInt32]
  ) {
    var table = counts.mutableSpan
    let (middle, width) = (shape[1], shape[2])
    for row in 0..<rows {
      table[(Int(first[row]) * middle + Int(second[row])) * width + Int(third[row])] += 1
    }
  }
}

/// One comparison inside a segment: a cell of another column.
struct SegmentDifference: Sendable {
  /// The position of the column, and its coarse cell.
  var column: Int
  var cell: Int
  /// Shares inside the segment.
  var real, synthetic: Double
  /// Shares in the other rows; `nil` where too few real rows are behind one.
  var realElsewhere, syntheticElsewhere: Double?
  var pValue: Double
  /// The weakest of the comparisons that were asked, in standard errors.
  var evidence: Double
  /// What is held against the largest difference of labels given out anew.
  var statistic: Double
  /// Adjusted for all comparisons of the family.
  var adjusted = 1.0
}

/// The comparison of shares inside a segment with those of the rows around it.
struct SegmentContrast {
  /// Marked rows and all rows, of each side.
  struct Counts {
    var real, realOf, synthetic, syntheticOf: Double

    static func - (left: Counts, right: Counts) -> Counts {
      Counts(
        real: left.real - right.real, realOf: left.realOf - right.realOf,
        synthetic: left.synthetic - right.synthetic,
        syntheticOf: left.syntheticOf - right.syntheticOf)
    }

    var gap: Double { synthetic / max(1, syntheticOf) - real / max(1, realOf) }

    /// The variance of the gap if both sides have one share.
    var variance: Double {
      guard realOf > 0, syntheticOf > 0 else { return 0 }
      let share = (real + synthetic) / (realOf + syntheticOf)
      return share * (1 - share) * (1 / realOf + 1 / syntheticOf)
    }
  }

  /// p-values above this cannot reach the level once they are adjusted, and are not worked out.
  static let screen = 0.01

  /// The signed root of the likelihood ratio of a hypergeometric count moved half a row towards its
  /// mean: next to normal in the tails, where the count divided by its deviation is not.
  ///
  /// ```
  /// √(2 Σ O ln(O/E)) over the four cells of marked and drawn rows
  /// ```
  ///
  /// - Parameters:
  ///   - count: Rows that are both marked and drawn.
  ///   - marked: Marked rows.
  ///   - rows: All rows.
  ///   - drawn: Drawn rows.
  ///   - term: x ln x of whole and half numbers.
  /// - Returns: At least 0.
  @inline(__always)
  static func root(
    _ count: Double, marked: Double, of rows: Double, drawn: Double, term: (Double) -> Double
  ) -> Double {
    let gap = count - marked * drawn / rows
    guard abs(gap) > 0.5 else { return 0 }
    let moved = gap > 0 ? count - 0.5 : count + 0.5
    let cells =
      term(moved) + term(marked - moved) + term(drawn - moved)
      + term(rows - marked - drawn + moved)
    let margins = term(marked) + term(rows - marked) + term(drawn) + term(rows - drawn)
    return (2 * max(0, cells - margins + term(rows))).squareRoot()
  }

  /// x ln x.
  static func term(_ value: Double) -> Double { value > 0 ? value * log(value) : 0 }

  /// A p-value, the weakest evidence, and the evidence that is held against that of other labels:
  /// likewise, with ``root(_:marked:of:drawn:term:)`` inside; `nil` where no level could be reached.
  ///
  /// A segment is accused of a difference of its own: its shares have to differ by Fisher's exact
  /// test, and by more than those of each part of the rows around it, in the same direction. The
  /// largest of these p-values is used, which is valid since the first is.
  static func judge(
    inside: Counts, around: [Counts]
  ) throws(NumericsError) -> (pValue: Double, evidence: Double, statistic: Double)? {
    let own = inside.variance
    guard own > 0 else { return nil }
    var least = Double.infinity
    for part in around where part.realOf > 0 && part.syntheticOf > 0 {
      let error = (own + part.variance).squareRoot()
      // A gap in the other direction around it counts in favour of a defect of its own.
      let local = (inside.gap - part.gap) * (inside.gap < 0 ? -1 : 1) / error
      least = min(least, local)
    }
    let evidence = min(abs(inside.gap) / own.squareRoot(), least)
    guard evidence > 0, 2 * normalSurvival(evidence) <= screen else { return nil }
    let exact = try equalSharesPValue(
      (Int(inside.real), Int(inside.realOf)), (Int(inside.synthetic), Int(inside.syntheticOf)))
    let root = root(
      inside.synthetic, marked: inside.real + inside.synthetic,
      of: inside.realOf + inside.syntheticOf, drawn: inside.syntheticOf, term: term)
    return (max(exact, 2 * normalSurvival(evidence)), evidence, min(root, least))
  }
}
