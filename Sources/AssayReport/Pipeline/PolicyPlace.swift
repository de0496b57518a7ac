/// Where the requirements that judged a document are written down, for formats that point at a line.
public struct PolicyPlace: Sendable, Hashable {
  /// The file, relative to the folder of the run where it lies below it.
  public var file: String
  /// The line of each requirement by its name, from 1.
  public var lines: [String: Int]

  /// Makes a place.
  ///
  /// - Parameters:
  ///   - file: The policy's file; for a policy that is part of the program, or a document whose
  ///     policy is not at hand, the file that is judged.
  ///   - lines: The line of each requirement; what is not named is at the first line.
  public init(file: String, lines: [String: Int] = [:]) {
    self.file = file
    self.lines = lines
  }

  /// A place for documents of which nothing else is known.
  public static let document = PolicyPlace(file: "report.json")

  /// The line of a requirement of a verdict; those of one subject each stand where the policy's do.
  func line(_ id: String) -> Int { max(1, lines[id] ?? lines[Self.base(id)] ?? 1) }

  /// The policy's name for a requirement that a verdict lists by subject, as in `each (age)`.
  static func base(_ id: String) -> String {
    id.split(separator: " ", maxSplits: 1).first.map(String.init) ?? id
  }

  /// The file as a relative reference of RFC 3986: what a path may not hold is written in bytes.
  var reference: String {
    var encoded = ""
    for byte in file.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F:
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded.isEmpty ? "report.json" : encoded
  }
}
