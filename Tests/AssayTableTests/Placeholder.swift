import Testing

@Suite struct AssayTableTestsPlaceholder {}
