// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.Storage;
import org.refcam.update.UpdateException.Reason;

class OrdersTest {
  private static final URI URI_OF_BUNDLE = URI.create("https://fleet.example.vn/a.swu");

  @TempDir Path disk;

  private Bundles maker;
  private Machine machine;

  @BeforeEach
  void begin() throws Exception {
    maker = Bundles.create();
    machine = new Machine(disk, Storage.disk(), maker);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static UpdateWeb serving(byte[] bytes) {
    return (uri, from) -> new UpdateWeb.Answer(200, 0, new ByteArrayInputStream(bytes));
  }

  private static void order(Updates updates, byte[] bundle) throws Exception {
    updates.order(serving(bundle), URI_OF_BUNDLE, sha256(bundle), bundle.length, n -> {});
  }

  @Test
  @DisplayName("INV-FLEET-2: an ordered bundle is judged by its own signature, board and versions")
  void order_foreignOrOld_refused() throws Exception {
    byte[] image = Machine.image("0.2.0");
    Updates updates = machine.boot().updates();
    for (byte[] refused :
        List.of(
            Bundles.create().bundle("0.2.0", 3, image),
            maker.bundle("other", "0.2.0", 3, image),
            maker.bundle("0.0.9", 3, image))) {
      assertThatThrownBy(() -> order(updates, refused))
          .isInstanceOfSatisfying(
              UpdateException.class,
              e -> assertThat(e.reason()).isIn(Reason.BUNDLE, Reason.WRONG_BOARD, Reason.TOO_OLD));
      assertThatThrownBy(updates::install).isInstanceOf(UpdateException.class);
    }
    byte[] good = machine.bundle("0.2.0", 3);
    assertThatThrownBy(
            () ->
                updates.order(serving(good), URI_OF_BUNDLE, "00".repeat(32), good.length, n -> {}))
        .isInstanceOfSatisfying(
            UpdateException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_BYTES));
    assertThat(machine.boot().slot()).isEqualTo(SlotName.BUILTIN);
  }

  @Test
  void withdraw_armed_doesNotBoot() throws Exception {
    byte[] bundle = machine.bundle("0.2.0", 3);
    Updates updates = machine.boot().updates();
    order(updates, bundle);
    updates.install();
    assertThat(updates.withdraw(sha256(bundle))).isTrue();
    assertThat(machine.boot().slot()).isEqualTo(SlotName.BUILTIN);
    Updates again = machine.boot().updates();
    order(again, bundle);
    again.install();
    Machine.Boot trial = machine.boot();
    assertThat(trial.updates().withdraw(sha256(bundle))).as("on trial").isFalse();
    trial.updates().healthy();
    assertThat(trial.updates().withdraw(sha256(bundle))).as("confirmed").isFalse();
  }

  @Test
  void service_orderTakenBackWhileFetched_stopsAndIsGone() throws Exception {
    byte[] bundle = machine.bundle("0.2.0", 3);
    String sha256 = sha256(bundle);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    UpdateWeb slow =
        (uri, from) -> {
          begun.countDown();
          await(goOn);
          return new UpdateWeb.Answer(200, 0, new ByteArrayInputStream(bundle));
        };
    try (UpdateService service = service()) {
      service.order(slow, new Order(URI_OF_BUNDLE, sha256, bundle.length, true, true));
      begun.await();
      assertThat(service.ordered(sha256).stage()).isEqualTo(Orders.Stage.WORKING);
      Thread taker =
          new Thread(
              () -> {
                try {
                  service.withdraw(sha256);
                } catch (IOException | UpdateException e) {
                  throw new IllegalStateException(e);
                }
              });
      taker.start();
      while (taker.getState() == Thread.State.RUNNABLE || taker.getState() == Thread.State.NEW) {
        Thread.onSpinWait(); // until it waits for the fetch, which sees that it is taken back
      }
      goOn.countDown();
      taker.join();
      assertThat(service.ordered(sha256).stage()).isEqualTo(Orders.Stage.NONE);
    }
    assertThat(machine.boot().slot()).isEqualTo(SlotName.BUILTIN);
  }

  @Test
  void service_refusedOrder_saysWhy() throws Exception {
    byte[] old = machine.bundle("0.0.9", 3);
    try (UpdateService service = service()) {
      service.order(serving(old), new Order(URI_OF_BUNDLE, sha256(old), old.length, true, false));
      Orders.Progress progress = service.ordered(sha256(old));
      while (progress.stage() == Orders.Stage.WORKING) {
        Thread.sleep(5);
        progress = service.ordered(sha256(old));
      }
      assertThat(progress).isEqualTo(new Orders.Progress(Orders.Stage.FAILED, 0, "too_old"));
    }
  }

  private UpdateService service() throws Exception {
    return new UpdateService(
        machine.boot().updates(),
        (uri, from) -> {
          throw new IOException("no repository");
        },
        Clock.fixed(Bundles.NOW, ZoneOffset.UTC),
        new Random(1),
        () -> ZoneOffset.UTC,
        Optional.empty());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
