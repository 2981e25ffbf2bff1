// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.Storage;
import org.refcam.update.UpdateRecord.Phase;

/** What the service does by itself when the camera starts. */
class UpdateServiceTest {
  private static final HealthCheck HEALTHY =
      new HealthCheck(List.of(), Duration.ofSeconds(1), time -> {});

  @TempDir Path disk;
  private Machine machine;

  @BeforeEach
  void machine() throws Exception {
    machine = new Machine(disk, Storage.disk(), Bundles.create());
  }

  @Test
  void installationThatWasCutOff_isBegunAgain() throws Exception {
    Updates before = machine.boot().updates();
    before.bring(new ByteArrayInputStream(machine.bundle("0.2.0", 3)), received -> {});
    Path inTheWay = disk.resolve("slots").resolve("a");
    Files.createDirectories(inTheWay.getParent());
    Files.writeString(inTheWay, "no directory");
    assertThatThrownBy(before::install).isInstanceOf(IOException.class);
    Files.delete(inTheWay);

    assertThat(started(machine.boot()).phase()).isEqualTo(Phase.ARMED);
    assertThat(machine.boot().version()).isEqualTo("0.2.0");
  }

  @Test
  void bundleThatIsOnlyHere_waitsForItsOrder() throws Exception {
    machine
        .boot()
        .updates()
        .bring(new ByteArrayInputStream(machine.bundle("0.2.0", 3)), received -> {});
    assertThat(started(machine.boot()).phase()).isEqualTo(Phase.FETCHED);
  }

  /** The record once the service has done what a start makes it do. */
  private static UpdateRecord started(Machine.Boot boot) throws Exception {
    Clock clock = Clock.fixed(Bundles.NOW, ZoneOffset.UTC);
    UpdateWeb nobody =
        (uri, from) -> {
          throw new IOException("there is no network");
        };
    try (UpdateService service =
        new UpdateService(
            boot.updates(), nobody, clock, new Random(1), () -> ZoneOffset.UTC, Optional.empty())) {
      service.start(boot.start(), HEALTHY);
      service.postpone(Duration.ofMinutes(1)); // waits behind it, on the same thread
      return service.status().record();
    }
  }
}
