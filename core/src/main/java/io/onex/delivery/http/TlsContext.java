package io.onex.delivery.http;

import io.onex.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Makes the JDK's TLS context out of [TlsConfig].
final class TlsContext {
  /// Key stores want a password; these live in memory only, so it protects nothing.
  private static final char[] NO_PASSWORD = new char[0];

  private TlsContext() {}

  /// @throws IOException when a file cannot be read or used; the message names it
  static SSLContext of(TlsConfig settings) throws IOException {
    KeyManager @Nullable [] keys =
        settings.certFile().isPresent()
            ? keys(settings.certFile().orElseThrow(), settings.keyFile().orElseThrow())
            : null;
    TrustManager @Nullable [] trust =
        settings.caFile().isPresent() ? trust(settings.caFile().orElseThrow()) : null;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw Pem.unusable("the tls settings", e);
    }
  }

  private static KeyManager[] keys(Path certFile, Path keyFile) throws IOException {
    List<X509Certificate> certificates = Pem.certificates(certFile);
    Certificate[] chain = certificates.toArray(Certificate[]::new);
    PrivateKey key = Pem.privateKey(keyFile);
    try {
      if (!isPair(certificates.getFirst(), key)) {
        throw new IOException(
            keyFile + " is not the key of " + certFile + ": renew both, or put the old ones back");
      }
      KeyStore store = emptyStore();
      store.setKeyEntry("onex", key, NO_PASSWORD, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw Pem.unusable(certFile + " with " + keyFile, e);
    }
  }

  /// Whether what the key signs, the certificate confirms. Of files that are renewed one after the
  /// other, one is of the old pair for a moment.
  private static boolean isPair(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(text);
      byte[] signed = signing.sign();
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(certificate.getPublicKey());
      checking.update(text);
      return checking.verify(signed);
    } catch (InvalidKeyException | SignatureException e) {
      return false;
    }
  }

  private static TrustManager[] trust(Path caFile) throws IOException {
    List<X509Certificate> authorities = Pem.certificates(caFile);
    try {
      KeyStore store = emptyStore();
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("ca-" + i, authorities.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw Pem.unusable(caFile.toString(), e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
