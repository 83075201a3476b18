package io.onex.cli.command;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads where a gateway is: `http://HOST:PORT`, or `HOST:PORT` for short.
final class GatewayAddress implements ITypeConverter<URI> {
  @Override
  public URI convert(String text) {
    try {
      URI address = new URI(text.contains("://") ? text : "http://" + text);
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (http && address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Told below, in the words of this option.
    }
    throw new TypeConversionException(
        "'" + text + "' is not an address such as http://127.0.0.1:8420");
  }
}
