// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.refcam.bytes.ByteRegion;
import org.refcam.verity.InvalidVerityException;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VeritySuperblock;
import org.refcam.verity.VerityVerifier;
import org.refcam.verity.VerityWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code refcam-tools verity}: dm-verity trees behind file systems. */
@Command(
    name = "verity",
    mixinStandardHelpOptions = true,
    description = "Appends a dm-verity hash tree to a file system, or verifies one.")
final class VerityCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  @Command(
      name = "format",
      mixinStandardHelpOptions = true,
      description = "Appends superblock and tree to the file, as veritysetup format would.")
  int format(
      @Parameters(paramLabel = "ROOT") Path file,
      @Option(
              names = "--salt",
              required = true,
              paramLabel = "HEX",
              description = "At most 256 bytes")
          String salt,
      @Option(names = "--uuid", required = true, paramLabel = "UUID") UUID uuid,
      @Mixin Output output)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      VerityRoot root = VerityWriter.append(channel, hex("--salt", salt), uuid);
      output.result(fields(root));
      return Exit.OK;
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Verifies every block; exit code 1 on refusal.")
  int verify(
      @Parameters(paramLabel = "ROOT") Path file,
      @Option(names = "--root-hash", required = true, paramLabel = "HEX") String hash,
      @Option(
              names = "--hash-offset",
              required = true,
              paramLabel = "BYTES",
              description = "Of the superblock, which is the data's length")
          long offset,
      @Mixin Output output)
      throws IOException, InvalidVerityException {
    VerityRoot root = root(hash, offset);
    try (FileChannel channel = FileChannel.open(file)) {
      VeritySuperblock superblock =
          VerityVerifier.verify(ByteRegion.of(channel), root, bytes -> {});
      Map<String, Object> fields = fields(root);
      fields.put("uuid", superblock.uuid().toString());
      output.result(fields);
      return Exit.OK;
    }
  }

  private VerityRoot root(String hash, long offset) {
    try {
      return new VerityRoot(hex("--root-hash", hash), offset);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private byte[] hex(String option, String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + " is not hexadecimal", e);
    }
  }

  private static Map<String, Object> fields(VerityRoot root) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rootHash", root.hex());
    fields.put("hashOffset", root.hashOffset());
    fields.put("blocks", root.hashOffset() / VeritySuperblock.BLOCK_BYTES);
    return fields;
  }
}
