// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The camera's Wi-Fi service among simulated radios: "Old house" asks for WPA2, "New house" for WPA3. */
public final class WifiInGuest {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final String OLD_KEY = "correct horse \"battery\"";
  private static final String NEW_KEY = "staple of the new house";
  private static int passed;
  private static int failed;
  private static WifiWish kept = WifiWish.NONE;

  private WifiInGuest() {}

  private interface Body {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    try (WifiService service = service()) {
      service.start();
      tests(service);
    }
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(failed == 0 && passed > 0 ? 0 : 1);
  }

  private static WifiService service() {
    return new WifiService(
        ControlSockets.in(Optional.of(Path.of("/run/wpa_supplicant"))),
        WifiWish.NONE,
        "VN",
        changed -> kept = changed,
        new WifiService.Witness() {
          @Override
          public void confirmed() {}

          @Override
          public void takenBack(WifiState why) {}
        },
        name -> name.equals("wlan0"),
        System::nanoTime);
  }

  private static void tests(WifiService service) {
    test("the radio is found and hears both houses", () -> hears(service));
    test("a network that nobody has is told as not found", () -> {
      service.put(network("No house", Protection.WPA2, OLD_KEY));
      await(service, facts -> facts.state() == WifiState.NOT_FOUND);
    });
    test("WPA2: a wrong key is told as wrong key", () -> {
      service.put(network("Old house", Protection.WPA2_WPA3, "incorrect horse"));
      await(service, facts -> facts.state() == WifiState.WRONG_KEY);
    });
    test("WPA2: the right key connects, and is kept", () -> {
      service.put(network("Old house", Protection.WPA2_WPA3, OLD_KEY));
      await(service, facts -> facts.state() == WifiState.CONNECTED && facts.signalDbm().isPresent());
      await(service, facts -> facts.wish().trial().isEmpty());
      require(name(kept.network()).equals("Old house"), "kept " + name(kept.network()));
    });
    test("WPA3: a wrong key is told as wrong key, and the camera goes back by itself", () -> {
      service.put(network("New house", Protection.WPA3, "staple of another house"));
      await(service, facts -> facts.takenBack().isPresent());
      require(service.facts().takenBack().get() == WifiState.WRONG_KEY, "" + service.facts().takenBack());
      await(service, facts -> facts.state() == WifiState.CONNECTED);
      require(name(kept.wanted()).equals("Old house"), "kept " + name(kept.wanted()));
    });
    test("WPA3: the right key connects, and replaces the network of before", () -> {
      service.put(network("New house", Protection.WPA3, NEW_KEY));
      await(service, facts -> facts.state() == WifiState.CONNECTED);
      await(service, facts -> facts.wish().trial().isEmpty());
      require(name(kept.network()).equals("New house"), "kept " + name(kept.network()));
    });
    test("a network with less protection than asked is not joined, and the camera goes back", () -> {
      service.put(network("Old house", Protection.WPA3, OLD_KEY));
      await(service, facts -> facts.takenBack().isPresent());
      await(service, facts -> facts.state() == WifiState.CONNECTED);
    });
    test("forgotten, the camera leaves", () -> {
      service.forget();
      require(service.facts().state() == WifiState.OFF, "" + service.facts().state());
    });
  }

  private static void hears(WifiService service) throws Exception {
    await(service, facts -> facts.radio().equals("wlan0"));
    List<InSight> seen = service.scan().orElseThrow();
    require(offers(seen, "Old house", InSight.Offer.WPA2), "" + seen);
    require(offers(seen, "New house", InSight.Offer.WPA3), "" + seen);
  }

  private static boolean offers(List<InSight> seen, String name, InSight.Offer offer) {
    return seen.stream().anyMatch(one -> one.ssid().equals(Ssid.of(name)) && one.offer() == offer);
  }

  private static WifiNetwork network(String name, Protection protection, String key) {
    return new WifiNetwork(Ssid.of(name), protection, WifiKey.of(key.toCharArray(), protection), false);
  }

  private static String name(Optional<WifiNetwork> network) {
    return network.flatMap(one -> one.ssid().text()).orElse("");
  }

  private static void await(WifiService service, Predicate<WifiService.Facts> wanted) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.test(service.facts())) {
      require(System.nanoTime() < until, "still " + service.facts());
      Thread.sleep(100);
    }
  }

  private static void test(String name, Body body) {
    long begin = System.nanoTime();
    try {
      body.run();
      passed++;
      System.out.println("ok      " + name + "  " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    } catch (Exception | AssertionError e) {
      failed++;
      System.out.println("FAILED  " + name + ": " + e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
