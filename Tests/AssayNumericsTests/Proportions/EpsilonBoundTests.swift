import Testing

@testable import AssayNumerics

@Suite struct `Bounds of epsilon from an attack` {
  @Test(.enabled(if: Reference.isPresent, Reference.explanation))
  func `are those of Clopper–Pearson in the reference`() throws {
    for example in Reference.cases("privacy", "epsilon_lower_bound_clopper_pearson") {
      let bound = try EpsilonBound(
        truePositives: example.count("true_pos"), members: example.count("members"),
        falsePositives: example.count("false_pos"), others: example.count("non_members"),
        delta: example.number("delta"))
      example.expect(bound.value, "eps_lower")
      example.expect(bound.fromPositives, "eps_from_tpr_fpr")
      example.expect(bound.fromNegatives, "eps_from_tnr_fnr")
      example.expect(bound.truePositiveRateLower, "tpr_lower_975")
      example.expect(bound.falsePositiveRateUpper, "fpr_upper_975")
    }
  }

  @Test func `are 0 where members and others are called alike`() throws {
    let bound = try EpsilonBound(truePositives: 0, members: 50, falsePositives: 0, others: 50)
    #expect(bound.value == 0)
    #expect(bound.fromPositives == -.infinity)
  }

  @Test(.enabled(if: Reference.isPresent, Reference.explanation))
  func `stand beside the relative F1 of the reference`() throws {
    for example in Reference.cases("privacy", "relative_f1_membership") {
      let found = try relativeF1(
        truePositives: example.count("tp"), falsePositives: example.count("fp"),
        falseNegatives: example.count("fn"), share: example.number("sampling_fraction"))
      example.expect(found, "f1_relative")
    }
  }
}
