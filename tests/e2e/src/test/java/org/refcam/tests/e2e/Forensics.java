// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What somebody can read who has the medium and every document: follows all keys of a development
 * device from its root, and tries them on its sealed files, its key table and its recordings.
 * Written anew from {@code keys.md} and {@code formats.md}, without the camera's code.
 */
final class Forensics {
  private static final String ROOT_SALT = "refcam root v1";
  private static final String VAULT_SALT = "refcam vault v1";
  private static final List<String> PURPOSES = List.of("config", "audit", "recordings");
  private static final int CLIP = 16;
  private static final int KEY = 32;
  private static final int GCM = 1;

  private Forensics() {}

  /** All keys that follow from what a data directory holds. */
  static List<byte[]> keys(Path data) throws IOException, GeneralSecurityException {
    byte[] root = Files.readAllBytes(data.resolve("keys/root.key"));
    List<byte[]> keys = new ArrayList<>(List.of(root));
    for (String purpose : PURPOSES) {
      keys.add(hkdf(root, ascii(ROOT_SALT), purpose));
    }
    for (String slot : List.of("vault-root", "recordings")) {
      byte[] slotKey = hkdf(root, ascii(ROOT_SALT), "slot/" + slot);
      keys.add(slotKey);
      for (int side = 0; side < 2; side++) {
        Path file = data.resolve("keys/" + slot + "." + side + ".slot");
        if (Files.exists(file)) {
          slotSecret(Files.readAllBytes(file), slot, slotKey)
              .ifPresent(secret -> addWhatFollows(keys, secret));
        }
      }
    }
    return keys;
  }

  /** keys.md, FileSlot with one stripe. */
  private static Optional<byte[]> slotSecret(byte[] file, String name, byte[] key) {
    byte[] bound = Arrays.copyOf(file, 15 + name.length());
    System.arraycopy(ascii(name), 0, bound, 15, name.length());
    return gcm(key, bound, file, 17);
  }

  /** The secret itself, what is derived of it, and what it opens if a key found before wraps it. */
  private static void addWhatFollows(List<byte[]> keys, byte[] secret) {
    List<byte[]> found = new ArrayList<>(List.of(secret));
    for (byte[] key : List.copyOf(keys)) {
      gcm(key, ascii("refcam slot v1"), secret, 0).ifPresent(found::add);
    }
    keys.addAll(found);
    PURPOSES.forEach(purpose -> keys.add(hkdf(secret, ascii(VAULT_SALT), purpose)));
  }

  /** Names of the files below a directory of which one of the keys opens something. */
  static List<String> opened(Path data, List<byte[]> keys) throws IOException {
    List<String> opened = new ArrayList<>();
    List<byte[]> recordingKeys = new ArrayList<>();
    for (byte[] key : keys) {
      recordingKeys.addAll(recordingKeys(data.resolve("recordings/keys"), key));
    }
    for (String name : names(data)) {
      byte[] file = Files.readAllBytes(data.resolve(name));
      boolean open =
          name.endsWith(".sealed")
              ? keys.stream().anyMatch(key -> opensSealed(name, file, key))
              : Stream.concat(keys.stream(), recordingKeys.stream())
                  .anyMatch(key -> opensSegment(file, key));
      if (open) {
        opened.add(name);
      }
    }
    return opened;
  }

  /** formats.md, sealed file. */
  private static boolean opensSealed(String name, byte[] file, byte[] key) {
    byte[] bound = ascii("RCSF\u0001" + name.substring(0, name.length() - ".sealed".length()));
    return gcm(key, bound, file, 5).isPresent();
  }

