// SPDX-License-Identifier: Apache-2.0
package org.refcam.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void canonical_namesByCodePoint_onlyQuoteAndBackslashEscaped() throws Exception {
    String text =
        "{ \"b\": [1, -2, true, null], \"a\": \"q\\\"b\\\\n\\n\\u00e9\","
            + " \"\\ud83d\\ude00\": 0, \"\\uffee\": 1 }";
    assertThat(canonical(text))
        .isEqualTo(
            "{\"a\":\"q\\\"b\\\\n\n\u00e9\",\"b\":[1,-2,true,null],"
                + "\"\uffee\":1,\"\ud83d\ude00\":0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1.5}", "{\"a\":1e3}", "{\"a\":\"\\ud800\"}"})
  void canonical_fractionOrHalfPair_isRefused(String text) {
    assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(() -> canonical(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}{}", "{\"a\":1,\"a\":2}", "{'a':1}", "{\"a\":01}", "{\"a\":NaN}"})
  void parse_notStrictJson_isSyntax(String text) {
    assertReason(text, InvalidJsonException.Reason.SYNTAX);
  }

  @Test
  void parse_notUtf8OrTooDeepOrTooLarge_isRefused() {
    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE);
    assertThatExceptionOfType(InvalidJsonException.class)
        .isThrownBy(() -> JsonText.parseObject(utf16, 100));
    byte[] bad = {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'};
    assertThatExceptionOfType(InvalidJsonException.class)
        .isThrownBy(() -> JsonText.parseObject(bad, 100));
    String deep = "{\"a\":" + "[".repeat(JsonText.DEPTH_MAX) + "]".repeat(JsonText.DEPTH_MAX) + "}";
    assertReason(deep, InvalidJsonException.Reason.SYNTAX);
    assertThatExceptionOfType(InvalidJsonException.class)
        .isThrownBy(() -> JsonText.parseObject(new byte[101], 100))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(InvalidJsonException.Reason.TOO_LARGE));
  }

  @Test
  void fields_wrongTypeOrRange_nameTheirPath() throws Exception {
    JsonObject object =
        JsonText.parseObject("{\"a\":{\"n\":7,\"t\":\"x\"}}".getBytes(StandardCharsets.UTF_8), 99)
            .object("a");
    assertThat(object.number("n", 1, 7)).isEqualTo(7);
    assertThatExceptionOfType(InvalidJsonException.class)
        .isThrownBy(() -> object.number("n", 1, 6))
        .satisfies(e -> assertThat(e.path()).isEqualTo("a.n"));
    assertThatExceptionOfType(InvalidJsonException.class)
        .isThrownBy(() -> object.number("t", 1, 6));
    assertThatExceptionOfType(InvalidJsonException.class)
        .isThrownBy(() -> object.list("none"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(InvalidJsonException.Reason.MISSING));
  }

  private static void assertReason(String text, InvalidJsonException.Reason reason) {
    assertThatExceptionOfType(InvalidJsonException.class)
        .isThrownBy(() -> JsonText.parseObject(text.getBytes(StandardCharsets.UTF_8), 1000))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static String canonical(String text) throws InvalidJsonException {
    return new String(
        CanonicalJson.encode(
            JsonText.parseObject(text.getBytes(StandardCharsets.UTF_8), 1000).node()),
        StandardCharsets.UTF_8);
  }
}
