package io.onex.ingest;

/// One element of a body that was refused.
///
/// @param index of the element in the body, from 0
/// @param code stable snake_case word
/// @param field path of the field concerned, or empty when the whole element is
/// @param message what is wrong, without payload
/// @param offset of the first wrong byte, within the unpacked body
public record Rejection(int index, String code, String field, String message, long offset) {}
