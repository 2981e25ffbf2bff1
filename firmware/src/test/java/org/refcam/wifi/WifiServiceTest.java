// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Changes of network, round by round, with a clock that stands still in between. */
class WifiServiceTest {
  private static final String WRONG_KEY =
      "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=7 ssid=\"new\" auth_failures=1 duration=10 reason=WRONG_KEY";

  private final FakeSupplicant radio = new FakeSupplicant();
  private final List<String> ends = new ArrayList<>();
  private final WifiNetwork old = network("old");
  private final WifiNetwork other = network("new");
  private WifiWish kept = WifiWish.NONE;
  private boolean diskFull;
  private boolean addressed = true;
  private long now = 5;

  private static WifiNetwork network(String name) {
    return new WifiNetwork(
        Ssid.of(name),
        Protection.WPA2_WPA3,
        WifiKey.of(("key-of-" + name + "-1234").toCharArray(), Protection.WPA2_WPA3),
        false);
  }

  private WifiService service(WifiWish wish) {
    kept = wish;
    return new WifiService(
        radio,
        wish,
        "VN",
        changed -> {
          if (diskFull) {
            throw new IOException("full");
          }
          kept = changed;
        },
        new WifiService.Witness() {
          @Override
          public void confirmed() {
            ends.add("confirmed");
          }

          @Override
          public void takenBack(WifiState why) {
            ends.add("taken back: " + why);
          }
        },
        name -> addressed,
        () -> now);
  }

  private static WifiWish in(WifiNetwork network) {
    return new WifiWish(Optional.of(network), Optional.empty());
  }

  private void later(Duration time) {
    now += time.toNanos();
  }

  @Test
  void start_handsOverWhatIsKept_andTheCountry() {
    WifiService service = service(in(old));
    assertThat(service.step()).isTrue();
    assertThat(radio.commands)
        .containsSubsequence(
            "SET country VN",
            "REMOVE_NETWORK all",
            "SET_NETWORK 7 ssid 6f6c64",
            "SET_NETWORK 7 key_mgmt WPA-PSK WPA-PSK-SHA256 SAE",
            "SET_NETWORK 7 ieee80211w 1",
            "SET_NETWORK 7 psk \"key-of-old-1234\"",
            "SELECT_NETWORK 7");
    assertThat(service.facts().state()).isEqualTo(WifiState.CONNECTING);
    radio.connected = true;
    service.step();
    assertThat(service.facts().state()).isEqualTo(WifiState.CONNECTED);
    assertThat(service.facts().signalDbm()).hasValue(-44);
    addressed = false;
    service.step();
    assertThat(service.facts().state()).isEqualTo(WifiState.NO_ADDRESS);
  }

  @Test
  void country_changed_isToldWithinARound() {
    WifiService service = service(WifiWish.NONE);
    service.step();
    service.country("JP");
    service.step();
    service.step();
    assertThat(radio.commands.stream().filter(one -> one.startsWith("SET country")))
        .containsExactly("SET country VN", "SET country JP");
  }

  @Test
  void nothingWanted_supplicantForgetsWhatItHad() {
    WifiService service = service(WifiWish.NONE);
    service.step();
    assertThat(radio.commands).contains("REMOVE_NETWORK all", "PMKSA_FLUSH");
    assertThat(service.facts().state()).isEqualTo(WifiState.OFF);
  }

  @Test
  void put_withoutARadio_isKeptAndHandedOverLater() throws IOException {
    radio.present = false;
    WifiService service = service(WifiWish.NONE);
    assertThat(service.step()).isFalse();
    service.put(other);
    assertThat(kept.trial()).contains(other);
    assertThat(service.facts().state()).isEqualTo(WifiState.NO_RADIO);
    assertThat(service.scan()).isEmpty();
    later(WifiService.TRIAL.multipliedBy(10));
    radio.present = true;
    service.step();
    assertThat(radio.ssid).isEqualTo("new");
  }

