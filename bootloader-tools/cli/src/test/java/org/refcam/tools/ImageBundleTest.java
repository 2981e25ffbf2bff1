// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.board.BoardFile;
import org.refcam.image.BundleImage;
import org.refcam.image.BundleLimits;
import org.refcam.image.BundleManifest;
import org.refcam.image.UnverifiedBundle;
import org.refcam.tools.card.CardBuild.Built;
import org.refcam.tools.card.CardBuild.Order;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VerityWriter;

/** The bundle beside a card: what a camera needs to fetch only blocks that differ. */
class ImageBundleTest {
  private static final int ROOT_BYTES = 300 * 4096;
  @TempDir Path directory;

  @Test
  void bundleOfAnImage_eachImageNamesItsTree_sameBytesTwice() throws Exception {
    Path keys = directory.resolve("keys");
    assertThat(Tools.run("keys", "init", "--out", keys.toString()).exit()).isEqualTo(Exit.OK);
    KeyOptions options = new KeyOptions();
    options.directory = keys;
    Path root = Files.write(directory.resolve("root"), random(1, ROOT_BYTES));
    VerityRoot tree;
    try (FileChannel file =
        FileChannel.open(root, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      tree = VerityWriter.append(file, new byte[] {1}, new UUID(1, 2));
    }
    Path boot = Files.write(directory.resolve("boot"), random(2, 10_000));
    Built built = new Built(boot, root, tree, boot, boot);
    Path first = directory.resolve("a.swu");
    ImageCommand.writeBundle(order("a"), built, options.open(), first);
    BundleManifest manifest;
    try (InputStream in = Files.newInputStream(first)) {
      manifest = UnverifiedBundle.open(in, BundleLimits.DEFAULT).unverifiedManifest();
    }
    assertThat(manifest.boards().get(0).images())
        .extracting(BundleImage::name)
        .containsExactly("boot", "rootfs");
    BundleImage rootImage = manifest.boards().get(0).images().get(1);
    assertThat(rootImage.verityRoot()).contains(tree.hex());
    assertThat(rootImage.verityOffset()).hasValue(ROOT_BYTES);
    BundleImage bootImage = manifest.boards().get(0).images().get(0);
    assertThat(bootImage.verityRoot()).isPresent();
    assertThat(bootImage.verityOffset()).hasValue(12288); // 10000 bytes in whole blocks
    Path again = directory.resolve("b.swu");
    ImageCommand.writeBundle(order("b"), built, options.open(), again);
    assertThat(again).hasSameBinaryContentAs(first);
  }

  private Order order(String out) throws Exception {
    Path folder = Path.of("../../board-configs/qemu-arm64");
    Path directoryOfOne = Files.createDirectories(directory.resolve("out-" + out));
    return new Order(
        BoardFile.parsePlatform(Files.readString(folder.resolve("board.yaml"))),
        folder,
        "1.0.0",
        1,
        directory,
        directoryOfOne,
        1);
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
