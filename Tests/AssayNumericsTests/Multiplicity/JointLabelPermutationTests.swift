import Testing

@testable import AssayNumerics

@Suite struct `Joint label permutation` {
  private static var reference: [ReferenceCase] {
    Reference.cases("privacy", "max_statistic_label_permutation")
  }

  @Test(.enabled(if: Reference.isPresent, Reference.explanation))
  func `has the z scores of the reference, and adjusts as it does on the same labellings`() throws {
    for example in Self.reference {
      let ranks = example.rows("ranks_by_attack")
      let units = ranks[0].count
      let members = example.count("n_members")
      let joint = try JointLabelPermutation(
        values: ranks.flatMap { $0 }, isLabelled: (0..<units).map { $0 < members },
        permutations: 999, seed: 3, path: ["test"], threads: 2)
      for (own, other) in zip(joint.z, example.expected("z").numbers) {
        #expect(abs(own - other) < 1e-9)
      }
      let centred = ranks.map { row in
        row.map { $0 - row.reduce(0, +) / Double(units) }
      }
      let drawn = example.rows("member_index_sets").flatMap { set in
        ranks.indices.map { index in
          set.reduce(0.0) { $0 + centred[index][Int($1)] }
            * joint.z[index]
            / (0..<members).reduce(0.0) { $0 + centred[index][$1] }
        }
      }
      let test = try MaximumStatisticTest(observed: joint.z.span, permuted: drawn.span)
      for (own, other) in zip(test.singleStep, example.expected("adjusted_p").numbers) {
        #expect(abs(own - other) < 1e-9)
      }
      // Other labellings: the same law, so the same p-value up to chance.
      let p = example.expected("global_p").number
      #expect(
        abs(joint.globalPValue - p) < 4 * (p * (1 - p) * (1.0 / 999 + 1.0 / 199)).squareRoot())
    }
  }

  @Test func `is exact: the p-value of all labellings of a small case`() throws {
    // 4 of 8 units; one statistic: the labelled ones hold the four largest of distinct numbers.
    let values = [8.0, 7, 6, 5, 4, 3, 2, 1]
    let joint = try JointLabelPermutation(
      values: values, isLabelled: values.map { $0 > 4 }, permutations: 6_999, seed: 1,
      path: ["small"], threads: 1)
    // One of 70 labellings reaches it.
    #expect(abs(joint.test.globalPValue - 1.0 / 70) < 4 * (1.0 / 70 / 7_000).squareRoot())
  }

  @Test func `resolves what the first labellings cannot, alone and by a bound`() throws {
    // Closed form: 7 of 14 units, all seven weights: one of 3432 labellings, in each of two statistics
    // that are the same.
    let weights = (0..<14).map { $0 < 7 ? 1.0 : 0 }
    let labels = weights.map { $0 > 0 }
    let joint = try JointLabelPermutation(
      values: weights + weights, isLabelled: labels, permutations: 99, seed: 8, path: ["few"],
      threads: 2)
    #expect(joint.test.globalPValue == 0.01)
    // The tenth of 3432 to be hit: within three standard deviations of its waiting time.
    #expect(joint.globalPValue > 1.0 / 7_000 && joint.globalPValue < 1.0 / 1_700)
    // 200 of 400: far beyond what is drawn, so the bound speaks.
    let many = (0..<400).map { $0 < 200 ? 1.0 : 0 }
    let far = try JointLabelPermutation(
      values: many, isLabelled: many.map { $0 > 0 }, permutations: 99, seed: 8, path: ["far"],
      threads: 1)
    #expect(far.globalPValue < 1e-50 && far.globalPValue > 0)
  }

  @Test func `is the same for any number of threads`() throws {
    var stream = RandomStream(seed: 2, name: "values")
    let values = (0..<300).map { _ in stream.normal() }
    let labels = (0..<100).map { $0 < 40 }
    let one = try JointLabelPermutation(
      values: values, isLabelled: labels, permutations: 199, seed: 5, path: ["x"], threads: 1)
    let two = try JointLabelPermutation(
      values: values, isLabelled: labels, permutations: 199, seed: 5, path: ["x"], threads: 2)
    #expect(one == two)
  }

  @Test func `takes a statistic that cannot vary for silent`() throws {
    let joint = try JointLabelPermutation(
      values: [0.1, 0.1, 0.1, 0.1, 1, 2, 3, 4], isLabelled: [false, false, true, true],
      permutations: 99, seed: 5, path: ["x"], threads: 1)
    #expect(joint.z[0] == 0)
    #expect(joint.z[1] > 1)
  }

  @Test func `refuses one label alone`() {
    #expect(throws: NumericsError.self) {
      try JointLabelPermutation(
        values: [1, 2], isLabelled: [true, true], permutations: 9, seed: 1, path: [], threads: 1)
    }
  }
}
