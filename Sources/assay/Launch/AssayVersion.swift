/// The version of the program.
enum AssayVersion {
  /// The released version.
  static let current = "0.1.0"
}
