package io.onex.testkit.secret;

import java.util.List;

/// A secret in one place: what a node sends, and what of it must not be found afterwards.
///
/// @param kind the form of the secret, by which is counted
/// @param carrier where in the input it stands
/// @param form as it stands in the table
/// @param input one line, an event or what is refused
/// @param secrets must not be in what is kept of the input
/// @param kept must still be in it
public record SecretPlace(
    String kind, String carrier, String form, String input, List<String> secrets, String kept) {}
