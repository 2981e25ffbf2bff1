// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.kernel.DatagramPeer;

/**
 * The control interface of Debian's wpa_supplicant, without a radio: on the loopback interface with
 * its driver for wires. The guest's tests have a radio.
 */
class RealSupplicantTest {
  private static final Path PROGRAM = Path.of("/usr/sbin/wpa_supplicant");
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path directory;
  private Process supplicant;
  private WifiWish kept = WifiWish.NONE;

  @BeforeEach
  void begin() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "needs wpasupplicant");
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    startSupplicant();
  }

  private void startSupplicant() throws Exception {
    supplicant =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-i",
                "lo",
                "-D",
                "wired",
                "-C",
                directory.resolve("ctrl").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    for (long until = System.nanoTime() + LONG.toNanos(); !Files.exists(socket()); ) {
      assertThat(System.nanoTime()).as("it listens").isLessThan(until);
      Thread.sleep(20);
    }
  }

  private Path socket() {
    return directory.resolve("ctrl/lo");
  }

  @AfterEach
  void end() throws InterruptedException {
    if (supplicant != null) {
      supplicant.destroy();
      assertThat(supplicant.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private WifiService service(WifiWish wish) {
    return new WifiService(
        ControlSockets.in(Optional.of(directory.resolve("ctrl"))),
        wish,
        "VN",
        changed -> kept = changed,
        new WifiService.Witness() {
          @Override
          public void confirmed() {}

          @Override
          public void takenBack(WifiState why) {}
        },
        name -> false,
        System::nanoTime);
  }

  private static WifiNetwork network(Protection protection, String key) {
    return new WifiNetwork(
        Ssid.ofHex("00225c0aff20"), protection, WifiKey.of(key.toCharArray(), protection), true);
  }

  @Test
  void everyProtection_isTakenAsItWasMeant() throws Exception {
    WifiService service = service(WifiWish.NONE);
    assertThat(service.step()).isTrue();
    assertThat(service.facts().radio()).isEqualTo("lo");
    service.put(network(Protection.WPA2, "a\"b\\ c=d#e\""));
    assertThat(ask("GET_NETWORK 0 ssid")).isEqualTo("00225c0aff20");
    assertThat(ask("GET_NETWORK 0 key_mgmt")).isEqualTo("WPA-PSK WPA-PSK-SHA256");
    assertThat(ask("GET_NETWORK 0 scan_ssid")).isEqualTo("1");
    assertThat(ask("GET_NETWORK 0 proto")).isEqualTo("RSN");
    assertThat(ask("GET_NETWORK 0 pairwise")).isEqualTo("CCMP");
    assertThat(ask("GET_NETWORK 0 psk")).as("kept to itself").isEqualTo("*");
    assertThat(service.facts().state()).isEqualTo(WifiState.CONNECTING);

    service.put(network(Protection.WPA2, "0123456789abcdef".repeat(4)));
    service.put(network(Protection.WPA2_WPA3, "x".repeat(63)));
    assertThat(ask("GET_NETWORK 0 key_mgmt")).isEqualTo("WPA-PSK WPA-PSK-SHA256 SAE");
    assertThat(ask("GET_NETWORK 0 ieee80211w")).isEqualTo("1");

    service.put(network(Protection.WPA3, "mật khẩu"));
    assertThat(ask("GET_NETWORK 0 key_mgmt")).isEqualTo("SAE");
    assertThat(ask("GET_NETWORK 0 ieee80211w")).isEqualTo("2");
    assertThat(service.facts().state()).isEqualTo(WifiState.CONNECTING);

    service.forget();
    assertThat(ask("GET_NETWORK 0 ssid")).isEqualTo("FAIL");
    service.close();
  }

  @Test
  void supplicantThatIsKilledAndComesBack_getsTheNetworkAgain() throws Exception {
    WifiService service = service(WifiWish.NONE);
    service.step();
    service.put(network(Protection.WPA2, "correct horse"));
    supplicant.destroyForcibly().waitFor();
    service.put(network(Protection.WPA2, "battery staple"));
    assertThat(service.step()).isFalse();
    assertThat(service.facts().state()).isEqualTo(WifiState.NO_RADIO);
    Files.delete(socket());
    startSupplicant();
    assertThat(service.step()).isTrue();
    assertThat(ask("GET_NETWORK 0 key_mgmt")).isEqualTo("WPA-PSK WPA-PSK-SHA256");
    service.close();
  }

  @Test
  void socketOfNobody_isNoRadio() throws Exception {
    supplicant.destroyForcibly().waitFor();
    WifiService service = service(WifiWish.NONE);
    assertThat(service.step()).isFalse();
    assertThat(service.facts().state()).isEqualTo(WifiState.NO_RADIO);
    assertThatThrownBy(() -> DatagramPeer.connect(socket())).isInstanceOf(IOException.class);
    service.close();
  }

  private String ask(String command) throws IOException {
    try (DatagramPeer peer = DatagramPeer.connect(socket())) {
      byte[] message = command.getBytes(StandardCharsets.US_ASCII);
      peer.send(message);
      assertThat(message).as("wiped").containsOnly(0);
      return new String(peer.receive(LONG).orElseThrow(), StandardCharsets.ISO_8859_1).strip();
    }
  }
}
