public import AssayTable

/// A value derived from a comparison that several metrics need.
///
/// This is the seam at which another engine can supply the same value from data that never fits
/// in memory: a metric asks for the smallest artifact that will do.
public protocol Artifact: Sendable, Hashable {
  /// The view that it is derived from.
  associatedtype Frame: ComparisonFrame
  /// What it holds.
  associatedtype Value: Sendable

  /// Derives the value.
  func derive(
    from frame: Frame, in workspace: Workspace<Frame>
  ) async throws(MetricError) -> Value
}

/// Computes each artifact once per evaluation and shares it between metrics.
public actor Workspace<Frame: ComparisonFrame> {
  /// The view of the data.
  public nonisolated let frame: Frame
  /// What the evaluation does.
  public nonisolated let plan: EvaluationPlan
  /// How many threads a kernel may use; no result depends on it.
  public nonisolated let threads: Int
  private var running: [ArtifactKey: Task<Result<any Sendable, MetricError>, Never>] = [:]

  /// Makes an empty workspace.
  public init(_ frame: Frame, plan: EvaluationPlan, threads: Int) {
    self.frame = frame
    self.plan = plan
    self.threads = max(1, threads)
  }

  /// The value of an artifact, derived now or by an earlier call.
  public func value<A: Artifact>(of artifact: A) async throws(MetricError) -> A.Value
  where A.Frame == Frame {
    let key = ArtifactKey(artifact)
    let task: Task<Result<any Sendable, MetricError>, Never>
    if let existing = running[key] {
      task = existing
    } else {
      let frame = self.frame
      // Detached on purpose: a plain task would inherit this actor and derive one after another.
      task = Task.detached { [self] in
        do throws(MetricError) {
          return .success(try await artifact.derive(from: frame, in: self))
        } catch {
          return .failure(error)
        }
      }
      running[key] = task
    }
    let result = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    guard let value = try result.get() as? A.Value else {
      throw MetricError(code: "internal", message: "artifact \(A.self) has an unexpected type")
    }
    return value
  }

  /// Forgets an artifact that no later metric needs.
  public func release<A: Artifact>(_ artifact: A) where A.Frame == Frame {
    running[ArtifactKey(artifact)] = nil
  }
}

private struct ArtifactKey: Hashable, Sendable {
  private let artifact: any Hashable & Sendable

  init(_ artifact: some Hashable & Sendable) { self.artifact = artifact }

  static func == (left: Self, right: Self) -> Bool {
    AnyHashable(left.artifact) == AnyHashable(right.artifact)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(artifact)) }
}
