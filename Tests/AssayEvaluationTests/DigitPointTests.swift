import AssayDocument
import AssayEvaluation
import AssayTable
import AssayTestKit
import Foundation
import Testing

/// Scores of rows as points on images of digits, whose synthetic versions are known: a mixture for each
/// digit, a kernel density, one Gaussian, independent pixels, near copies, and half of the digits alone.
@Suite(.serialized, .enabled(if: SharedData.isThere, SharedData.absence))
struct `Points of digits` {
  private static let files = [
    "class_gmm", "kde_pca15", "gaussian", "independent_pixels", "leaky_copy", "mode_dropped_0to4",
  ]

  private static func scores(_ metrics: [String]) async throws -> [String: [String: Double]] {
    let prepared = try PreparedEvaluation(
      training: SharedData.read("digits/real_train.csv"),
      holdout: SharedData.read("digits/real_holdout.csv"),
      options: EvaluationOptions(
        threads: 2, metrics: metrics.map { "fidelity.\($0)" },
        declared: SchemaDeclaration([ColumnDeclaration(name: "label", roles: [.excluded])])))
    var found: [String: [String: Double]] = [:]
    for file in files {
      let document = try await prepared.evaluate(
        synthetic: SharedData.read("digits/ours_\(file).csv"))
      for score in document.scores where score.subject.isTable && score.against == .training {
        found[file, default: [:]][String(score.metric.rawValue.dropFirst(9))] = score.value
      }
    }
    return found
  }

  @Test func `come in the order of what was lost, and half of the digits is seen as half`()
    async throws
  {
    // Planted truth: each version keeps less of the images than the one before.
    let found = try await Self.scores([
      "frechet-distance", "precision", "recall", "coverage", "authenticity",
    ])
    func of(_ file: String, _ metric: String) throws -> Double {
      try #require(found[file]?[metric], "\(file) has no \(metric)")
    }
    let ladder = ["leaky_copy", "class_gmm", "kde_pca15", "gaussian", "independent_pixels"]
    for (better, worse) in zip(ladder, ladder.dropFirst()) {
      #expect(try of(better, "coverage") > of(worse, "coverage"), "\(better) and \(worse)")
    }
    #expect(try of("class_gmm", "frechet-distance") < of("kde_pca15", "frechet-distance"))
    #expect(try of("gaussian", "frechet-distance") < of("independent_pixels", "frechet-distance"))
    // Verbatim images of five digits: every one is like a real one, and half of the real are missed.
    #expect(try of("mode_dropped_0to4", "precision") > 0.95)
    #expect(try of("mode_dropped_0to4", "recall") < 0.75)
    #expect(try of("leaky_copy", "recall") > 0.9)
    // Copies are nearer to their original than any other real image is.
    #expect(try of("leaky_copy", "authenticity") < 0.05)
    #expect(try of("kde_pca15", "authenticity") > 0.6)
  }
}
