public import AssayDocument
public import AssayMetrics
import AssayTable
import Yams

extension Policy {
  /// Reads a policy from YAML.
  ///
  /// ```yaml
  /// assay-policy: 1
  /// name: nightly
  /// version: "1.0"
  /// requirements:
  ///   - id: relations
  ///     dimension: fidelity
  ///     facet: dependence
  ///     at-least: 0.8
  ///     reason: models lose two points of accuracy below it
  /// ```
  ///
  /// - Parameters:
  ///   - yaml: The text.
  ///   - file: Its name, for problems.
  ///   - catalog: The metrics that requirements may speak of.
  /// - Throws: ``PolicyError/Code/file`` with every problem and its line.
  public init(
    yaml: String, file: String, catalog: MetricCatalog = .standard
  ) throws(PolicyError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      throw PolicyError(.file, [SchemaReader.problem(of: error, in: file)])
    }
    let ids = catalog.appending(.optional).descriptors.map(\.id)
    var reader = PolicyReader(file: file, metrics: ids)
    let policy = reader.read(root)
    guard reader.problems.isEmpty else { throw PolicyError(.file, reader.lines) }
    self = policy
  }

  /// The policy as commented YAML that ``init(yaml:file:catalog:)`` reads back to the same policy.
  public func yaml() -> String { PolicyWriter(policy: self).text() }
}
