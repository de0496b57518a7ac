/// A saved document could not be read.
public struct DocumentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure; new kinds may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Wrapped: String, Sendable { case notADocument, newerSchema, malformed }
    private var wrapped: Wrapped
    private init(_ wrapped: Wrapped) { self.wrapped = wrapped }

    /// The bytes are not a document of this program.
    public static let notADocument = Self(.notADocument)
    /// The document was written by a later version.
    public static let newerSchema = Self(.newerSchema)
    /// A member is missing or has the wrong type.
    public static let malformed = Self(.malformed)

    /// The kind as a word.
    public var description: String { wrapped.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// What is wrong and where.
  public var message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }

  /// Names the member that could not be read, of what is known to be JSON.
  init(decoding error: DecodingError) {
    func place(_ path: [any CodingKey]) -> String {
      let steps = path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
      return steps.hasPrefix(".") ? String(steps.dropFirst()) : steps
    }
    switch error {
    case .keyNotFound(let key, let context):
      self.init(.malformed, "member \(place(context.codingPath + [key])) is missing")
    case .typeMismatch(_, let context) where context.codingPath.isEmpty,
      .valueNotFound(_, let context) where context.codingPath.isEmpty:
      self.init(.notADocument, "this JSON is not an object: it was not written by assay")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      self.init(.malformed, "member \(place(context.codingPath)) has the wrong type")
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      // Foundation names no place where a number does not fit its type.
      self.init(.malformed, "a number of the document does not fit where it stands")
    case .dataCorrupted(let context):
      self.init(.malformed, "member \(place(context.codingPath)) cannot be read")
    @unknown default:
      self.init(.malformed, "the document cannot be read")
    }
  }
}
