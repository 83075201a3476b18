package io.onex.cli.command;

import io.onex.cli.output.Format;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of a [Format], case aside.
final class FormatConverter implements ITypeConverter<Format> {
  @Override
  public Format convert(String text) {
    for (Format format : Format.values()) {
      if (format.name().equals(text.toUpperCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new TypeConversionException("'" + text + "' is none of human, table, json, yaml, csv");
  }
}
