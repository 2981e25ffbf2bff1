// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.refcam.wifi.InSight.Offer;

/** What strangers' transmitters make wpa_supplicant say. */
class ScanResultsTest {
  private static final String TITLES = "bssid / frequency / signal level / flags / ssid\n";

  private static String line(int level, String flags, String name) {
    return "02:00:00:00:01:00\t2412\t" + level + "\t" + flags + "\t" + name + "\n";
  }

  @Test
  void networks_strongestFirst_oneEntryAName() {
    String answer =
        TITLES
            + line(-70, "[WPA2-PSK-CCMP][ESS]", "home")
            + line(-40, "[WPA2-PSK-CCMP][ESS]", "other")
            + line(-50, "[WPA2-PSK+SAE-CCMP][ESS]", "home");
    assertThat(ScanResults.parse(answer))
        .extracting(one -> one.ssid().text().orElse(""), InSight::signalDbm, InSight::offer)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("other", -40, Offer.WPA2),
            org.assertj.core.api.Assertions.tuple("home", -50, Offer.WPA2_WPA3));
  }

  @ParameterizedTest
  @CsvSource({
    "[ESS], OPEN",
    "'', OPEN",
    "[WEP][ESS], OTHER",
    "[WPA-PSK-TKIP][ESS], OTHER",
    "[WPA2-EAP-CCMP][ESS], OTHER",
    "[WPA2-OWE-CCMP][ESS], OTHER",
    "[WPA-PSK-TKIP][WPA2-PSK-CCMP][ESS], WPA2",
    "[WPA2-PSK-SHA256-CCMP][ESS], WPA2",
    "[RSN-SAE-CCMP][ESS], WPA3",
    "[WPA2-SAE-CCMP][SAE-H2E][ESS], WPA3",
  })
  void flags_sayWhatIsAsked(String flags, Offer offer) {
    assertThat(ScanResults.parse(TITLES + line(-50, flags, "x")))
        .extracting(InSight::offer)
        .containsExactly(offer);
  }

  @Test
  void escapes_areOctets() {
    assertThat(ScanResults.unescape("\\\"\\\\\\e\\n\\r\\t\\x00\\xfF~"))
        .hasValueSatisfying(
            octets ->
                assertThat(octets)
                    .isEqualTo(new byte[] {'"', '\\', 0x1b, '\n', '\r', '\t', 0, -1, '~'}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "\\x", "\\x1", "\\xg0", "\\q", "\u00e4", "a\u0001"})
  void escapes_thatAreNone_leaveTheLineOut(String name) {
    assertThat(ScanResults.unescape(name)).isEmpty();
    assertThat(ScanResults.parse(TITLES + line(-50, "[ESS]", name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02:00:00:00:01:00\t2412\t-50\t[ESS]",
        "02:00:00:00:01:00\tx\t-50\t[ESS]\tname",
        "02:00:00:00:01:00\t2412\t-5000\t[ESS]\tname",
        "02:00:00:00:01:00\t2412\t-50\t[ESS]\t",
        "02:00:00:00:01:00\t2412\t-50\t[ESS]\t\\x00\\x00\\x00",
        "02:00:00:00:01:00\t2412\t-50\t[ESS]\t012345678901234567890123456789012"
      })
  void lines_thatAreNone_areLeftOut(String line) {
    assertThat(ScanResults.parse(TITLES + line + "\n" + line(-60, "[ESS]", "good"))).hasSize(1);
  }

  @Test
  @DisplayName(
      "INV-WIFI-3 whatever strangers' radios call themselves, the answer is bounded and told as octets")
  void anyName_isBounded() {
    Random random = new Random(3);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = new byte[random.nextInt(600)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i += 1 + random.nextInt(9)) {
        bytes[i] = (byte) "\\x\t\n0f-5[".charAt(random.nextInt(9));
      }
      String noise = new String(bytes, StandardCharsets.ISO_8859_1);
      List<InSight> seen = ScanResults.parse(TITLES + noise + "\n" + line(-1, "[ESS]", noise));
      assertThat(seen).allMatch(one -> one.ssid().octets().length <= Ssid.MOST);
    }
    String many =
        TITLES
            + String.join(
                "",
                java.util.stream.IntStream.range(0, 5000)
                    .mapToObj(i -> line(-50, "[ESS]", "n" + i))
                    .toList());
    assertThat(ScanResults.parse(many)).hasSize(ScanResults.MOST_NETWORKS);
  }
}
