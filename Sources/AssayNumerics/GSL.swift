import CGSL

/// The only door to the GNU Scientific Library.
///
/// GSL's default handler aborts the process. It is process-wide state, so it is switched off
/// exactly once, before the first call, by the runtime's once-guard.
enum GSL {
  private static let isReady: Void = { unsafe _ = gsl_set_error_handler_off() }()

  /// Runs a routine that reports a status, and turns a status other than success into an error.
  private static func checked(
    _ routine: StaticString, _ body: (inout gsl_sf_result) -> CInt
  ) throws(NumericsError) -> Double {
    _ = isReady
    var result = gsl_sf_result()
    let status = body(&result)
    // GSL_SUCCESS is 0. Underflow to zero is a fair answer, not a failure.
    guard status == 0 || status == CInt(GSL_EUNDRFLW) else {
      let reason = unsafe String(cString: gsl_strerror(status))
      let code: NumericsError.Code = status == CInt(GSL_EDOM) ? .domain : .backend
      throw NumericsError(code, "\(routine): \(reason)")
    }
    return result.val
  }

  /// Runs a routine that has no status; arguments are checked before, finiteness here.
  private static func finite(
    _ routine: StaticString, _ body: () -> Double
  ) throws(NumericsError) -> Double {
    _ = isReady
    let value = body()
    guard value.isFinite else { throw NumericsError(.backend, "\(routine) returned \(value)") }
    return value
  }

  /// Runs a routine that cannot fail for the arguments that the caller has established.
  private static func ready<T>(_ body: () -> T) -> T {
    _ = isReady
    return body()
  }

  /// The version of the library's headers, such as `2.7.1`.
  ///
  /// The library's own variable is mutable global state, which Swift 6 does not let through.
  static var version: String { GSL_VERSION }
}

// The routines in use, each with its one call. Callers establish the arguments' ranges.
extension GSL {
  /// P(X ≤ x) of a beta distribution.
  static func betaLower(_ x: Double, _ a: Double, _ b: Double) throws(NumericsError) -> Double {
    try finite("gsl_cdf_beta_P") { gsl_cdf_beta_P(x, a, b) }
  }

  /// P(X > k) of a binomial distribution.
  static func binomialUpper(
    above k: UInt32, _ probability: Double, _ trials: UInt32
  ) throws(NumericsError) -> Double {
    try finite("gsl_cdf_binomial_Q") { gsl_cdf_binomial_Q(k, probability, trials) }
  }

  /// P(X = k) of a binomial distribution.
  static func binomialMass(_ k: UInt32, _ probability: Double, _ trials: UInt32) -> Double {
    ready { gsl_ran_binomial_pdf(k, probability, trials) }
  }

  /// P(X > k) of the marked among `drawn` of `marked + unmarked`.
  static func hypergeometricUpper(
    above k: UInt32, marked: UInt32, unmarked: UInt32, drawn: UInt32
  ) throws(NumericsError) -> Double {
    try finite("gsl_cdf_hypergeometric_Q") {
      gsl_cdf_hypergeometric_Q(k, marked, unmarked, drawn)
    }
  }

  /// P(Z ≤ z) of the standard normal distribution.
  static func normalLower(_ z: Double) -> Double { ready { gsl_cdf_ugaussian_P(z) } }

  /// P(Z > z) of the standard normal distribution.
  static func normalUpper(_ z: Double) -> Double { ready { gsl_cdf_ugaussian_Q(z) } }

  /// The quantile of the standard normal distribution for a probability inside (0, 1).
  static func normalQuantile(_ probability: Double) -> Double {
    ready { gsl_cdf_ugaussian_Pinv(probability) }
  }

  /// P(X > x) of a χ² distribution.
  static func chiSquareUpper(_ x: Double, _ degrees: Double) throws(NumericsError) -> Double {
    try finite("gsl_cdf_chisq_Q") { gsl_cdf_chisq_Q(x, degrees) }
  }

  /// The value that a χ² variable exceeds with the given probability.
  static func chiSquareCritical(
    _ probability: Double, _ degrees: Double
  ) throws(NumericsError) -> Double {
    try finite("gsl_cdf_chisq_Qinv") { gsl_cdf_chisq_Qinv(probability, degrees) }
  }

  /// The quantile of Student's t distribution.
  static func studentQuantile(
    _ probability: Double, _ degrees: Double
  ) throws(NumericsError) -> Double {
    try finite("gsl_cdf_tdist_Pinv") { gsl_cdf_tdist_Pinv(probability, degrees) }
  }

  /// The logarithm of the gamma function.
  static func logGamma(_ x: Double) throws(NumericsError) -> Double {
    try checked("gsl_sf_lngamma_e") { result in unsafe gsl_sf_lngamma_e(x, &result) }
  }

