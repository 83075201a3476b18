package io.onex.source.file;

/// A life whose file is not open: the program was down, or the file could not be read.
///
/// @param facts what was seen of the file last
record Parked(Life life, FileFacts facts) {}
