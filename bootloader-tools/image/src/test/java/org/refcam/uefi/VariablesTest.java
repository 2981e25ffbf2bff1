// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.refcam.disk.Partition;

class VariablesTest {
  private static final int HEADER = 72;
  private static final Instant TIME = TestPrograms.TIME;

  /** As Debian's AAVMF_VARS.fd begins; a store of 4096 bytes. */
  private static byte[] emptyFlash() {
    byte[] flash = new byte[8192];
    Arrays.fill(flash, HEADER + 28, HEADER + 4096, (byte) 0xFF);
    byte[] head =
        HexFormat.of()
            .parseHex(
                "000000000000000000000000000000008d2bf1ff96768b4ca9852747075b4f50"
                    + "00200000000000005f465648fffe040048002809000000020200000000100000"
                    + "0000000000000000782cf3aa7b949a43a1802e144ec37792");
    System.arraycopy(head, 0, flash, 0, head.length);
    ByteBuffer.wrap(flash).order(ByteOrder.LITTLE_ENDIAN).putInt(HEADER + 16, 4096);
    flash[HEADER + 20] = 0x5A;
    flash[HEADER + 21] = (byte) 0xFE;
    return flash;
  }

  @Test
  void flash_holdsWhatWasAdded_oneBehindAnother() {
    byte[] flash =
        VariableFlash.open(emptyFlash())
            .set(EfiVariable.PK, TIME, new byte[] {1, 2, 3})
            .set(EfiVariable.ofBootManager("BootOrder"), TIME, new byte[] {10, 0, 11, 0})
            .encode();
    ByteBuffer in = ByteBuffer.wrap(flash).order(ByteOrder.LITTLE_ENDIAN);
    int first = HEADER + 28;
    assertThat(in.getInt(first)).isEqualTo(0x003F55AA);
    assertThat(in.getInt(first + 4)).isEqualTo(0x27);
    assertThat(in.getShort(first + 16)).isEqualTo((short) 2026);
    assertThat(in.getInt(first + 36)).isEqualTo(6);
    assertThat(in.getInt(first + 40)).isEqualTo(3);
    assertThat(Arrays.copyOfRange(flash, first + 60, first + 69))
        .isEqualTo(new byte[] {'P', 0, 'K', 0, 0, 0, 1, 2, 3});
    assertThat(flash[first + 69]).isEqualTo((byte) 0xFF);
    int second = first + 72;
    assertThat(in.getShort(second)).isEqualTo((short) 0x55AA);
    assertThat(in.getInt(second + 4)).isEqualTo(7);
    assertThat(in.getShort(second + 16)).isZero();
    assertThat(Arrays.copyOfRange(flash, second + 44, second + 60))
        .isEqualTo(HexFormat.of().parseHex("61dfe48bca93d211aa0d00e098032b8c"));
    assertThat(Arrays.copyOfRange(flash, second + 80, second + 84))
        .isEqualTo(new byte[] {10, 0, 11, 0});
    assertThat(in.getShort(second + 84)).isEqualTo((short) -1);
  }

  @Test
  void flash_isReadBack_andAVariableIsReplacedOrRemoved() {
    EfiVariable order = EfiVariable.ofBootManager("BootOrder");
    byte[] first =
        VariableFlash.open(emptyFlash())
            .set(EfiVariable.PK, TIME, new byte[] {1, 2, 3})
            .set(order, TIME, new byte[] {10, 0})
            .encode();
    VariableFlash flash = VariableFlash.open(first).set(order, TIME, new byte[] {11, 0, 10, 0});
    VariableFlash again = VariableFlash.open(flash.encode());
    assertThat(again.find(order)).contains(new byte[] {11, 0, 10, 0});
    assertThat(again.find(EfiVariable.PK)).contains(new byte[] {1, 2, 3});
    assertThat(again.find(EfiVariable.KEK)).isEmpty();
    assertThat(VariableFlash.open(again.remove(order).encode()).find(order)).isEmpty();
  }

  @Test
  void flash_thatIsNone_orFull_orNotWhole_isRefused() {
    byte[] torn = VariableFlash.open(emptyFlash()).set(EfiVariable.PK, TIME, new byte[1]).encode();
    torn[HEADER + 28 + 42] = 1; // data of 64 KiB
    byte[] cut = Arrays.copyOf(emptyFlash(), 500);
    for (byte[] bad : new byte[][] {new byte[0], new byte[8192], torn, cut}) {
      assertThatThrownBy(() -> VariableFlash.open(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    VariableFlash flash = VariableFlash.open(emptyFlash());
    assertThatThrownBy(() -> flash.set(EfiVariable.DB, TIME, new byte[4090]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void loadOption_isWhatTheBootManagerReads() {
    Partition partition =
        new Partition(
            "boot_a",
            Partition.EFI_SYSTEM,
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            2048,
            131072);
    byte[] option = new LoadOption("A", 1, partition, "\\X.EFI").encode();
    String file = HexFormat.of().formatHex("\\X.EFI\0".getBytes(StandardCharsets.UTF_16LE));
    assertThat(HexFormat.of().formatHex(option))
        .isEqualTo(
            "01000000"
                + "4000"
                + "41000000"
                + "04012a00"
                + "01000000"
                + "0008000000000000"
                + "0000020000000000"
                + "33221100554477668899aabbccddeeff"
                + "0202"
                + "04041200"
                + file
                + "7fff0400");
  }

  @Test
  void slotEntry_saidAndRead_andWhatOthersWroteSaysNothing() {
    for (SlotEntry entry :
        List.of(
            SlotEntry.of("boot_a", 0),
            SlotEntry.of("boot_b", Integer.MAX_VALUE),
            SlotEntry.of("boot_b", 4).onTrial(0),
            SlotEntry.of("boot_a", 0).onTrial(SlotEntry.TRIALS_MAX))) {
      Partition partition =
          new Partition("boot_a", Partition.EFI_SYSTEM, new UUID(1, 2), 2048, 2048);
      byte[] value = new LoadOption(entry.description(), 1, partition, "\\X.EFI").encode();
      assertThat(LoadOption.description(value))
          .map(said -> SlotEntry.parse(entry.partition(), said))
          .contains(entry);
      for (int length = 0; length < value.length; length++) { // cut off anywhere
        LoadOption.description(Arrays.copyOf(value, length))
            .ifPresent(said -> assertThat(said).isEqualTo(entry.description()));
      }
    }
    for (String other :
        List.of(
            "",
            "Windows",
            "RefCam boot_a",
            "RefCam boot_b security=99999999999",
            "RefCam boot_b security=2147483648",
            "RefCam boot_b trials=10",
            "RefCam boot_b security=-1")) {
      assertThat(SlotEntry.parse("boot_b", other)).isEqualTo(SlotEntry.of("boot_b", 0));
    }
  }

  @Test
  void name_thatIsNone_isRefused() {
    for (String name : new String[] {"", "a\0b", "x".repeat(65)}) {
      assertThatThrownBy(() -> EfiVariable.ofBootManager(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
