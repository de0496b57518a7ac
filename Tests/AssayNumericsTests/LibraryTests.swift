import AssayNumerics
import COpenBLAS
import Foundation
import Testing

@Suite struct `Numerical libraries` {
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/maps")))
  func `the BLAS that GSL calls is OpenBLAS`() throws {
    let symbol: @convention(c) () -> Void = assay_bound_cblas_dgemm
    let address = unsafe unsafeBitCast(symbol, to: UInt.self)
    let file = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
    let maps = String(decoding: try #require(try file.readToEnd()), as: UTF8.self)
    let owner = maps.split(separator: "\n").first { line in
      let bounds = line.prefix { $0 != " " }.split(separator: "-").compactMap {
        UInt($0, radix: 16)
      }
      return bounds.count == 2 && bounds[0] <= address && address < bounds[1]
    }
    let library = String(try #require(owner))
    #expect(library.contains("openblas"))
    #expect(LinearAlgebra.blasConfiguration.hasPrefix("OpenBLAS "))
  }

  @Test func `OpenBLAS runs on one thread`() {
    #expect(LinearAlgebra.blasThreads == 1)
  }

  @Test func `the versions in use are named`() {
    let versions = LibraryVersions.current
    #expect(versions.gsl.first?.isNumber == true)
    #expect(versions.openBLAS.hasPrefix("OpenBLAS "))
    #expect(!versions.kernel.isEmpty)
  }
}

@Suite struct `Matrix products` {
  @Test func `a hand-made product has the right numbers in the right places`() {
    // Closed form: [1 2 3; 4 5 6] · [1 0; 0 1; 2 2] = [7 8; 16 17].
    let a: [Float] = [1, 2, 3, 4, 5, 6]
    let b: [Float] = [1, 0, 0, 1, 2, 2]
    let c = LinearAlgebra.singlePrecisionProduct(a.span, b.span, rows: 2, inner: 3, columns: 2)
    #expect(c == [7, 8, 16, 17])
    let (wideA, wideB) = (a.map(Double.init), b.map(Double.init))
    let d = LinearAlgebra.doublePrecisionProduct(
      wideA.span, wideB.span, rows: 2, inner: 3, columns: 2)
    #expect(d == [7, 8, 16, 17])
  }

  @Test func `empty sides give an empty or a zero matrix`() {
    let none: [Double] = []
    let empty = LinearAlgebra.doublePrecisionProduct(
      none.span, none.span, rows: 0, inner: 2, columns: 0)
    #expect(empty.isEmpty)
    let zero = LinearAlgebra.doublePrecisionProduct(
      none.span, none.span, rows: 2, inner: 0, columns: 1)
    #expect(zero == [0, 0])
  }

  @Test func `a product agrees with its slow twin`() {
    var stream = RandomStream(seed: 3, name: "product")
    let (m, k, n) = (17, 23, 9)
    let a = (0..<m * k).map { _ in stream.normal() }
    let b = (0..<k * n).map { _ in stream.normal() }
    let c = LinearAlgebra.doublePrecisionProduct(a.span, b.span, rows: m, inner: k, columns: n)
    for row in 0..<m {
      for column in 0..<n {
        let direct = (0..<k).reduce(0) { $0 + a[row * k + $1] * b[$1 * n + column] }
        // Rounding of 23 additions of numbers of order 1.
        #expect(abs(c[row * n + column] - direct) < 1e-12)
      }
    }
  }
}
