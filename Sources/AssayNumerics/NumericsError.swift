/// A numerical routine could not return a value.
public struct NumericsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// New codes may be added; switch with a default.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Wrapped: String, Sendable {
      case domain, undefined, noConvergence, tooFewObservations, cancelled, backend
    }
    private var wrapped: Wrapped
    private init(_ wrapped: Wrapped) { self.wrapped = wrapped }

    /// An argument lies outside the range for which the function is defined.
    public static let domain = Self(.domain)
    /// The quantity has no value for this input, such as the correlation with a constant.
    public static let undefined = Self(.undefined)
    /// An iteration ended without reaching its tolerance.
    public static let noConvergence = Self(.noConvergence)
    /// The input holds fewer observations than the quantity needs.
    public static let tooFewObservations = Self(.tooFewObservations)
    /// The surrounding task was cancelled before the work was complete.
    public static let cancelled = Self(.cancelled)
    /// A library underneath reported a failure, or returned a value that is not finite.
    public static let backend = Self(.backend)

    /// The code as one word.
    public var description: String { wrapped.rawValue }
  }

  /// What kind of failure this is.
  public var code: Code
  /// What went wrong, and where possible how to mend it.
  public var message: String

  /// Makes an error from its code and its message.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The code and the message in one line.
  public var description: String { "\(code): \(message)" }
}