  @Test
  @DisplayName(
      "INV-WIFI-1 a network is kept after the camera was in it with an address for a while")
  void trial_settled_isConfirmed() throws IOException {
    WifiService service = service(in(old));
    service.step();
    service.put(other);
    radio.connected = true;
    addressed = false;
    service.step();
    later(WifiService.SETTLED);
    service.step();
    addressed = true;
    service.step();
    assertThat(ends).as("an address a moment ago").isEmpty();
    later(WifiService.SETTLED.minusNanos(1));
    service.step();
    assertThat(ends).isEmpty();
    later(Duration.ofNanos(1));
    service.step();
    assertThat(ends).containsExactly("confirmed");
    assertThat(kept).isEqualTo(in(other));
    assertThatThrownBy(() -> old.key().command(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("INV-WIFI-1 at a wrong key the camera goes back at once")
  void trial_wrongKey_isTakenBack() throws IOException {
    WifiService service = service(in(old));
    service.step();
    service.put(other);
    assertThat(radio.ssid).isEqualTo("new");
    radio.events.add(WRONG_KEY);
    service.step();
    assertThat(radio.ssid).isEqualTo("old");
    assertThat(kept).isEqualTo(in(old));
    assertThat(ends).containsExactly("taken back: WRONG_KEY");
    assertThat(service.facts().takenBack()).contains(WifiState.WRONG_KEY);
  }

  @Test
  @DisplayName("INV-WIFI-1 what is not reached in time is taken back, after a restart too")
  void trial_notReached_isTakenBack() {
    WifiService service = service(new WifiWish(Optional.of(old), Optional.of(other)));
    radio.events.add("<3>CTRL-EVENT-NETWORK-NOT-FOUND ");
    service.step();
    assertThat(radio.ssid).isEqualTo("new");
    later(WifiService.TRIAL.minusNanos(1));
    service.step();
    assertThat(radio.ssid).isEqualTo("new");
    later(Duration.ofNanos(1));
    service.step();
    assertThat(radio.ssid).isEqualTo("old");
    assertThat(ends).containsExactly("taken back: NOT_FOUND");
  }

  @Test
  void trial_withoutAPredecessor_goesOn() throws IOException {
    WifiService service = service(WifiWish.NONE);
    service.step();
    service.put(other);
    radio.events.add(WRONG_KEY);
    service.step();
    assertThat(service.facts().state()).isEqualTo(WifiState.WRONG_KEY);
    radio.events.add("<3>CTRL-EVENT-NETWORK-NOT-FOUND ");
    service.step();
    assertThat(service.facts().state()).isEqualTo(WifiState.WRONG_KEY);
    later(WifiService.TRIAL);
    service.step();
    assertThat(radio.ssid).isEqualTo("new");
    assertThat(ends).isEmpty();
    radio.connected = true;
    service.step();
    assertThat(service.facts().state()).isEqualTo(WifiState.CONNECTED);
  }

  @Test
  void keyThatTheSupplicantRefuses_isTakenBack() throws IOException {
    WifiService service = service(in(old));
    service.step();
    radio.refusesKeys = true;
    service.put(other);
    assertThat(service.facts().state()).isEqualTo(WifiState.REFUSED);
    radio.refusesKeys = false;
    service.step();
    assertThat(radio.ssid).isEqualTo("old");
    assertThat(ends).containsExactly("taken back: REFUSED");
  }

  @Test
  void put_thatCannotBeKept_changesNothing() {
    WifiService service = service(in(old));
    service.step();
    diskFull = true;
    assertThatThrownBy(() -> service.put(other)).isInstanceOf(IOException.class);
    assertThat(radio.ssid).isEqualTo("old");
    assertThat(service.facts().wish()).isEqualTo(in(old));
  }

  @Test
  void supplicantThatEnds_isFoundAgain() {
    WifiService service = service(in(old));
    service.step();
    radio.events.add("<3>CTRL-EVENT-TERMINATING ");
    assertThat(service.step()).isFalse();
    assertThat(service.facts().state()).isEqualTo(WifiState.NO_RADIO);
    radio.ssid = "";
    assertThat(service.step()).isTrue();
    assertThat(radio.links).isEqualTo(2);
    assertThat(radio.ssid).isEqualTo("old");
  }

  @Test
  void forget_leavesNothing() throws IOException {
    WifiService service = service(in(old));
    service.step();
    service.forget();
    assertThat(radio.ssid).isEmpty();
    assertThat(kept).isEqualTo(WifiWish.NONE);
    assertThat(service.facts().state()).isEqualTo(WifiState.OFF);
  }

  @Test
  @DisplayName("INV-WIFI-2 the key stands in the one command that hands it over, and in no text")
  void key_isHandedOverOnce() throws IOException {
    WifiService service = service(WifiWish.NONE);
    service.step();
    service.put(other);
    service.step();
    assertThat(radio.commands.stream().filter(one -> one.contains("key-of-new")))
        .containsExactly("SET_NETWORK 7 psk \"key-of-new-1234\"");
    assertThat(service.facts().toString() + other + kept).doesNotContain("key-of-new");
  }
}
