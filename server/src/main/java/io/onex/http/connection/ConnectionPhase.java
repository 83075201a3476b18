package io.onex.http.connection;

/// What a connection is waited for.
enum ConnectionPhase {
  /// It was accepted; its protocol is not known yet, or its TLS handshake is not done.
  CONNECTING("connecting"),
  /// Nothing of a next request has come.
  IDLE("idle"),
  /// A request has begun, its headers are not complete.
  HEADERS("headers"),
  /// A request is being answered; its body is read where there is one.
  BODY("body"),
  /// An answer is being sent.
  ANSWERING("answer"),
  /// The answer is sent and no further request is taken; the client may still be sending.
  LINGERING("lingering");

  private final String label;

  ConnectionPhase(String label) {
    this.label = label;
  }

  /// Whether closing the connection interrupts no request.
  boolean isNothingUnderWay() {
    return this == CONNECTING || this == IDLE || this == LINGERING;
  }

  /// The value of the label `phase` of a connection that was given up in this phase.
  String label() {
    return label;
  }
}
