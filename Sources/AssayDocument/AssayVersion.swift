/// The released version of this package.
public enum AssayVersion {
  /// Semantic version.
  public static let current = "0.1.0"
}
