import Testing

@Suite struct AssayEvaluationTestsPlaceholder {}
