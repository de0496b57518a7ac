import Testing

@Suite struct AssayArchitectureTestsPlaceholder {}
