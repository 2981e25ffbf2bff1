// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.AuditLog;
import org.refcam.audit.EventType;
import org.refcam.egress.EgressEvent.Actor;
import org.refcam.keys.SealedFile;
import org.refcam.web.RefusedException;
import org.refcam.web.RefusedException.Reason;
import org.refcam.web.WifiControl;
import org.refcam.wifi.ControlSockets;
import org.refcam.wifi.InvalidWifiException;
import org.refcam.wifi.Protection;
import org.refcam.wifi.Ssid;
import org.refcam.wifi.WifiKey;
import org.refcam.wifi.WifiNetwork;
import org.refcam.wifi.WifiService;
import org.refcam.wifi.WifiState;
import org.refcam.wifi.WifiWish;

/**
 * The wireless network, wired: kept in a sealed file, changed over REST, every change in the audit
 * log, which names no network.
 */
final class WifiDesk implements WifiControl, AutoCloseable {
  /**
   * A network in the sealed file.
   *
   * @param key as the owner typed it
   */
  record Kept(String ssidHex, String protection, char[] key, boolean hidden) {
    static @Nullable Kept of(Optional<WifiNetwork> network) {
      return network
          .map(
              one ->
                  new Kept(
                      one.ssid().hex(),
                      one.protection().word(),
                      one.key().exposeText(),
                      one.hidden()))
          .orElse(null);
    }

    WifiNetwork network() {
      Protection of = Protection.of(protection);
      return new WifiNetwork(Ssid.ofHex(ssidHex), of, WifiKey.of(key, of), hidden);
    }

    @Override
    public String toString() {
      return "a wireless network";
    }
  }

  /** The sealed file. */
  record KeptWish(@Nullable Kept network, @Nullable Kept trial) {
    WifiWish wish() {
      return new WifiWish(
          Optional.ofNullable(network).map(Kept::network),
          Optional.ofNullable(trial).map(Kept::network));
    }
  }

  private final AuditLog log;
  private final WifiService service;

  WifiDesk(SealedFile file, RunOptions options, SealedSettings settings, AuditDesk audit)
      throws IOException {
    log = audit.log();
    SealedJson<KeptWish> kept =
        new SealedJson<>(file, KeptWish.class, new KeptWish(null, null), wish -> {});
    service =
        new WifiService(
            ControlSockets.in(options.wifi.control()),
            kept.current().wish(),
            settings.current().country(),
            wish -> kept.save(new KeptWish(Kept.of(wish.network()), Kept.of(wish.trial()))),
            new Trials(),
            WifiDesk::addressed,
            System::nanoTime);
    if (options.wifi.control().isPresent()) {
      service.start();
    }
  }

  /** Tells the log how trials end. */
  private final class Trials implements WifiService.Witness {
    @Override
    public void confirmed() {
      record(AuditEvent.CAMERA, "", Map.of("change", "confirmed"));
    }

    @Override
    public void takenBack(WifiState why) {
      record(AuditEvent.CAMERA, "", Map.of("change", "taken_back", "state", why.word()));
    }
  }

  private void record(String actor, String address, Map<String, String> details) {
    log.record(new AuditEvent(EventType.WIFI_CHANGED, actor, address, details));
  }

  /** Whether somebody beyond the cable's other end could reach an interface. */
  private static boolean addressed(String name) {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      return found != null && found.inetAddresses().anyMatch(WifiDesk::reachable);
    } catch (SocketException e) {
      return false; // it went away while we looked
    }
  }

  private static boolean reachable(InetAddress address) {
    return !address.isLinkLocalAddress() && !address.isLoopbackAddress();
  }

  /** The camera stands in another country now, with other rules of the air. */
  void country(String code) {
    service.country(code);
  }

  @Override
  public WifiFacts facts() {
    WifiService.Facts facts = service.facts();
    return new WifiFacts(
        facts.state().word(),
        facts.radio(),
        facts.signalDbm().orElse(0),
        facts(facts.wish().network()),
        facts(facts.wish().trial()),
        facts.takenBack().map(WifiState::word).orElse(""));
  }

  private static WifiNetworkFacts facts(Optional<WifiNetwork> network) {
    return network
        .map(
            one ->
                new WifiNetworkFacts(
                    one.ssid().text().orElse(""),
                    one.ssid().hex(),
                    one.protection().word(),
                    one.hidden()))
        .orElse(WifiNetworkFacts.NONE);
  }

  @Override
  public List<WifiInSight> inSight() throws RefusedException {
    return service.scan().orElseThrow(() -> new RefusedException(Reason.NO_RADIO)).stream()
        .map(
            one ->
                new WifiInSight(
                    one.ssid().text().orElse(""),
                    one.ssid().hex(),
                    one.signalDbm(),
                    one.megahertz(),
                    one.offer().word()))
        .toList();
  }

  @Override
  public void choose(WifiChoice choice, Actor actor) throws RefusedException, IOException {
    service.put(network(choice));
    record(
        actor.name(),
        actor.address(),
        Map.of("change", "chosen", "protection", protection(choice).word()));
  }

  private static WifiNetwork network(WifiChoice choice) throws RefusedException {
    try {
      Protection protection = protection(choice);
      return new WifiNetwork(
          ssid(choice), protection, WifiKey.of(choice.key(), protection), choice.hidden());
    } catch (InvalidWifiException e) {
      String field = e.reason().name().toLowerCase(Locale.ROOT);
      RefusedException refused = new RefusedException(Reason.INVALID_FIELD, field, Duration.ZERO);
      refused.initCause(e);
      throw refused;
    }
  }

  private static Protection protection(WifiChoice choice) {
    String word = choice.protection();
    return word == null ? Protection.WPA2_WPA3 : Protection.of(word);
  }

  /** One of the two ways to name it. */
  private static Ssid ssid(WifiChoice choice) {
    String text = choice.ssid() == null ? "" : choice.ssid();
    String hex = choice.ssidHex() == null ? "" : choice.ssidHex();
    return text.isEmpty() ? Ssid.ofHex(hex) : Ssid.of(text);
  }

  @Override
  public void forget(Actor actor) throws IOException {
    service.forget();
    record(actor.name(), actor.address(), Map.of("change", "forgotten"));
  }

  @Override
  public void close() {
    service.close();
  }
}
