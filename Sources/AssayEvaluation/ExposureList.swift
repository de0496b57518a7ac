import AssayDocument
import AssayMetrics
import AssayPrivacy
public import AssayTable

/// The most exposed training records, for the owner alone.
///
/// It names rows, so it is written to a file of its own with mode 0600 and is no part of a document.
public struct ExposureList: Sendable, Hashable {
  /// Comma-separated text: row, distances, reasons.
  public let text: String
  /// How many records it names.
  public let count: Int

  init(_ found: ExposedRecords.Found) {
    count = found.records.count
    var lines = [
      "row,distance to synthetic,distance to other real row,reason"
    ]
    for record in found.records {
      lines.append(
        "\(record.row),\(Self.number(record.distance)),\(Self.number(record.isolation)),"
          + "\"\(record.reasons.joined(separator: "; "))\"")
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func number(_ value: Double) -> String {
    String((value * 1e6).rounded() / 1e6)
  }
}

extension PreparedEvaluation {
  /// The training records that lie nearer to the synthetic rows than all but a thousandth of the holdout:
  /// rows numbered from 1 among the data rows of the training file, most exposed first.
  ///
  /// - Returns: `nil` without a holdout, which alone shows how near unseen records come.
  /// - Throws: ``EvaluationError``.
  public func exposure(synthetic: RawTable) async throws(EvaluationError) -> ExposureList? {
    let comparison: Comparison
    do throws(AlignmentError) {
      comparison = try Comparison(real, synthetic: synthetic)
    } catch {
      throw EvaluationError(error)
    }
    var plan = plan
    // Every training record is looked at, whatever the attacks could afford.
    plan.membershipRows = max(plan.membershipRows, real.training.rowCount)
    let workspace = Workspace(comparison.exchangeable, plan: plan, threads: options.threads)
    do throws(MetricError) {
      return try await workspace.value(of: ExposedRecords(alone: true)).map(ExposureList.init)
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
  }
}
