import COpenBLAS

/// The only door to OpenBLAS.
///
/// The library runs single-threaded: parallelism is over rows, outside it (``parallelChunks(count:chunk:threads:_:)``).
/// Matrices are row-major; the Fortran routines are column-major, so the factors are swapped.
public enum LinearAlgebra {
  private static let isReady: Void = { openblas_set_num_threads(1) }()

  /// The product C = A·B in single precision.
  ///
  /// - Parameters:
  ///   - a: The left factor, `rows` × `inner`, row-major.
  ///   - b: The right factor, `inner` × `columns`, row-major.
  ///   - rows: The number of rows of A and C; at least 0.
  ///   - inner: The number of columns of A and of rows of B; at least 0.
  ///   - columns: The number of columns of B and C; at least 0.
  /// - Returns: C, `rows` × `columns`, row-major.
  /// - Complexity: O(rows · inner · columns).
  /// - Note: Float holds integers exactly up to 2²⁴, so products of counts are exact while every
  ///   sum stays below that.
  public static func singlePrecisionProduct(
    _ a: Span<Float>, _ b: Span<Float>, rows: Int, inner: Int, columns: Int
  ) -> [Float] {
    check(a.count, b.count, rows, inner, columns)
    return unsafe product(a, b, rows, inner, columns) { m, n, k, a, b, c in
      var one: Float = 1
      var zero: Float = 0
      unsafe sgemm_("N", "N", &n, &m, &k, &one, b, &n, a, &k, &zero, c, &n)
    }
  }

  /// The product C = A·B in double precision.
  ///
  /// - Parameters:
  ///   - a: The left factor, `rows` × `inner`, row-major.
  ///   - b: The right factor, `inner` × `columns`, row-major.
  ///   - rows: The number of rows of A and C; at least 0.
  ///   - inner: The number of columns of A and of rows of B; at least 0.
  ///   - columns: The number of columns of B and C; at least 0.
  /// - Returns: C, `rows` × `columns`, row-major.
  /// - Complexity: O(rows · inner · columns).
  public static func doublePrecisionProduct(
    _ a: Span<Double>, _ b: Span<Double>, rows: Int, inner: Int, columns: Int
  ) -> [Double] {
    check(a.count, b.count, rows, inner, columns)
    return unsafe product(a, b, rows, inner, columns) { m, n, k, a, b, c in
      var one = 1.0
      var zero = 0.0
      unsafe dgemm_("N", "N", &n, &m, &k, &one, b, &n, a, &k, &zero, c, &n)
    }
  }

  /// The product C = A·Bᵀ in double precision.
  ///
  /// - Parameters:
  ///   - a: The left factor, `rows` × `inner`, row-major.
  ///   - b: The right factor before it is transposed, `columns` × `inner`, row-major.
  ///   - rows: The number of rows of A and C; at least 0.
  ///   - inner: The number of columns of A and of B; at least 0.
  ///   - columns: The number of rows of B and columns of C; at least 0.
  /// - Returns: C, `rows` × `columns`, row-major.
  /// - Complexity: O(rows · inner · columns).
  public static func doublePrecisionProduct(
    _ a: Span<Double>, byTransposed b: Span<Double>, rows: Int, inner: Int, columns: Int
  ) -> [Double] {
    check(a.count, b.count, rows, inner, columns)
    return unsafe product(a, b, rows, inner, columns) { m, n, k, a, b, c in
      var one = 1.0
      var zero = 0.0
      unsafe dgemm_("T", "N", &n, &m, &k, &one, b, &k, a, &k, &zero, c, &n)
    }
  }

  /// The product C = A·Bᵀ in single precision, written where the caller says.
  ///
  /// - Parameters:
  ///   - a: The left factor, `rows` × `inner`, row-major.
  ///   - b: The right factor before it is transposed, `columns` × `inner`, row-major.
  ///   - rows: The number of rows of A and C.
  ///   - inner: The number of columns of A and of B.
  ///   - columns: The number of rows of B and columns of C.
  ///   - stride: From a row of A to the next, and of B; at least `inner`.
  ///   - c: Where C goes, `rows` × `columns`, row-major; no part of A or B.
  @unsafe static func multiply(
    _ a: UnsafePointer<Float>, byTransposed b: UnsafePointer<Float>, rows: Int, inner: Int,
    columns: Int, stride: Int, into c: UnsafeMutablePointer<Float>
  ) {
    _ = isReady
    // The caller's tiles are far below 2³¹.
    var m = CInt(rows)
    var n = CInt(columns)
    var k = CInt(inner)
    var apart = CInt(stride)
    var one: Float = 1
    var zero: Float = 0
    // SAFETY: the caller gives buffers of these sizes.
    unsafe sgemm_("T", "N", &n, &m, &k, &one, b, &apart, a, &apart, &zero, c, &n)
  }

  /// The configuration that the library was built with, as it reports it.
  public static var blasConfiguration: String { unsafe String(cString: openblas_get_config()) }

  /// The name of the processor kernel that the library chose at run time.
  public static var blasKernel: String { unsafe String(cString: openblas_get_corename()) }

  /// The number of threads that the library uses: always 1.
  public static var blasThreads: Int {
    _ = isReady
    return Int(openblas_get_num_threads())
  }

  private static func check(_ a: Int, _ b: Int, _ rows: Int, _ inner: Int, _ columns: Int) {
    precondition(
      rows >= 0 && inner >= 0 && columns >= 0 && a == rows * inner && b == inner * columns,
      "a \(rows) × \(inner) and a \(inner) × \(columns) matrix are expected, not \(a) and \(b) numbers"
    )
  }

  private static func product<T: ExpressibleByIntegerLiteral>(
    _ a: Span<T>, _ b: Span<T>, _ rows: Int, _ inner: Int, _ columns: Int,
    _ multiply: (
      inout CInt, inout CInt, inout CInt, UnsafePointer<T>, UnsafePointer<T>,
      UnsafeMutablePointer<T>
    ) -> Void
  ) -> [T] {
    _ = isReady
    var c = [T](repeating: 0, count: rows * columns)
    guard rows > 0, columns > 0, inner > 0 else { return c }
    guard var m = CInt(exactly: rows), var n = CInt(exactly: columns), var k = CInt(exactly: inner)
    else { preconditionFailure("a side of \(max(rows, inner, columns)) is above 2³¹") }
    // SAFETY: the three buffers hold m·k, k·n and m·n numbers, as `check` established, which is
    // all that the routine reads and writes; the output is a buffer of its own.
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        unsafe c.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          unsafe multiply(&m, &n, &k, a, b, c)
        }
      }
    }
    return c
  }
}