  /** formats.md, sealed log and key table: the keys of its clips, as far as it opens. */
  private static List<byte[]> recordingKeys(Path table, byte[] key) throws IOException {
    List<byte[]> found = new ArrayList<>();
    if (!Files.exists(table)) {
      return found;
    }
    byte[] file = Files.readAllBytes(table);
    byte[] secret = hkdf(key, Arrays.copyOfRange(file, 8, 40), "refcam keys v1");
    byte[] binding = sha256(Arrays.copyOf(file, 40));
    int at = 40;
    for (int sequence = 0; at + 20 <= file.length; sequence++) {
      Optional<byte[]> opened = chunk(file, at, sequence, GCM, secret, binding);
      if (opened.isEmpty()) {
        break;
      }
      byte[] text = opened.get();
      boolean snapshot = (flags(file, at, sequence, secret) & 0x02) != 0;
      int step = snapshot ? CLIP + KEY + 9 : text.length;
      for (int entry = 0; entry + step <= text.length && step > 0; entry += step) {
        int begin = entry + (snapshot ? CLIP : 1 + CLIP);
        if (snapshot || text[0] == 1) {
          found.add(Arrays.copyOfRange(text, begin, begin + KEY));
        }
      }
      at += 20 + text.length;
    }
    return found;
  }

  /** formats.md, segment: its first chunk. */
  private static boolean opensSegment(byte[] file, byte[] key) {
    return file.length > 44
        && new String(file, 0, 4, StandardCharsets.US_ASCII).equals("RCVS")
        && chunk(file, 24, 0, file[5], key, sha256(Arrays.copyOf(file, 24))).isPresent();
  }

  private static int flags(byte[] file, int at, int sequence, byte[] secret) {
    return header(file, at, sequence, secret) >>> 24;
  }

  /** formats.md, chunk: the four bytes without their mask. */
  private static int header(byte[] file, int at, int sequence, byte[] secret) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      byte[] counter = ByteBuffer.allocate(16).putInt(0).putInt(sequence / 256).array();
      byte[] maskKey = hkdf(secret, ascii("refcam chunk v1"), "mask");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(maskKey, "AES"), new IvParameterSpec(counter));
      byte[] masks = cipher.doFinal(new byte[1024]);
      return ByteBuffer.wrap(file).getInt(at) ^ ByteBuffer.wrap(masks).getInt(sequence % 256 * 4);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<byte[]> chunk(
      byte[] file, int at, int sequence, int algorithm, byte[] secret, byte[] binding) {
    int header = header(file, at, sequence, secret);
    int length = header & 0xFFFFFF;
    if (length > file.length - at - 20) {
      return Optional.empty();
    }
    byte[] key = hkdf(secret, ascii("refcam chunk v1"), "content");
    byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(sequence).array();
    byte[] bound = ByteBuffer.allocate(36).put(binding).putInt(header).array();
    byte[] sealed = Arrays.copyOfRange(file, at + 4, at + 20 + length);
    return open(algorithm == GCM, key, nonce, bound, sealed);
  }

  /** Nonce, ciphertext and tag from an offset on, by AES-256-GCM. */
  private static Optional<byte[]> gcm(byte[] key, byte[] bound, byte[] sealed, int from) {
    if (sealed.length < from + 28) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOfRange(sealed, from, from + 12);
    byte[] rest = Arrays.copyOfRange(sealed, from + 12, sealed.length);
    return open(true, Arrays.copyOf(key, KEY), nonce, bound, rest);
  }

  /** Empty if the key is not right. */
  private static Optional<byte[]> open(
      boolean gcm, byte[] key, byte[] nonce, byte[] bound, byte[] sealed) {
    try {
      Cipher cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, gcm ? "AES" : "ChaCha20"),
          gcm ? new GCMParameterSpec(128, nonce) : new IvParameterSpec(nonce));
      cipher.updateAAD(bound);
      return Optional.of(cipher.doFinal(sealed));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 5869, one block. */
  private static byte[] hkdf(byte[] key, byte[] salt, String info) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(salt, "HmacSHA256"));
      byte[] extracted = mac.doFinal(key);
      mac.init(new SecretKeySpec(extracted, "HmacSHA256"));
      mac.update(ascii(info));
      mac.update((byte) 1);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Files below a directory, as paths from it. */
  static List<String> names(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> data.relativize(file).toString())
          .toList();
    }
  }
}
