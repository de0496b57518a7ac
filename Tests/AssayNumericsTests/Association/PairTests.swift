import AssayNumerics
import Foundation
import Testing

/// Pairs with many ties, few ties or none.
private func pairs(_ round: Int, _ stream: inout RandomStream) -> ([Double], [Double]) {
  let levels = [4, 12, 100_000][round % 3]
  let count = 4 + stream.below(40)
  let x = (0..<count).map { _ in Double(stream.below(levels)) }
  let y = x.map { ($0 + Double(stream.below(levels))) / 2 }.map { $0.rounded() }
  return (x, y)
}

@Suite struct `Dependence of pairs` {
  @Test func `Kendall's tau agrees with counting all pairs`() throws {
    // Slow twin.
    var stream = RandomStream(seed: 51, name: "tau")
    for round in 0..<60 {
      let (x, y) = pairs(round, &stream)
      var score = 0.0
      var (px, py) = (0.0, 0.0)
      for i in x.indices {
        for j in 0..<i {
          let (a, b) = (x[i] - x[j], y[i] - y[j])
          score += a * b > 0 ? 1 : a * b < 0 ? -1 : 0
          px += a != 0 ? 1 : 0
          py += b != 0 ? 1 : 0
        }
      }
      guard px > 0, py > 0 else { continue }
      let got = try kendallTau(x.span, y.span)
      #expect(abs(got - score / (px * py).squareRoot()) < 1e-12)
    }
    #expect(throws: NumericsError.self) { try kendallTau([1.0, 1].span, [1.0, 2].span) }
    #expect(throws: NumericsError.self) { try kendallTau([1.0].span, [1.0].span) }
  }

  @Test func `distance covariances agree with all pairs of distances`() throws {
    // Slow twin: double and U-centred distance matrices.
    var stream = RandomStream(seed: 52, name: "dcor")
    for round in 0..<30 {
      let (x, y) = pairs(round, &stream)
      let n = x.count
      func distances(_ v: [Double]) -> [[Double]] { v.map { a in v.map { abs(a - $0) } } }
      func centred(_ d: [[Double]], _ unbiased: Bool) -> [[Double]] {
        let rows = d.map { $0.reduce(0, +) }
        let all = rows.reduce(0, +)
        let (one, two) =
          unbiased ? (Double(n - 2), Double((n - 1) * (n - 2))) : (Double(n), Double(n * n))
        return (0..<n).map { i in
          (0..<n).map { j in
            unbiased && i == j ? 0 : d[i][j] - rows[i] / one - rows[j] / one + all / two
          }
        }
      }
      func inner(_ a: [[Double]], _ b: [[Double]]) -> Double {
        zip(a, b).reduce(0) { $0 + zip($1.0, $1.1).reduce(0) { $0 + $1.0 * $1.1 } }
      }
      let got = try DistanceCorrelation(x.span, y.span)
      let plain = inner(centred(distances(x), false), centred(distances(y), false))
      let size = Double(n * n)
      #expect(abs(got.squaredCovariance - plain / size) < 1e-10 * max(1, plain / size))
      let fair =
        inner(centred(distances(x), true), centred(distances(y), true)) / Double(n * (n - 3))
      #expect(abs(got.unbiasedSquaredCovariance - fair) < 1e-9 * max(1, plain / size))
    }
    let constant = try DistanceCorrelation([1.0, 1, 1, 1].span, [1.0, 2, 3, 4].span)
    #expect(throws: NumericsError.self) { try constant.correlation() }
    let short = try DistanceCorrelation([1.0, 2, 3].span, [1.0, 2, 4].span)
    #expect(throws: NumericsError.self) { try short.correctedSquaredCorrelation() }
  }

  @Test func `xi is the mean over all orders of tied values`() throws {
    // Slow twin: every order of the ties, which are blocks of 2, 3 and 2.
    let x = [1.0, 1, 2, 2, 2, 3, 5, 5]
    let y = [1.0, 2, 2, 3, 3, 3, 4, 4]
    func xi(_ values: [Double]) -> Double {
      let n = values.count
      let r = values.map { v in Double(values.filter { $0 <= v }.count) }
      let l = values.map { v in Double(values.filter { $0 >= v }.count) }
      let steps = zip(r.dropFirst(), r).reduce(0) { $0 + abs($1.0 - $1.1) }
      return 1 - Double(n) * steps / (2 * l.reduce(0) { $0 + $1 * (Double(n) - $1) })
    }
    func orders(_ v: [Double]) -> [[Double]] {
      guard v.count > 1 else { return [v] }
      return v.indices.flatMap { i in
        var rest = v
        let head = rest.remove(at: i)
        return orders(rest).map { [head] + $0 }
      }
    }
    var all: [Double] = []
    for a in orders(Array(y[0..<2])) {
      for b in orders(Array(y[2..<5])) {
        for c in orders(Array(y[6..<8])) { all.append(xi(a + b + [y[5]] + c)) }
      }
    }
    let want = all.reduce(0, +) / Double(all.count)
    #expect(abs(try chatterjeeXi(x.span, y.span) - want) < 1e-13)
    #expect(throws: NumericsError.self) { try chatterjeeXi([1.0, 2].span, [3.0, 3].span) }
  }

