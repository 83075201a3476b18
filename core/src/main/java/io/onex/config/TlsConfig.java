package io.onex.config;

import java.nio.file.Path;
import java.util.Optional;

/// How an HTTPS connection proves who stands at either end. Files are PEM; a key is PKCS#8 (RSA, EC
/// or Ed25519) and not encrypted.
///
/// @param caFile certificates to trust instead of the system's
/// @param certFile the gateway's own certificate chain, its own certificate first; comes with
///   `keyFile`
/// @param keyFile its private key
/// @param serverName name expected in the server's certificate and sent to it, instead of the host
public record TlsConfig(
    Optional<Path> caFile,
    Optional<Path> certFile,
    Optional<Path> keyFile,
    Optional<String> serverName) {
  static final Field<Optional<Path>> CA_FILE =
      Field.optional("ca_file", Types.PATH, "PEM file of certificates to trust.");
  static final Field<Optional<Path>> CERT_FILE =
      Field.optional("cert_file", Types.PATH, "PEM file of the gateway's own certificate chain.");
  static final Field<Optional<Path>> KEY_FILE =
      Field.optional("key_file", Types.PATH, "PEM file of the key of `cert_file`.");
  static final Field<Optional<String>> SERVER_NAME =
      Field.optional(
          "server_name", Types.TEXT, "Name the server's certificate must have, if not the host.");
  static final Fields FIELDS = Fields.of(CA_FILE, CERT_FILE, KEY_FILE, SERVER_NAME);

  /// The system's certificates, no own one.
  public static final TlsConfig DEFAULT =
      new TlsConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public TlsConfig {
    if (certFile.isPresent() != keyFile.isPresent()) {
      throw new IllegalArgumentException(
          "cert_file and key_file come together: only "
              + (certFile.isPresent() ? "cert_file" : "key_file")
              + " is set");
    }
  }

  static TlsConfig from(Section section) {
    return new TlsConfig(
        section.get(CA_FILE),
        section.get(CERT_FILE),
        section.get(KEY_FILE),
        section.get(SERVER_NAME));
  }
}
