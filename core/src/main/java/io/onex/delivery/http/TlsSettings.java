package io.onex.delivery.http;

import java.nio.file.Path;
import java.util.Optional;

/// How one HTTP destination is trusted, and how the gateway proves itself to it.
///
/// @param caFile PEM certificates that are trusted instead of the JDK's own
/// @param certFile PEM certificate chain of the gateway, its own certificate first; needs `keyFile`
/// @param keyFile PEM private key in PKCS#8 (RSA, EC or Ed25519), not encrypted; needs `certFile`
/// @param serverName the name to ask for (SNI) and to find in the certificate, instead of the host
///   of the address
public record TlsSettings(
    Optional<Path> caFile,
    Optional<Path> certFile,
    Optional<Path> keyFile,
    Optional<String> serverName) {
  /// The JDK's trusted authorities, no client certificate.
  public static final TlsSettings DEFAULT =
      new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public TlsSettings {
    if (certFile.isPresent() != keyFile.isPresent()) {
      throw new IllegalArgumentException(
          "tls.cert_file and tls.key_file belong together: only "
              + (certFile.isPresent() ? "cert_file" : "key_file")
              + " is set");
    }
    if (serverName.isPresent() && serverName.get().isBlank()) {
      throw new IllegalArgumentException("tls.server_name is empty");
    }
  }
}
