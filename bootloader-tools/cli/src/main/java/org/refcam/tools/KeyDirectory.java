// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.refcam.tuf.KeyScheme;
import org.refcam.tuf.TopLevelRole;
import org.refcam.tuf.TufKey;

/**
 * The release side's keys in one directory.
 *
 * <pre>
 *   keys.json              which key files there are, by role; nothing secret
 *   ROLE-N-SCHEME.key      encrypted PKCS#8: root, targets, snapshot, timestamp
 *   bundle-ca.key|crt|crl  the authority that names bundle signers
 *   bundle-signing.key     the signer in use
 *   bundle-signing.crt     its certificate, then the authority's: the keyring of a camera
 *   root.json              the first root, which goes into the image
 *   passphrase             only if none was given: take it to another place
 * </pre>
 *
 * Root's key files and the authority's belong on a medium that is offline but for a ceremony: any
 * command works as long as the files it signs with are there.
 */
final class KeyDirectory {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int PASSPHRASE_BYTES = 20;

  /** One private key's file. */
  record Entry(TopLevelRole role, KeyScheme scheme, String file, TufKey key) {}

  private final Path directory;
  private final char[] passphrase;
  private final Map<TopLevelRole, List<Entry>> entries = new EnumMap<>(TopLevelRole.class);

  private KeyDirectory(Path directory, char[] passphrase) {
    this.directory = directory;
    this.passphrase = passphrase.clone();
    for (TopLevelRole role : TopLevelRole.values()) {
      entries.put(role, new ArrayList<>());
    }
  }

  /** A new directory; one that holds keys already is refused. */
  static KeyDirectory create(Path directory, char[] passphrase) throws IOException {
    Files.createDirectories(directory);
    if (Files.exists(directory.resolve("keys.json"))) {
      throw new IOException(directory + " holds keys already");
    }
    return new KeyDirectory(directory, passphrase);
  }

  static KeyDirectory open(Path directory, char[] passphrase) throws IOException {
    KeyDirectory keys = new KeyDirectory(directory, passphrase);
    Path file = directory.resolve("keys.json");
    if (!Files.exists(file)) {
      throw new IOException("no keys.json in " + directory + "; make keys with keys init");
    }
    for (JsonNode node : JSON.readTree(Files.readString(file)).withArray("keys")) {
      keys.add(
          new Entry(
              TopLevelRole.valueOf(node.path("role").asText()),
              KeyScheme.valueOf(node.path("scheme").asText()),
              node.path("file").asText(),
              new TufKey(
                  node.path("keytype").asText(),
                  node.path("tufScheme").asText(),
                  node.path("public").asText())));
    }
    return keys;
  }

  /** A passphrase of 160 bits, for who gave none. */
  static char[] randomPassphrase(SecureRandom random) {
    byte[] bytes = new byte[PASSPHRASE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes).toCharArray();
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /** Makes a key, writes it and lists it for the role. */
  Entry make(TopLevelRole role, KeyScheme scheme, SecureRandom random) throws IOException {
    AsymmetricCipherKeyPair pair = KeyPairs.make(scheme, random);
    TufKey key = TufKey.of(scheme, pair.getPublic());
    String label = scheme.keyType();
    String file = role.roleName() + "-" + label + "-" + key.keyId().substring(0, 8) + ".key";
    PrivateKeyFile.write(path(file), pair.getPrivate(), passphrase);
    Entry entry = new Entry(role, scheme, file, key);
    add(entry);
    return entry;
  }

  void writeKey(String file, AsymmetricKeyParameter key) throws IOException {
    PrivateKeyFile.write(path(file), key, passphrase);
  }

  AsymmetricKeyParameter readKey(String file) throws IOException {
    return PrivateKeyFile.read(path(file), passphrase);
  }

  List<Entry> entries(TopLevelRole role) {
    return List.copyOf(entries.getOrDefault(role, List.of()));
  }

  /** Takes the role's keys out of the list, and leaves their files for the archive. */
  void retire(TopLevelRole role) {
    entries.put(role, new ArrayList<>());
  }

  /** Signers of those of the role's keys whose files are here. */
  List<FileSigner> signers(List<Entry> of) throws IOException {
    List<FileSigner> signers = new ArrayList<>();
    for (Entry entry : of) {
      if (Files.exists(path(entry.file()))) {
        signers.add(new FileSigner(entry.scheme(), entry.key(), readKey(entry.file())));
      }
    }
    return signers;
  }

  void save() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("keys");
    entries.values().stream()
        .flatMap(List::stream)
        .forEach(
            entry ->
                list.addObject()
                    .put("role", entry.role().name())
                    .put("scheme", entry.scheme().name())
                    .put("file", entry.file())
                    .put("keyId", entry.key().keyId())
                    .put("keytype", entry.key().keyType())
                    .put("tufScheme", entry.key().scheme())
                    .put("public", entry.key().publicValue()));
    Files.writeString(path("keys.json"), JSON.writeValueAsString(root) + "\n");
  }

  private void add(Entry entry) {
    entries.computeIfAbsent(entry.role(), role -> new ArrayList<>()).add(entry);
  }
}
