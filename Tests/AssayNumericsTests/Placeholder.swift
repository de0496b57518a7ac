import Testing

@Suite struct AssayNumericsTestsPlaceholder {}
