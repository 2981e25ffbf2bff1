// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.keys.StoppingSteps;
import org.refcam.label.Label;
import org.refcam.provision.LabelStore;
import org.refcam.storage.FileWrites;

class DeviceStartTest {
  private static final int WINDOW = 12;
  private static final int HEADER_MOST = 17;

  @TempDir Path directory;

  /** First boot up to the label; everything that is to differ between devices. */
  private static Map<String, String> boot(Path data, FileWrites writes) throws IOException {
    try (DeviceStart device =
        new DeviceStart(
            data,
            "development",
            "a board",
            "127.0.0.1",
            Optional.empty(),
            writes,
            Clock.systemUTC())) {
      Label label =
          new LabelStore(data, writes)
              .openOrCreate(
                  device.identity().serial(),
                  device.identity().certificateSha256(),
                  "https://127.0.0.1:8443",
                  device.keys().assuranceLevel().word(),
                  device.random());
      Map<String, String> facts = new HashMap<>();
      facts.put("serial", label.serial());
      facts.put("password", label.password());
      facts.put("certificate", label.certificateSha256());
      facts.put("key", device.identity().publicKeySha256());
      facts.put("machineId", Files.readString(data.resolve("machine-id")));
      return facts;
    }
  }

  @Test
  @DisplayName("INV-PROV-2 two first boots from the same bytes share nothing")
  void twoFirstBoots_fromTheSameBytes_shareNothing() throws Exception {
    Path one = directory.resolve("one");
    Path two = directory.resolve("two");
    Map<String, String> first = boot(one, FileWrites.disk());
    Map<String, String> second = boot(two, FileWrites.disk());
    first.forEach((name, value) -> assertThat(second.get(name)).as(name).isNotEqualTo(value));
    Set<String> files = files(one);
    assertThat(files(two)).isEqualTo(files);
    assertThat(files).contains("keys/root.key", "keys/binding", "identity/device.sealed");
    for (String file : files) {
      byte[] a = Files.readAllBytes(one.resolve(file));
      byte[] b = Files.readAllBytes(two.resolve(file));
      assertThat(a).as(file).isNotEqualTo(b);
      if (!file.startsWith("label") && !file.equals("keys/binding")) {
        Set<String> shared = windows(a);
        shared.retainAll(windows(b));
        assertThat(shared).as(file).isEmpty();
      }
    }
  }

  /** Every run of 12 bytes behind the longest header that a format has. */
  private static Set<String> windows(byte[] bytes) {
    Set<String> windows = new HashSet<>();
    int first = bytes.length > 64 ? HEADER_MOST : 0;
    for (int at = first; at + WINDOW <= bytes.length; at++) {
      windows.add(HexFormat.of().formatHex(bytes, at, at + WINDOW));
    }
    return windows;
  }

  private static Set<String> files(Path data) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> all = Files.walk(data)) {
      all.filter(Files::isRegularFile).forEach(file -> names.add(data.relativize(file).toString()));
    }
    return names;
  }

  @Test
  void firstBoot_stoppedAtEveryStep_startsAgainAndStaysOneDevice() throws Exception {
    boolean stopped = true;
    int step = 0;
    while (stopped) {
      Path data = directory.resolve("boot" + step);
      Optional<String> printed = Optional.empty();
      try {
        boot(data, new StoppingSteps(step++));
        stopped = false;
      } catch (StoppingSteps.Stopped e) {
        printed = password(data);
      }
      Map<String, String> next = boot(data, FileWrites.disk());
      printed.ifPresent(password -> assertThat(next).containsEntry("password", password));
      assertThat(boot(data, FileWrites.disk())).isEqualTo(next);
      assertThat(files(data)).noneMatch(file -> file.endsWith(".tmp"));
    }
    assertThat(step).isGreaterThan(30);
  }

  private static Optional<String> password(Path data) throws IOException {
    Path label = data.resolve("label.json");
    return Files.exists(label)
        ? Optional.of(
            new ObjectMapper().readTree(Files.readAllBytes(label)).path("password").asText())
        : Optional.empty();
  }
}
