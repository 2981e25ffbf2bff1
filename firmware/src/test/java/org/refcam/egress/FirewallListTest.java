// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.egress.Egress.Listed;
import org.refcam.egress.EgressRefusedException.Reason;

class FirewallListTest {
  private static final String GOOD = "192.0.2.7 443\n2001:db8:0:0:0:0:0:7 6514\n";

  /** All that a script may say. */
  private static final Pattern SCRIPT =
      Pattern.compile(
          "flush set inet refcam_egress owner4\n"
              + "flush set inet refcam_egress owner6\n"
              + "(add element inet refcam_egress owner4"
              + " \\{ [0-9.]+ \\. [0-9]+(, [0-9.]+ \\. [0-9]+)* \\}\n)?"
              + "(add element inet refcam_egress owner6"
              + " \\{ [0-9a-f:]+ \\. [0-9]+(, [0-9a-f:]+ \\. [0-9]+)* \\}\n)?");

  private static FirewallList parse(String text) throws InvalidFirewallListException {
    return FirewallList.parse(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static InvalidFirewallListException.Reason refusal(String text) {
    return catchThrowableOfType(InvalidFirewallListException.class, () -> parse(text)).reason();
  }

  @Test
  void list_roundTrips_andBecomesElementsOfTwoSets() throws Exception {
    FirewallList list = parse(GOOD);
    assertThat(new String(list.encode(), StandardCharsets.US_ASCII)).isEqualTo(GOOD);
    assertThat(list.script())
        .isEqualTo(
            """
            flush set inet refcam_egress owner4
            flush set inet refcam_egress owner6
            add element inet refcam_egress owner4 { 192.0.2.7 . 443 }
            add element inet refcam_egress owner6 { 2001:db8:0:0:0:0:0:7 . 6514 }
            """);
    assertThat(parse("").script()).matches(SCRIPT).doesNotContain("add");
  }

  @Test
  void of_policy_listsWhatItAllows_byItsAddressesNow() throws Exception {
    Destination near = OnePolicy.footage("nas.lan", 22, "VN", true);
    Destination abroad = OnePolicy.footage("s3.sg", 443, "SG", false);
    Destination nameless = OnePolicy.footage("gone.vn", 443, "VN", false);
    FirewallList list =
        FirewallList.of(
            List.of(
                new Listed(near, Egress.OWNER, Optional.empty()),
                new Listed(abroad, Egress.OWNER, Optional.of(Reason.OUTSIDE_VIET_NAM)),
                new Listed(nameless, Egress.OWNER, Optional.empty())),
            to -> {
              if (to.equals(nameless)) {
                throw new IOException("no such name");
              }
              return List.of(
                  InetAddress.getByName("192.168.1.9"), InetAddress.getByName("127.0.0.1"));
            });
    assertThat(list.lines()).containsExactly("192.168.1.9 22");
  }

  @Test
  @DisplayName("INV-EGRESS-5: whatever the bytes, a script changes two sets and nothing else")
  void anyBytes_areRefused_orChangeTheSetsAlone() {
    for (String bad :
        List.of(
            "192.0.2.7",
            "192.0.2.7 0",
            "192.0.2.7 65536",
            "192.0.2.999 443",
            "192.0.2.07 443",
            "::ffff:192.0.2.7 443",
            "example.com 443",
            "192.0.2.7 443 }; flush ruleset",
            "192.0.2.7  443",
            "192.0.2.7 443\r",
            "fe80::1%eth0 443")) {
      assertThat(refusal(bad)).as(bad).isEqualTo(InvalidFirewallListException.Reason.NOT_A_LINE);
    }
    for (String bad :
        List.of("127.0.0.1 22", "0.0.0.0 22", "224.0.0.1 22", "::1 22", "ff02::1 22")) {
      assertThat(refusal(bad))
          .as(bad)
          .isEqualTo(InvalidFirewallListException.Reason.NOT_A_DESTINATION);
    }
    assertThat(refusal("\n".repeat(5000))).isEqualTo(InvalidFirewallListException.Reason.TOO_LONG);
    StringBuilder many = new StringBuilder();
    for (int i = 1; i <= 65; i++) {
      many.append("192.0.2.").append(i).append(" 443\n");
    }
    assertThat(refusal(many.toString())).isEqualTo(InvalidFirewallListException.Reason.TOO_LONG);
    Random random = new Random(11);
    byte[] good = GOOD.getBytes(StandardCharsets.ISO_8859_1);
    int taken = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
      try {
        assertThat(FirewallList.parse(bytes).script()).matches(SCRIPT);
        taken++;
      } catch (InvalidFirewallListException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
    assertThat(taken).isPositive();
  }
}