  @Test func `a category that occurs once a value explains everything and no more`() throws {
    let ratio = try CorrelationRatio(
      categories: [0 as Int32, 1, 2, 7].span, values: [1.0, 5, 2, 2].span)
    #expect(ratio.squared == 1 && ratio.categories == 4)
    #expect(throws: NumericsError.self) { try ratio.omegaSquared() }
    #expect(throws: NumericsError.self) {
      _ = try CorrelationRatio(categories: [-1 as Int32, 1].span, values: [1.0, 5].span)
    }
    let empty = [0.0, 0]
    #expect(throws: NumericsError.self) {
      _ = try ContingencyInformation(table: empty.span, rows: 1, columns: 2)
    }
  }

  @Test func `the marginal distance is unbiased and its jackknife is the jackknife`() throws {
    // Slow twin: leaving out each row in turn.
    let (a, b) = ([5.0, 0, 3, 9], [2.0, 4, 4, 1])
    func plain(_ a: [Double], _ b: [Double]) -> Double {
      let (n, m) = (a.reduce(0, +), b.reduce(0, +))
      return zip(a, b).reduce(0) { sum, cell in
        let (p, q) = (cell.0 / n, cell.1 / m)
        return sum + (p - q) * (p - q) - p * (1 - p) / (n - 1) - q * (1 - q) / (m - 1)
      }
    }
    let got = try MarginalDistance(a.span, b.span)
    #expect(abs(got.squaredDistance - plain(a, b)) < 1e-14)
    var total = 0.0
    for side in [true, false] {
      var without: [Double] = []
      for cell in a.indices {
        var (c, d) = (a, b)
        for _ in 0..<Int(side ? a[cell] : b[cell]) {
          if side { c[cell] = a[cell] - 1 } else { d[cell] = b[cell] - 1 }
          without.append(plain(c, d))
        }
      }
      let jackknife = try Jackknife(estimate: got.squaredDistance, withoutGroup: without.span)
      total += jackknife.standardError * jackknife.standardError
    }
    #expect(abs(got.standardError - total.squareRoot()) < 1e-13)
    // Law: the mean over samples of one law is 0.
    var stream = RandomStream(seed: 53, name: "marginal")
    var sum = 0.0
    for _ in 0..<400 {
      let x = stream.multinomial(count: 40, categories: 6).map(Double.init)
      let y = stream.multinomial(count: 25, categories: 6).map(Double.init)
      sum += try MarginalDistance(x.span, y.span).squaredDistance
    }
    #expect(abs(sum / 400) < 0.004)
    #expect(throws: NumericsError.self) { _ = try MarginalDistance([1.0, 1].span, [4.0, 1].span) }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Dependence against the reference` {
  @Test(arguments: Reference.cases("association", "correlation_family"))
  func `scipy's and dcor's coefficients are met`(_ reference: ReferenceCase) throws {
    let (x, y) = (reference.numbers("x"), reference.numbers("y"))
    let distance = try DistanceCorrelation(x.span, y.span)
    reference.expect(distance.squaredCovariance, "distance_covariance_sq")
    if reference.expected["kendall_tau_b"] == nil {
      #expect(throws: NumericsError.self) { try kendallTau(x.span, y.span) }
    } else {
      reference.expect(try kendallTau(x.span, y.span), "kendall_tau_b")
      reference.expect(try distance.correlation(), "distance_correlation")
      // scipy takes tied x in the order given; the mean over all orders is tested above.
      if Set(x).count == x.count {
        reference.expect(try chatterjeeXi(x.span, y.span), "chatterjee_xi_y_on_x")
      }
    }
    if !reference.expected("u_distance_covariance_sq").number.isNaN {
      reference.expect(distance.unbiasedSquaredCovariance, "u_distance_covariance_sq")
      if reference.expected["kendall_tau_b"] != nil {
        reference.expect(try distance.correctedSquaredCorrelation(), "u_distance_correlation_sq")
      }
    }
  }

  @Test(arguments: Reference.cases("association", "categorical_association"))
  func `information in tables is met`(_ reference: ReferenceCase) throws {
    let rows = reference.rows("table")
    let table = rows.flatMap { $0 }
    let got = try ContingencyInformation(
      table: table.span, rows: rows.count, columns: rows[0].count)
    reference.expect(got.mutualInformation, "mi_nats")
    reference.expect(got.correctedMutualInformation, "mi_miller_madow_nats")
    if reference.expected["theils_u_row_given_col"] != nil {
      reference.expect(try got.uncertaintyOfRows(), "theils_u_row_given_col")
      reference.expect(try got.uncertaintyOfColumns(), "theils_u_col_given_row")
    } else {
      #expect(throws: NumericsError.self) { try got.uncertaintyOfRows() }
    }
  }

  @Test(arguments: Reference.cases("association", "correlation_ratio"))
  func `correlation ratios are met`(_ reference: ReferenceCase) throws {
    let categories = reference.numbers("category").map { Int32($0) }
    let y = reference.numbers("y")
    if reference.expected("eta_squared").number.isNaN {
      #expect(throws: NumericsError.self) {
        _ = try CorrelationRatio(categories: categories.span, values: y.span)
      }
      return
    }
    let ratio = try CorrelationRatio(categories: categories.span, values: y.span)
    reference.expect(ratio.value, "correlation_ratio_eta")
    reference.expect(ratio.squared, "eta_squared")
    reference.expect(try ratio.omegaSquared(), "omega_squared")
  }

  @Test(arguments: Reference.cases("divergence", "nist_k_marginal_score"))
  func `SDNist's score is met`(_ reference: ReferenceCase) throws {
    let distances = reference.expected("l1_per_pair_in_order").numbers.map { $0 / 2 }
    reference.expect(try kMarginalScore(totalVariations: distances.span), "score_0_1000")
    #expect(throws: NumericsError.self) { try kMarginalScore(totalVariations: [1.5].span) }
  }
}
