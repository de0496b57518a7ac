package import AssayDocument
package import AssayNumerics
package import AssayTable

/// The rows of all tables as points of one space that was made from the training rows alone.
package struct EmbeddedSamples: Artifact {
  package typealias Frame = ReferenceFrame

  package var kind: EmbeddingKind

  package init(kind: EmbeddingKind) { self.kind = kind }

  /// The points of each role, in random order.
  package struct Found: Sendable {
    /// The name of the embedding.
    package var name: String
    /// Tells one embedding from another of the same name.
    package var digest: String
    /// The digests of the files that vectors were given in, by side.
    package var files: [String: String] = [:]
    /// Training rows: up to twice as many as are compared, so that fresh halves have the full size.
    package var training: EuclideanPoints
    /// Holdout rows, likewise.
    package var holdout: EuclideanPoints?
    /// Synthetic rows.
    package var synthetic: EuclideanPoints
    /// Training rows with every column, or coordinate, in an order of its own.
    package var shuffled: EuclideanPoints
    /// What was shuffled.
    package var anchor: String
    /// The share of the variance of the training rows along each coordinate; empty where coordinates
    /// are no principal components.
    package var held: [Double] = []

    /// The real points of a role.
    package func real(_ role: TableRole) -> EuclideanPoints? {
      role == .holdout ? holdout : training
    }
  }

  /// Coordinates above this number are projected at random to as many: distances are kept nearly, and
  /// principal components stay affordable.
  static let widest = 384

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found? {
    let limit = workspace.plan.classifierRows
    let training = try await workspace.value(of: EncodedRows(role: .training, limit: limit))
    let synthetic = try await workspace.value(of: EncodedRows(role: .synthetic, limit: limit))
    var rows = EmbeddingRows(
      frame: frame, encoding: try await workspace.value(of: RowEncodings()),
      training: training, synthetic: synthetic, holdout: nil, plan: workspace.plan)
    if frame.rowCount(.holdout) != nil {
      rows.holdout = try await workspace.value(of: EncodedRows(role: .holdout, limit: limit))
    }
    do throws(NumericsError) {
      switch kind {
      case .given: return try rows.given(kind)
      case .tabular: return try rows.tabular(kind)
      case .leaves: return try rows.leaves(kind)
      case .fourier:
        guard let base = try await tabular(workspace) else { return nil }
        return try FourierFeatures(base, seed: workspace.plan.seed).embedded(base, kind)
      }
    } catch {
      // Coordinates that are too large, or a space of nothing, have no embedding.
      guard error.code == .domain || error.code == .tooFewObservations || error.code == .undefined
      else { throw MetricError(error) }
      return nil
    }
  }

  private func tabular(_ workspace: Workspace<ReferenceFrame>) async throws(NumericsError)
    -> Found?
  {
    do throws(MetricError) {
      return try await workspace.value(of: EmbeddedSamples(kind: .tabular))
    } catch {
      throw NumericsError(.backend, error.message)
    }
  }
}
