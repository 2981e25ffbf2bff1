// SPDX-License-Identifier: Apache-2.0
package org.refcam.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.refcam.json.InvalidJsonException.Reason;

/**
 * OLPC canonical JSON, the form that TUF signatures cover: no white space, names in the order of
 * their code points, only {@code "} and {@code \} escaped, whole numbers only, UTF-8. Stateless.
 *
 * <p>Source: wiki.laptop.org/go/Canonical_JSON, as the TUF specification cites it (4.1). Two values
 * with one canonical form are equal, because a text that is not well-formed Unicode is refused.
 */
public final class CanonicalJson {
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> {
        // UTF-8 keeps the order of code points; Java's own order is that of UTF-16 units.
        byte[] left = a.getBytes(StandardCharsets.UTF_8);
        byte[] right = b.getBytes(StandardCharsets.UTF_8);
        return java.util.Arrays.compareUnsigned(left, right);
      };

  private CanonicalJson() {}

  /**
   * @throws InvalidJsonException BAD_VALUE for a number with a fraction or exponent, or a text that
   *     is not well-formed Unicode
   */
  public static byte[] encode(JsonNode value) throws InvalidJsonException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(value, out);
    return out.toByteArray();
  }

  private static void write(JsonNode value, ByteArrayOutputStream out) throws InvalidJsonException {
    switch (value.getNodeType()) {
      case OBJECT -> writeObject(value, out);
      case ARRAY -> writeArray(value, out);
      case STRING -> writeText(value.textValue(), out);
      case BOOLEAN, NULL -> out.writeBytes(ascii(value.asText()));
      case NUMBER -> writeNumber(value, out);
      default -> throw new AssertionError("a parsed tree has no " + value.getNodeType());
    }
  }

  private static void writeObject(JsonNode object, ByteArrayOutputStream out)
      throws InvalidJsonException {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    names.sort(BY_CODE_POINT);
    out.write('{');
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      writeText(names.get(i), out);
      out.write(':');
      write(object.get(names.get(i)), out);
    }
    out.write('}');
  }

  private static void writeArray(JsonNode array, ByteArrayOutputStream out)
      throws InvalidJsonException {
    out.write('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      write(array.get(i), out);
    }
    out.write(']');
  }

  private static void writeNumber(JsonNode number, ByteArrayOutputStream out)
      throws InvalidJsonException {
    if (!number.isIntegralNumber()) {
      throw new InvalidJsonException(
          Reason.BAD_VALUE, number.asText(), "canonical JSON has whole numbers only");
    }
    out.writeBytes(ascii(number.bigIntegerValue().toString()));
  }

  private static void writeText(String text, ByteArrayOutputStream out)
      throws InvalidJsonException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidJsonException(Reason.BAD_VALUE, "$", "a text with half a surrogate pair");
    }
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    out.write('"');
    out.writeBytes(escaped.getBytes(StandardCharsets.UTF_8));
    out.write('"');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
