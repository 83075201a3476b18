package io.onex.http.connection;

import java.time.Duration;

/// How many connections there may be, and how long each may keep the gateway waiting.
///
/// Only time in which the gateway waits for the client counts, and bytes that come make up for it,
/// so that whoever keeps `leastBytesPerSecond` up may go on for as long as he likes, and whoever
/// stops is given up soon, however much he has sent.
///
/// @param most connections that may ask for anything
/// @param kept further places, for requests that must be answered even when all others are taken
/// @param headers wait for the headers of a request, and for a connection to be set up
/// @param body wait for the body of a request, and for a client to read its answer
/// @param leastBytesPerSecond rate at which bytes make up for a second of wait
/// @param idle wait for the next request
/// @param hurried all of these waits while nearly all places, or bytes, are taken
public record ConnectionLimits(
    int most,
    int kept,
    Duration headers,
    Duration body,
    long leastBytesPerSecond,
    Duration idle,
    Duration hurried) {
  /// 10 000 connections, 30 s for headers and bodies, 1 KiB/s, 5 min idle, 5 s in a hurry.
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          10_000,
          256,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          1024,
          Duration.ofMinutes(5),
          Duration.ofSeconds(5));

  /// How long a client that sends on after its answer is listened to, so that it gets to read it.
  private static final Duration LINGER = Duration.ofSeconds(2);

  public ConnectionLimits {
    if (most < 1 || kept < 1 || leastBytesPerSecond < 1) {
      throw new IllegalArgumentException("places and rate are at least 1");
    }
  }

  /// The same for another number of places.
  public ConnectionLimits withMost(int places) {
    return new ConnectionLimits(places, kept, headers, body, leastBytesPerSecond, idle, hurried);
  }

  /// Connections from which on nearly all places are taken.
  int nearlyFull() {
    return most - most / 4;
  }

  /// How long the client may be waited for.
  ///
  /// @param hurry whether others wait for the place
  long allowedNanos(ConnectionPhase phase, boolean hurry) {
    Duration usual =
        switch (phase) {
          case CONNECTING, HEADERS -> headers;
          case IDLE -> idle;
          case BODY, ANSWERING -> body;
          case LINGERING -> LINGER;
        };
    return Math.min(usual.toNanos(), hurry ? hurried.toNanos() : Long.MAX_VALUE);
  }

  /// The wait that bytes make up for.
  long earnedNanos(long bytes) {
    return bytes * 1_000_000_000L / leastBytesPerSecond;
  }
}
