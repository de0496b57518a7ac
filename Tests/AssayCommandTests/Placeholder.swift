import Testing

@Suite struct AssayCommandTestsPlaceholder {}
