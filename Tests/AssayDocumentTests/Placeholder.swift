import Testing

@Suite struct AssayDocumentTestsPlaceholder {}
