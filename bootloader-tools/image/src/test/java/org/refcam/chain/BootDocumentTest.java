// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.refcam.disk.PartitionTable;
import org.refcam.fdt.FdtHeader;
import org.refcam.fit.FitAlgorithm;
import org.refcam.verity.VeritySuperblock;

/** What firmware/doc/boot.md states of the formats is what the code does. */
class BootDocumentTest {
  @Test
  void constants_areThoseOfTheCode() throws Exception {
    String document = Files.readString(Path.of("../../firmware/doc/boot.md"));
    assertThat(document)
        .contains("a boot image " + (BootPartition.BOOT_BYTES_MAX >> 20) + " MiB")
        .contains("an initramfs " + (RamdiskFile.UNPACKED_MAX >> 20) + " MiB unpacked")
        .contains(RamdiskFile.FILES_MAX + " files")
        .contains("sectors of " + PartitionTable.SECTOR + " bytes")
        .contains("whole blocks of " + VeritySuperblock.BLOCK_BYTES)
        .contains("superblock " + VeritySuperblock.BYTES)
        .contains("d00dfeed")
        .contains("version 17");
    assertThat(FdtHeader.MAGIC).isEqualTo(0xd00dfeed);
    for (FitAlgorithm algorithm : FitAlgorithm.values()) {
      assertThat(document).contains(algorithm.fitName());
    }
  }
}
