// SPDX-License-Identifier: Apache-2.0
package org.refcam.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.refcam.json.InvalidJsonException.Reason;

/**
 * Strict JSON (RFC 8259, UTF-8): no name twice in an object, nothing after the value, nesting to
 * {@value #DEPTH_MAX}. Stateless.
 */
public final class JsonText {
  /** Deepest nesting of arrays and objects. */
  public static final int DEPTH_MAX = 32;

  private static final int NUMBER_CHARACTERS_MAX = 20;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_CHARACTERS_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  /**
   * Reads one JSON object.
   *
   * @param bytesMax how many bytes it may have
   * @throws InvalidJsonException TOO_LARGE, SYNTAX, or BAD_VALUE if it is not an object
   */
  public static JsonObject parseObject(byte[] bytes, int bytesMax) throws InvalidJsonException {
    if (bytes.length > bytesMax) {
      throw new InvalidJsonException(
          Reason.TOO_LARGE, "$", bytes.length + " bytes, at most " + bytesMax);
    }
    return JsonObject.of("$", parse(bytes));
  }

  private static JsonNode parse(byte[] bytes) throws InvalidJsonException {
    try {
      // Decoded first: otherwise the first bytes could choose UTF-16 or UTF-32.
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      JsonNode value = MAPPER.readTree(text);
      if (value.isMissingNode()) {
        throw new InvalidJsonException(Reason.SYNTAX, "$", "no value");
      }
      return value;
    } catch (CharacterCodingException e) {
      throw syntax("not UTF-8", e);
    } catch (IOException e) {
      throw syntax(firstLine(e), e);
    }
  }

  private static InvalidJsonException syntax(String detail, IOException cause) {
    InvalidJsonException failure = new InvalidJsonException(Reason.SYNTAX, "$", detail);
    failure.initCause(cause);
    return failure;
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("not JSON");
  }
}
