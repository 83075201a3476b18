package io.onex.delivery;

import io.onex.bytes.Slice;
import io.onex.log.Record;

/// What an encoder may know besides the records.
public interface EncodeContext {
  /// Fields that enrichment adds to this record, as the inside of a JSON object without braces
  /// (`"host":"a","environment":"prod"`), or empty. The same slice is returned for equal fields.
  Slice enrichment(Record record);
}
