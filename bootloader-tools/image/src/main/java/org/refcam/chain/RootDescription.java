// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VeritySuperblock;

/**
 * What a signed boot image says of its root file system, in one of two places: the file {@code
 * verity} of the initramfs, lines of {@code NAME=VALUE},
 *
 * <pre>
 *   BLOCKS=      blocks of 4096 bytes of data
 *   HASH_START=  block at which the tree begins: BLOCKS + 1
 *   ROOT_HASH=   64 hexadecimal digits
 *   SALT=        hexadecimal digits, or - for none
 * </pre>
 *
 * or the command line, {@code roothash=} 64 digits {@code refcam.hash_offset=} bytes of data. Both
 * may say it, if they agree.
 *
 * @param root the hash and the data's length
 * @param salt if it is signed too
 */
record RootDescription(VerityRoot root, Optional<byte[]> salt) {
  private static final int FILE_MAX = 4096;
  private static final String HASH_OFFSET = "refcam.hash_offset";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SALT = Pattern.compile("([0-9a-f]{2}){1,256}|-");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  static RootDescription find(SignedBoot boot) throws InvalidLinkException {
    Map<String, String> words = words(boot.commandLine(), " ");
    Optional<RootDescription> inLine = Optional.empty();
    if (words.containsKey("roothash")) {
      VerityRoot root = root(words.getOrDefault("roothash", ""), number(words, HASH_OFFSET));
      inLine = Optional.of(new RootDescription(root, Optional.empty()));
    }
    Optional<byte[]> file = Optional.empty();
    if (boot.ramdisk().isPresent()) {
      file = RamdiskFile.find(boot.ramdisk().get(), "verity", FILE_MAX);
    }
    if (file.isEmpty()) {
      return inLine.orElseThrow(
          () -> new InvalidLinkException("no root hash in the command line or the initramfs"));
    }
    RootDescription inFile = ofFile(words(new String(file.get(), StandardCharsets.US_ASCII), "\n"));
    if (inLine.isPresent() && !inLine.get().root().equals(inFile.root())) {
      throw new InvalidLinkException("command line and initramfs have two root hashes");
    }
    return inFile;
  }

  private static RootDescription ofFile(Map<String, String> lines) throws InvalidLinkException {
    long blocks = number(lines, "BLOCKS");
    if (number(lines, "HASH_START") != blocks + 1) {
      throw new InvalidLinkException("HASH_START is not BLOCKS + 1");
    }
    String salt = lines.getOrDefault("SALT", "");
    if (!SALT.matcher(salt).matches()) {
      throw new InvalidLinkException("SALT is not hexadecimal");
    }
    byte[] bytes = salt.equals("-") ? new byte[0] : HexFormat.of().parseHex(salt);
    return new RootDescription(
        root(lines.getOrDefault("ROOT_HASH", ""), blocks * VeritySuperblock.BLOCK_BYTES),
        Optional.of(bytes));
  }

  /** Which slot the command line is for; empty if it does not say. */
  static Optional<String> slot(SignedBoot boot) {
    return Optional.ofNullable(words(boot.commandLine(), " ").get("refcam.slot"));
  }

  void requireSalt(VeritySuperblock superblock) throws InvalidLinkException {
    if (salt.isPresent() && !Arrays.equals(salt.get(), superblock.salt())) {
      throw new InvalidLinkException("the superblock has another salt than the signed one");
    }
  }

  private static VerityRoot root(String hash, long offset) throws InvalidLinkException {
    if (!HASH.matcher(hash).matches()) {
      throw new InvalidLinkException("the root hash is not 64 hexadecimal digits");
    }
    if (offset <= 0 || offset % VeritySuperblock.BLOCK_BYTES != 0) {
      throw new InvalidLinkException("data of " + offset + " bytes");
    }
    return new VerityRoot(HexFormat.of().parseHex(hash), offset);
  }

  private static long number(Map<String, String> words, String name) throws InvalidLinkException {
    String value = words.getOrDefault(name, "");
    if (!NUMBER.matcher(value).matches()) {
      throw new InvalidLinkException("no number " + name + " beside the root hash");
    }
    return Long.parseLong(value);
  }

  /** The last of equal names counts, as for the kernel and the shell. */
  private static Map<String, String> words(String text, String separator) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String word : text.split(separator)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        words.put(word.substring(0, equals).strip(), word.substring(equals + 1).strip());
      }
    }
    return words;
  }
}
