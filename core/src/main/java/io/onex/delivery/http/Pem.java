package io.onex.delivery.http;

import io.onex.config.IoReason;
import io.onex.config.TextFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates and keys in PEM files (RFC 7468). Errors name the file, never what is in it.
final class Pem {
  private static final int MAX_BYTES = 4 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

  private Pem() {}

  /// All certificates of the file, in order; at least one.
  static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(certificate(file, block.der()));
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException(file + " holds no CERTIFICATE block");
    }
    return certificates;
  }

  /// The one private key of the file.
  static PrivateKey privateKey(Path file) throws IOException {
    for (Block block : blocks(file)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return pkcs8(file, block.der());
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
            throw new IOException(
                file
                    + " holds an older key form ("
                    + block.label()
                    + "); convert it: openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem");
        case "ENCRYPTED PRIVATE KEY" ->
            throw new IOException(
                file + " is encrypted; decrypt it: openssl pkcs8 -in OLD.pem -out NEW.pem");
        default -> {
          // Certificates and parameters may stand in the same file.
        }
      }
    }
    throw new IOException(file + " holds no PRIVATE KEY block");
  }

  private static X509Certificate certificate(Path file, byte[] der) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IOException(file + " holds a certificate that cannot be read", e);
    }
  }

  private static PrivateKey pkcs8(Path file, byte[] der) throws IOException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException notThisAlgorithm) {
        // The encoding names its algorithm; the next one may be it.
      } catch (NoSuchAlgorithmException e) {
        throw new IOException("this JDK cannot read " + algorithm + " keys", e);
      }
    }
    throw new IOException(file + " holds no RSA, EC or Ed25519 key in PKCS#8");
  }

  private static List<Block> blocks(Path file) throws IOException {
    String text;
    try {
      text = TextFiles.REGULAR.read(file, MAX_BYTES);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: " + file, e);
    } catch (FileSystemException e) {
      throw new IOException(file + " cannot be read: " + IoReason.of(e), e);
    }
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      try {
        blocks.add(
            new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2).trim())));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " holds a " + matcher.group(1) + " that is not base64", e);
      }
    }
    return blocks;
  }

  /// Adds the file to an error of the security library.
  static IOException unusable(String what, GeneralSecurityException cause) {
    return new IOException(what + " cannot be used: " + cause.getMessage(), cause);
  }

  private record Block(String label, byte[] der) {}
}
