/// From the bytes of a request or file to durable records: unpack, decode, encode, append, answer.
@NullMarked
package io.onex.ingest;

import org.jspecify.annotations.NullMarked;
