// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.refcam.wifi.InvalidWifiException.Reason;

/** Names, protections and keys of the owner's networks. */
class WifiValuesTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @Test
  void ssid_isOctetsThatMayBeText() {
    assertThat(Ssid.of("nhà").hex()).isEqualTo("6e68c3a0");
    assertThat(Ssid.of("nhà").text()).contains("nhà");
    assertThat(Ssid.ofHex("00ff")).isEqualTo(new Ssid(new byte[] {0, -1}));
    assertThat(Ssid.ofHex("00ff").text()).isEmpty();
    assertThat(Ssid.of("a\u202eb").text()).as("turns what is written").isEmpty();
    assertThat(Ssid.of("x".repeat(32)).octets()).hasSize(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "zz", "abc"})
  void ssid_ofNoHex_isRefused(String hex) {
    assertThat(refusal(() -> Ssid.ofHex(hex))).isEqualTo(Reason.SSID);
  }

  @Test
  void ssid_tooLong_isRefused() {
    assertThat(refusal(() -> Ssid.of("x".repeat(33)))).isEqualTo(Reason.SSID);
    assertThat(refusal(() -> Ssid.of(""))).isEqualTo(Reason.SSID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "none", "wep", "WPA2", ""})
  void protection_noneOfOurs_isRefused(String word) {
    assertThat(refusal(() -> Protection.of(word))).isEqualTo(Reason.PROTECTION);
  }

  @ParameterizedTest
  @CsvSource({
    "wpa2, 8, true",
    "wpa2, 7, false",
    "wpa2, 63, true",
    "wpa2, 64, false",
    "wpa2_wpa3, 63, true",
    "wpa2_wpa3, 64, false",
    "wpa3, 7, false",
    "wpa3, 128, true",
    "wpa3, 129, false"
  })
  void key_length_isBounded(String protection, int length, boolean good) {
    Protection of = Protection.of(protection);
    if (good) {
      assertThat(WifiKey.of("~".repeat(length).toCharArray(), of)).hasToString("WifiKey");
    } else {
      assertThat(refusal(() -> WifiKey.of("~".repeat(length).toCharArray(), of)))
          .isEqualTo(Reason.KEY);
    }
  }

  @Test
  void key_charactersThatNoneMayHave_areRefused() {
    for (Protection of : Protection.values()) {
      for (String bad : new String[] {"1234567\n9", "1234567\u00009", "1234567\u007f9"}) {
        assertThat(refusal(() -> WifiKey.of(bad.toCharArray(), of))).isEqualTo(Reason.KEY);
      }
      char[] half = {'1', '2', '3', '4', '5', '6', '7', '8', '\ud800'};
      assertThat(refusal(() -> WifiKey.of(half, of))).isEqualTo(Reason.KEY);
    }
    assertThat(refusal(() -> WifiKey.of("mật khẩu".toCharArray(), Protection.WPA2)))
        .isEqualTo(Reason.KEY);
    assertThat(refusal(() -> WifiKey.of(HEX.toCharArray(), Protection.WPA2_WPA3)))
        .as("SAE begins with a password")
        .isEqualTo(Reason.KEY);
  }

  @Test
  void key_command_cannotBeLeft() {
    assertThat(command("a\"b\\ c=d # e", Protection.WPA2))
        .isEqualTo("SET_NETWORK 3 psk \"a\"b\\ c=d # e\"");
    assertThat(command(HEX, Protection.WPA2)).isEqualTo("SET_NETWORK 3 psk " + HEX);
    assertThat(command("mật khẩu", Protection.WPA3))
        .isEqualTo("SET_NETWORK 3 sae_password 6de1baad74206b68e1baa975");
  }

  @Test
  void key_text_comesBackForTheStore() {
    assertThat(WifiKey.of("mật khẩu".toCharArray(), Protection.WPA3).exposeText())
        .isEqualTo("mật khẩu".toCharArray());
  }

  private static String command(String key, Protection protection) {
    return new String(WifiKey.of(key.toCharArray(), protection).command(3), ISO_8859_1);
  }

  private static Reason refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    InvalidWifiException refused = catchThrowableOfType(call, InvalidWifiException.class);
    assertThat(refused).isNotNull();
    return refused.reason();
  }
}
