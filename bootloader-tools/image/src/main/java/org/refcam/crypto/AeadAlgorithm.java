// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The two ciphers for bulk data, both with 256-bit keys, 96-bit nonces and 128-bit tags. Which one
 * a machine uses is a question of speed only; both open on every machine.
 */
public enum AeadAlgorithm {
  /** NIST SP 800-38D: for processors with AES and carry-less multiplication. */
  AES_256_GCM(1, "AES/GCM/NoPadding", "AES"),
  /** RFC 8439: for processors without, such as the Raspberry Pi 4's. */
  CHACHA20_POLY1305(2, "ChaCha20-Poly1305", "ChaCha20");

  private final int id;
  private final String transformation;
  private final String keyAlgorithm;

  AeadAlgorithm(int id, String transformation, String keyAlgorithm) {
    this.id = id;
    this.transformation = transformation;
    this.keyAlgorithm = keyAlgorithm;
  }

  /** The number by which formats name it, 1 to 255. */
  public int id() {
    return id;
  }

  /**
   * @throws IllegalArgumentException if there is no such algorithm
   */
  public static AeadAlgorithm ofId(int id) {
    for (AeadAlgorithm algorithm : values()) {
      if (algorithm.id == id) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException("no AEAD algorithm " + id);
  }

  String transformation() {
    return transformation;
  }

  String keyAlgorithm() {
    return keyAlgorithm;
  }

  /**
   * The faster one on this machine, by what Linux says of its processor; ChaCha20 if it is mute.
   */
  public static AeadAlgorithm fastest() {
    try {
      return fastestOn(Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return CHACHA20_POLY1305;
    }
  }

  /**
   * The faster one on a processor that has these features.
   *
   * @param cpuinfo as {@code /proc/cpuinfo}: x86 lists {@code flags}, ARM lists {@code Features}
   */
  static AeadAlgorithm fastestOn(String cpuinfo) {
    boolean instructions =
        cpuinfo
            .lines()
            .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
            .map(line -> Arrays.asList(line.substring(line.indexOf(':') + 1).split("\\s+")))
            .anyMatch(AeadAlgorithm::hasAesAndMultiply);
    return instructions ? AES_256_GCM : CHACHA20_POLY1305;
  }

  private static boolean hasAesAndMultiply(List<String> features) {
    return features.contains("aes")
        && (features.contains("pmull") || features.contains("pclmulqdq"));
  }
}
