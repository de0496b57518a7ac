import AssayNumerics
import Testing

/// Agreement of rankings, against scipy and closed forms.
@Suite struct `Agreement of rankings` {
  @Test(
    .enabled(if: Reference.isPresent, Reference.explanation),
    arguments: Reference.cases("utility", "ranking_agreement"))
  func `is what scipy and the closed forms give`(_ reference: ReferenceCase) throws {
    let (real, synthetic) = (reference.numbers("score_real"), reference.numbers("score_syn"))
    let found = try RankAgreement(real.span, synthetic.span)
    reference.expect(found.spearman, "spearman")
    reference.expect(found.kendall, "kendall")
    reference.expect(found.jaccard(best: 3), "top3_jaccard")
    reference.expect(found.rankBiasedOverlap(persistence: 0.9), "rbo_p0.9_ext")
    reference.expect(Double(found.inversions), "pairwise_inversions")
    #expect(found.agreesOnFirst)
  }

  /// Laws: the same order agrees wholly, the opposite one not at all.
  @Test func `is whole for one order and opposite for the other`() throws {
    let up = [1.0, 2, 3, 4]
    let down = [4.0, 3, 2, 1]
    let same = try RankAgreement(up.span, up.span)
    #expect(same.kendall == 1 && same.inversions == 0)
    #expect(abs(same.rankBiasedOverlap(persistence: 0.5) - 1) < 1e-12)
    let turned = try RankAgreement(up.span, down.span)
    #expect(turned.kendall == -1 && turned.inversions == 6 && !turned.agreesOnFirst)
    #expect(turned.jaccard(best: 1) == 0 && turned.jaccard(best: 4) == 1)
  }
}
