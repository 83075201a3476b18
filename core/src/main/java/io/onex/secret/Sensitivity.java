package io.onex.secret;

/// How likely what stands under a name is a secret, from the name alone. In ascending order.
public enum Sensitivity {
  /// The name says nothing of a secret.
  NONE,
  /// A secret when it looks like one made by a machine: `acme_key`.
  DOUBTFUL,
  /// A secret unless it is a number or an ordinary word: `pass`.
  LIKELY,
  /// A secret whatever it looks like: `password`.
  SURE
}
