import CGSL

/// The only door to the GNU Scientific Library.
///
/// GSL's default handler aborts the process. It is process-wide state, so it is switched off
/// exactly once, before the first call, by the runtime's once-guard.
enum GSL {
  private static let isReady: Void = { unsafe _ = gsl_set_error_handler_off() }()

  /// Runs a routine that reports a status, and turns a status other than success into an error.
  static func checked(
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
  static func finite(
    _ routine: StaticString, _ body: () -> Double
  ) throws(NumericsError) -> Double {
    _ = isReady
    let value = body()
    guard value.isFinite else { throw NumericsError(.backend, "\(routine) returned \(value)") }
    return value
  }

  /// Runs a routine that cannot fail for the arguments that the caller has established.
  static func ready<T>(_ body: () -> T) -> T {
    _ = isReady
    return body()
  }

  /// The version of the library's headers, such as `2.7.1`.
  ///
  /// The library's own variable is mutable global state, which Swift 6 does not let through.
  static var version: String { GSL_VERSION }
}
