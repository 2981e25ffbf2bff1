// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.refcam.assess.reach.Fingerprint;

/**
 * A detached Ed25519 signature (RFC 8032) over the list of a report's files.
 *
 * <p>{@code manifest.json} holds the SHA-256 of each file, {@code manifest.sig} the raw 64-byte
 * signature of its bytes, {@code signer.pem} the public key. A verified report is unchanged since
 * somebody with that key signed it; who that is, only a fingerprint given by other means tells.
 */
public final class Seal {
  private static final String MANIFEST = "manifest.json";
  private static final String SIGNATURE = "manifest.sig";
  private static final String SIGNER = "signer.pem";
  private static final int FILES_MAX = 10_000;

  private Seal() {}

  /** A report that is not as it was signed. */
  public static final class BrokenSealException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
      UNSIGNED,
      WRONG_SIGNATURE,
      OTHER_SIGNER,
      CHANGED_FILE,
      ADDED_FILE,
      MISSING_FILE
    }

    private final Reason reason;

    BrokenSealException(Reason reason, String what) {
      super(reason + ": " + what);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }

  /** A new key pair. */
  public static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Java has Ed25519 since 15", e);
    }
  }

  /** Writes a new private key that only the user can read; refuses to overwrite. */
  public static void writeKey(PrivateKey key, Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, pem("PRIVATE KEY", key.getEncoded()), StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Writes the public half. */
  public static void writePublic(PublicKey key, Path file) throws IOException {
    Files.writeString(file, pem("PUBLIC KEY", key.getEncoded()), StandardOpenOption.CREATE_NEW);
  }

  /** Reads a PKCS#8 PEM file with an Ed25519 private key. */
  public static PrivateKey readKey(Path file) throws IOException {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(unPem(Files.readString(file))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " is no Ed25519 private key in PKCS#8 PEM", e);
    }
  }

  /** Reads a PEM file with an Ed25519 public key. */
  public static PublicKey readPublic(Path file) throws IOException {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(unPem(Files.readString(file))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " is no Ed25519 public key in PEM", e);
    }
  }

  /**
   * Signs all files of a folder.
   *
   * @param signer the public half, written beside the signature
   */
  public static void sign(Path folder, PrivateKey key, PublicKey signer) throws IOException {
    ObjectNode files = ReportJson.object();
    for (Path file : files(folder)) {
      files.put(name(folder, file), Fingerprint.of(file));
    }
    ObjectNode manifest = ReportJson.object().put("format", "refcam-assess-manifest-1");
    manifest.set("files", files);
    byte[] bytes = ReportJson.write(manifest);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(bytes);
      Files.write(folder.resolve(MANIFEST), bytes);
      Files.write(folder.resolve(SIGNATURE), signature.sign());
      Files.writeString(folder.resolve(SIGNER), pem("PUBLIC KEY", signer.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("the key cannot sign", e);
    }
  }

  /**
   * Verifies a folder.
   *
   * @param trusted the signer that has to be; empty takes the one beside the report
   * @return SHA-256 of the signer's key
   */
  public static String verify(Path folder, Optional<PublicKey> trusted)
      throws IOException, BrokenSealException {
    for (String needed : List.of(MANIFEST, SIGNATURE, SIGNER)) {
      if (!Files.isRegularFile(folder.resolve(needed))) {
        throw new BrokenSealException(
            BrokenSealException.Reason.UNSIGNED, needed + " is not there");
      }
    }
    PublicKey signer = readPublic(folder.resolve(SIGNER));
    if (trusted.isPresent()
        && !MessageDigest.isEqual(trusted.get().getEncoded(), signer.getEncoded())) {
      throw new BrokenSealException(BrokenSealException.Reason.OTHER_SIGNER, fingerprint(signer));
    }
    byte[] bytes = Files.readAllBytes(folder.resolve(MANIFEST));
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(signer);
      signature.update(bytes);
      if (!signature.verify(Files.readAllBytes(folder.resolve(SIGNATURE)))) {
        throw new BrokenSealException(BrokenSealException.Reason.WRONG_SIGNATURE, MANIFEST);
      }
    } catch (GeneralSecurityException e) {
      throw new BrokenSealException(
          BrokenSealException.Reason.WRONG_SIGNATURE, String.valueOf(e.getMessage()));
    }
    compare(folder, ReportJson.read(bytes).path("files"));
    return fingerprint(signer);
  }

  private static void compare(Path folder, JsonNode listed)
      throws IOException, BrokenSealException {
    List<String> there = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = name(folder, file);
      there.add(name);
      if (!listed.has(name)) {
        throw new BrokenSealException(BrokenSealException.Reason.ADDED_FILE, name);
      }
      if (!listed.path(name).asText().equals(Fingerprint.of(file))) {
        throw new BrokenSealException(BrokenSealException.Reason.CHANGED_FILE, name);
      }
    }
    for (var names = listed.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!there.contains(name)) {
        throw new BrokenSealException(BrokenSealException.Reason.MISSING_FILE, name);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> !List.of(MANIFEST, SIGNATURE, SIGNER).contains(name(folder, f)))
          .sorted()
          .limit(FILES_MAX)
          .toList();
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** SHA-256 of a public key, in hex. */
  public static String fingerprint(PublicKey key) {
    return Fingerprint.of(key.getEncoded());
  }

  private static String pem(String what, byte[] bytes) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }

  private static byte[] unPem(String text) {
    return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
  }
}