  /// P(T > t) of Student's t distribution.
  static func studentUpper(_ t: Double, _ degrees: Double) throws(NumericsError) -> Double {
    try finite("gsl_cdf_tdist_Q") { gsl_cdf_tdist_Q(t, degrees) }
  }

  /// e^x times the modified Bessel function K of fractional order, for x above 0.
  static func scaledBesselK(_ order: Double, _ x: Double) throws(NumericsError) -> Double {
    try checked("gsl_sf_bessel_Knu_scaled_e") { result in
      unsafe gsl_sf_bessel_Knu_scaled_e(order, x, &result)
    }
  }

  /// Solves A·x = b for a symmetric positive definite A, and inverts A, by Cholesky's factors.
  ///
  /// - Parameters:
  ///   - matrix: A, `size` × `size`, row-major.
  ///   - right: b, `size` numbers.
  /// - Returns: x, and the inverse of A, row-major; nil when A is not positive definite.
  /// - Throws: ``NumericsError`` `.backend` when the library reports another failure.
  static func solvePositiveDefinite(
    _ matrix: [Double], _ right: [Double]
  ) throws(NumericsError) -> (solution: [Double], inverse: [Double])? {
    let size = right.count
    precondition(size > 0 && matrix.count == size * size, "a square matrix is expected")
    _ = isReady
    var factor = matrix
    var solution = right
    // SAFETY: both views cover exactly the numbers of their arrays, and do not outlive them.
    let status = unsafe factor.withUnsafeMutableBufferPointer { factor -> CInt in
      unsafe solution.withUnsafeMutableBufferPointer { solution -> CInt in
        var a = unsafe gsl_matrix_view_array(factor.baseAddress, size, size)
        var x = unsafe gsl_vector_view_array(solution.baseAddress, size)
        let decomposed = unsafe gsl_linalg_cholesky_decomp1(&a.matrix)
        guard decomposed == 0 else { return decomposed }
        let solved = unsafe gsl_linalg_cholesky_svx(&a.matrix, &x.vector)
        guard solved == 0 else { return solved }
        return unsafe gsl_linalg_cholesky_invert(&a.matrix)
      }
    }
    if status == CInt(GSL_EDOM) { return nil }
    guard status == 0 else {
      throw NumericsError(
        .backend, "gsl_linalg_cholesky: \(unsafe String(cString: gsl_strerror(status)))")
    }
    guard solution.allSatisfy(\.isFinite), factor.allSatisfy(\.isFinite) else { return nil }
    return (solution, factor)
  }

  /// The eigenvalues of a symmetric matrix, ascending, with their vectors.
  ///
  /// - Parameters:
  ///   - matrix: The matrix, `size` × `size`, row-major.
  ///   - size: At least 1.
  /// - Returns: The values, and the vectors, one a column, row-major.
  /// - Throws: ``NumericsError`` `.backend` when the library reports a failure.
  static func symmetricEigen(
    _ matrix: [Double], size: Int
  ) throws(NumericsError) -> (values: [Double], vectors: [Double]) {
    precondition(size > 0 && matrix.count == size * size, "a square matrix is expected")
    _ = isReady
    guard let work = unsafe gsl_eigen_symmv_alloc(size) else {
      throw NumericsError(.backend, "gsl_eigen_symmv_alloc gave nothing")
    }
    defer { unsafe gsl_eigen_symmv_free(work) }
    var copy = matrix
    var values = [Double](repeating: 0, count: size)
    var vectors = [Double](repeating: 0, count: size * size)
    // SAFETY: the views cover exactly the numbers of their arrays, and do not outlive them.
    let status = unsafe copy.withUnsafeMutableBufferPointer { copy -> CInt in
      unsafe values.withUnsafeMutableBufferPointer { values -> CInt in
        unsafe vectors.withUnsafeMutableBufferPointer { vectors -> CInt in
          var a = unsafe gsl_matrix_view_array(copy.baseAddress, size, size)
          var x = unsafe gsl_vector_view_array(values.baseAddress, size)
          var v = unsafe gsl_matrix_view_array(vectors.baseAddress, size, size)
          let decomposed = unsafe gsl_eigen_symmv(&a.matrix, &x.vector, &v.matrix, work)
          guard decomposed == 0 else { return decomposed }
          return unsafe gsl_eigen_symmv_sort(&x.vector, &v.matrix, GSL_EIGEN_SORT_VAL_ASC)
        }
      }
    }
    guard status == 0 else {
      throw NumericsError(
        .backend, "gsl_eigen_symmv: \(unsafe String(cString: gsl_strerror(status)))")
    }
    guard values.allSatisfy(\.isFinite), vectors.allSatisfy(\.isFinite) else {
      throw NumericsError(.backend, "gsl_eigen_symmv gave numbers that are not finite")
    }
    return (values, vectors)
  }
}
