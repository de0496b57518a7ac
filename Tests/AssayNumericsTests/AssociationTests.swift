import AssayNumerics
import Foundation
import Testing

@Suite struct `Associations` {
  @Test func `a constant has no correlation`() {
    let (constant, other) = ([0.1, 0.1, 0.1], [1.0, 2, 4])
    for sides in [(constant, other), (other, constant)] {
      let (a, b) = sides
      let error = #expect(throws: NumericsError.self) { try pearsonCorrelation(a.span, b.span) }
      #expect(error?.code == .undefined)
      #expect(throws: NumericsError.self) { try spearmanCorrelation(a.span, b.span) }
    }
    let one = #expect(throws: NumericsError.self) { try pearsonCorrelation([1.0].span, [2.0].span) }
    #expect(one?.code == .tooFewObservations)
  }

  @Test func `a correlation is unmoved by shift and scale`() throws {
    var stream = RandomStream(seed: 41, name: "correlation")
    let x = (0..<2000).map { _ in stream.normal() }
    let y = x.map { 0.5 * $0 + stream.normal() }
    let base = try pearsonCorrelation(x.span, y.span)
    let far = x.map { 1e6 + 3 * $0 }
    #expect(abs(try pearsonCorrelation(far.span, y.span) - base) < 1e-9)
    #expect(try pearsonCorrelation(x.span, x.span) == 1)
    let down = x.map { -exp($0) }
    #expect(
      abs(try spearmanCorrelation(down.span, y.span) + spearmanCorrelation(x.span, y.span)) < 1e-12)
  }

  @Test func `empty rows and columns of a table do not count`() throws {
    let (full, padded) = ([10.0, 3, 4, 13], [10.0, 0, 3, 0, 0, 0, 4, 0, 13])
    for corrected in [false, true] {
      let a = try cramersV(table: full.span, rows: 2, columns: 2, biasCorrected: corrected)
      let b = try cramersV(table: padded.span, rows: 3, columns: 3, biasCorrected: corrected)
      #expect(abs(a - b) < 1e-15)
    }
    let one = #expect(throws: NumericsError.self) {
      try cramersV(table: [3.0, 4, 5].span, rows: 1, columns: 3, biasCorrected: true)
    }
    #expect(one?.code == .undefined)
    #expect(throws: NumericsError.self) {
      try cramersV(table: [Float(0)].span, rows: 1, columns: 1, biasCorrected: false)
    }
  }

  @Test func `single and double precision counts give the same V`() throws {
    let counts = [5.0, 0, 2, 1, 3, 8, 1, 0, 0, 1, 9, 4]
    let floats = counts.map(Float.init)
    #expect(
      try cramersV(table: counts.span, rows: 3, columns: 4, biasCorrected: true)
        == cramersV(table: floats.span, rows: 3, columns: 4, biasCorrected: true))
  }

  @Test func `Fisher's z refuses what it cannot transform`() {
    #expect(throws: NumericsError.self) { _ = try FisherDifference(1, 10, 0, 10) }
    #expect(throws: NumericsError.self) { _ = try FisherDifference(0.5, 3, 0, 10) }
    #expect(throws: NumericsError.self) { try correlationInterval(0.5, count: 3) }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Associations against the reference` {
  @Test(arguments: Reference.cases("association", "correlation_family"))
  func `scipy's correlations are met`(_ reference: ReferenceCase) throws {
    let (x, y) = (reference.numbers("x"), reference.numbers("y"))
    guard reference.expected["pearson"] != nil else {
      #expect(throws: NumericsError.self) { try pearsonCorrelation(x.span, y.span) }
      return
    }
    let r = try pearsonCorrelation(x.span, y.span)
    reference.expect(r, "pearson")
    reference.expect(try spearmanCorrelation(x.span, y.span), "spearman")
    if x.count > 3 {
      let interval = try correlationInterval(r, count: x.count)
      let want = reference.expected("pearson_ci95").numbers
      reference.expect(interval.lower, want[0], "lower")
      reference.expect(interval.upper, want[1], "upper")
    }
  }

  @Test(arguments: Reference.cases("association", "fisher_z_difference"))
  func `Fisher's z is met`(_ reference: ReferenceCase) throws {
    let test = try FisherDifference(
      reference.number("r1"), reference.count("n1"), reference.number("r2"), reference.count("n2"))
    reference.expect(test.z, "z")
    reference.expect(test.pValue, "p_two_sided")
    let want = reference.expected("ci95_of_z_difference").numbers
    let interval = try test.interval()
    reference.expect(interval.lower, want[0], "lower")
    reference.expect(interval.upper, want[1], "upper")
  }

  @Test(arguments: Reference.cases("association", "categorical_association"))
  func `Cramér's V is met`(_ reference: ReferenceCase) throws {
    let rows = reference.rows("table")
    let table = rows.flatMap { $0 }
    let v = { (corrected: Bool) throws(NumericsError) in
      try cramersV(
        table: table.span, rows: rows.count, columns: rows[0].count, biasCorrected: corrected)
    }
    guard reference.expected["cramers_v"] != nil else {
      #expect(throws: NumericsError.self) { try v(false) }
      return
    }
    reference.expect(try v(false), "cramers_v")
    if reference.expected("cramers_v_bias_corrected").number.isNaN {
      #expect(throws: NumericsError.self) { try v(true) }
    } else {
      reference.expect(try v(true), "cramers_v_bias_corrected")
    }
  }
}
