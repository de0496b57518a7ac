/// The numerical libraries that this process is bound to, for a document's provenance.
public struct LibraryVersions: Sendable, Hashable {
  /// The version of the GNU Scientific Library.
  public var gsl: String
  /// The configuration string of OpenBLAS, which begins with its name and version.
  public var openBLAS: String
  /// The processor kernel that OpenBLAS chose at run time.
  public var kernel: String
  /// The version of XGBoost.
  public var xgboost: String

  /// The libraries of the running process.
  public static var current: LibraryVersions {
    LibraryVersions(
      gsl: GSL.version, openBLAS: LinearAlgebra.blasConfiguration,
      kernel: LinearAlgebra.blasKernel, xgboost: BoostedTrees.libraryVersion)
  }
}
