import Testing

@Suite struct AssayFilesTestsPlaceholder {}
