package io.onex.cli.command;

import io.onex.output.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of a [Format], case aside.
final class FormatConverter implements ITypeConverter<Format> {
  @Override
  public Format convert(String text) {
    return Format.named(text)
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is none of " + Format.names()));
  }
}
