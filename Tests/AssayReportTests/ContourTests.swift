import Foundation
import Testing

@testable import AssayReport

/// Oracles: closed forms of areas, and laws of lines.
@Suite struct `Lines of density` {
  private static func area(_ line: [ContourLines.Point]) -> Double {
    ContourLines.doubleArea(line) / 2
  }

  // A normal density of deviation h has 1 − p of its height at h √(−2 ln(1 − p)), and holds p within.
  @Test(arguments: [0.5, 0.9]) func `of one cell are circles of the known size`(held: Double) throws
  {
    let field = try #require(DensityField(cells: [10 * 21 + 10], shares: [0.3], cellsPerAxis: 21))
    #expect(abs(field.values.reduce(0, +) - 1) < 1e-12)
    let height = try #require(field.values.max())
    let lines = ContourLines.lines(field.values, nodes: field.nodes, at: height * (1 - held))
    let line = try #require(lines.first)
    #expect(lines.count == 1)
    let radius =
      DensityField.width * (-2 * log(1 - held)).squareRoot() * Double(DensityField.fineness)
    // Chords between some thirty crossings cut off (2π/30)²/6 of the circle.
    #expect(abs(Self.area(line) / (.pi * radius * radius) - 1) < 0.015)
    let middle = Double(field.nodes - 1) / 2
    for point in line {
      let distance = hypot(point.x - middle, point.y - middle)
      #expect(abs(distance / radius - 1) < 0.01)
    }
    // Twelve nodes lie on one circle: the level is found to one such ring.
    let level = field.level(holding: held)
    #expect(abs(level / height - (1 - held)) < 0.06)
    let share = field.share(where: field, reaches: level)
    #expect(share >= held && share < held + 12 * level)
  }

  @Test func `depend on shares, not on their sum or order`() throws {
    let one = try #require(DensityField(cells: [3, 9], shares: [0.2, 0.1], cellsPerAxis: 5))
    let other = try #require(DensityField(cells: [9, 3], shares: [0.3, 0.6], cellsPerAxis: 5))
    for (a, b) in zip(one.values, other.values) { #expect(abs(a - b) < 1e-15) }
    #expect(DensityField(cells: [3], shares: [0], cellsPerAxis: 5) == nil)
    #expect(DensityField(cells: [], shares: [], cellsPerAxis: 5) == nil)
    #expect(DensityField(cells: [3], shares: [], cellsPerAxis: 5) == nil)
  }

  @Test func `go around each of two clouds, and around a hole the other way`() throws {
    let far = try #require(
      DensityField(cells: [5 * 20 + 4, 14 * 20 + 15], shares: [0.4, 0.4], cellsPerAxis: 20))
    let lines = ContourLines.lines(far.values, nodes: far.nodes, at: far.level(holding: 0.9))
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { Self.area($0) > 0 })
    let ring = (0..<60).map { step -> Int in
      let angle = Double(step) / 60 * 2 * .pi
      return Int(10 + 7 * sin(angle)) * 20 + Int(10 + 7 * cos(angle))
    }
    let cells = Set(ring).sorted()
    let round = try #require(
      DensityField(cells: cells, shares: cells.map { _ in 0.01 }, cellsPerAxis: 20))
    let both = ContourLines.lines(round.values, nodes: round.nodes, at: round.level(holding: 0.9))
    #expect(both.count == 2)
    #expect(both.map { Self.area($0) > 0 }.filter { $0 }.count == 1)
  }

  // A cone's level is a circle: marching squares alone, without a kernel.
  @Test func `of a cone enclose the area of a circle`() throws {
    let nodes = 81
    let values = (0..<(nodes * nodes)).map { node in
      40 - hypot(Double(node % nodes) - 40, Double(node / nodes) - 40)
    }
    let lines = ContourLines.lines(values, nodes: nodes, at: 15)
    #expect(lines.count == 1)
    #expect(abs(Self.area(try #require(lines.first)) / (.pi * 625) - 1) < 0.002)
  }

  @Test func `close along the edge of the grid`() throws {
    let lines = ContourLines.lines([Double](repeating: 1, count: 36), nodes: 6, at: 0.5)
    #expect(lines.count == 1)
    #expect(Self.area(try #require(lines.first)) == 25)
    #expect(ContourLines.lines([Double](repeating: 1, count: 36), nodes: 6, at: 2).isEmpty)
    #expect(ContourLines.lines([1, 2], nodes: 6, at: 1).isEmpty)
  }

  // At a saddle the middle decides: the mean of the corners is ½.
  @Test func `join or part at a saddle by the value of its middle`() {
    var values = [Double](repeating: 0, count: 16)
    for corner in [5, 10] { values[corner] = 1 }
    #expect(ContourLines.lines(values, nodes: 4, at: 0.4).count == 1)
    #expect(ContourLines.lines(values, nodes: 4, at: 0.6).count == 2)
  }

  @Test func `of rows that are elsewhere hold nothing of the others`() throws {
    let left = try #require(DensityField(cells: [9 * 20 + 2], shares: [1], cellsPerAxis: 20))
    let right = try #require(DensityField(cells: [9 * 20 + 17], shares: [1], cellsPerAxis: 20))
    let level = left.level(holding: 0.9)
    #expect(left.share(where: left, reaches: level) >= 0.9)
    #expect(right.share(where: left, reaches: level) < 1e-6)
  }
}
