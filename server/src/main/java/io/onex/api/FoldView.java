package io.onex.api;

/// How far one fold has come.
///
/// @param position offset where it continues
/// @param lag records it has not read yet
/// @param caughtUp whether it has reached the end there was at the start
/// @param deadLettered records it passed over
/// @param failure why it stands still, otherwise empty
public record FoldView(
    String name, long position, long lag, boolean caughtUp, long deadLettered, String failure) {}
