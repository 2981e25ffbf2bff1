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
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.jspecify.annotations.Nullable;
import org.refcam.tuf.KeyScheme;
import org.refcam.tuf.MetadataSigner;
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
 * With a token (keys init --token) the classical keys, the authority's and the signer's are in it;
 * keys.json then has {@code pkcs11:LABEL} as their file, and the token's address. The ML-DSA keys
 * stay files, because tokens know none.
 *
 * <p>Root's key files and the authority's belong on a medium that is offline but for a ceremony:
 * any command works as long as the files it signs with are there.
 */
final class KeyDirectory {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int PASSPHRASE_BYTES = 20;
  private static final String IN_TOKEN = "pkcs11:";

  /** One private key's file. */
  record Entry(TopLevelRole role, KeyScheme scheme, String file, TufKey key) {}

  private final Path directory;
  private final char[] passphrase;
  private final Map<TopLevelRole, List<Entry>> entries = new EnumMap<>(TopLevelRole.class);
  private final Map<String, String> labels = new TreeMap<>();
  private String tokenUri = "";
  private @Nullable TokenKeys token;

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
    JsonNode root = JSON.readTree(Files.readString(file));
    keys.tokenUri = root.path("token").asText();
    root.path("tokenKeys")
        .properties()
        .forEach(e -> keys.labels.put(e.getKey(), e.getValue().asText()));
    for (JsonNode node : root.withArray("keys")) {
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

  /** Keeps classical keys in a token from now on, or takes another one for this command. */
  void token(String uri) throws IOException {
    token = TokenKeys.open(uri);
    tokenUri = tokenUri.isEmpty() ? uri : tokenUri;
  }

  /** Whether new classical keys are made in a token. */
  boolean inToken() {
    return !tokenUri.isEmpty();
  }

  private Optional<TokenKeys> token() throws IOException {
    if (token == null && !tokenUri.isEmpty()) {
      token = TokenKeys.open(tokenUri);
    }
    return Optional.ofNullable(token);
  }

  private static String label(String name, SecureRandom random) {
    byte[] bytes = new byte[4];
    random.nextBytes(bytes);
    return "refcam-" + name + "-" + HexFormat.of().formatHex(bytes);
  }

  /** Makes the authority's or the signer's key, in the token if there is one. */
  EcdsaKey makeEcdsa(String file, SecureRandom random) throws IOException {
    Optional<TokenKeys> inToken = token();
    if (inToken.isPresent()) {
      String label = label(file.replace(".key", ""), random);
      EcdsaKey key = inToken.get().make(label, random);
      labels.put(file, label);
      return key;
    }
    AsymmetricCipherKeyPair pair = KeyPairs.make(KeyScheme.ECDSA_SHA2_NISTP256, random);
    PrivateKeyFile.write(path(file), pair.getPrivate(), passphrase);
    labels.remove(file);
    return EcdsaKey.of(
        pair.getPrivate(),
        SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
  }

  /**
   * The authority's or the signer's key.
   *
   * @param publicKey of its certificate
   * @throws IOException if neither file nor token has it
   */
  EcdsaKey ecdsa(String file, SubjectPublicKeyInfo publicKey) throws IOException {
    String label = labels.get(file);
    if (label == null) {
      return EcdsaKey.of(PrivateKeyFile.read(path(file), passphrase), publicKey);
    }
    Optional<TokenKeys> inToken = token();
    return (inToken.isPresent() ? inToken.get().find(label) : Optional.<EcdsaKey>empty())
        .orElseThrow(() -> new IOException("no token here has the key " + label));
  }

  /** Makes a key, writes it and lists it for the role. */
  Entry make(TopLevelRole role, KeyScheme scheme, SecureRandom random) throws IOException {
    Optional<TokenKeys> inToken = token();
    if (scheme == KeyScheme.ECDSA_SHA2_NISTP256 && inToken.isPresent()) {
      String made = label(role.roleName(), random);
      EcdsaKey ecdsa = inToken.get().make(made, random);
      Entry inside =
          new Entry(
              role,
              scheme,
              IN_TOKEN + made,
              TufKey.of(scheme, PublicKeyFactory.createKey(ecdsa.publicKey())));
      add(inside);
      return inside;
    }
    AsymmetricCipherKeyPair pair = KeyPairs.make(scheme, random);
    TufKey key = TufKey.of(scheme, pair.getPublic());
    String label = scheme.keyType();
    String file = role.roleName() + "-" + label + "-" + key.keyId().substring(0, 8) + ".key";
    PrivateKeyFile.write(path(file), pair.getPrivate(), passphrase);
    Entry entry = new Entry(role, scheme, file, key);
    add(entry);
    return entry;
  }

  /** Writes a key that no role has, encrypted as they are; such keys are files, token or not. */
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

  /** Signers of those of the role's keys whose files, or whose token, are here. */
  List<MetadataSigner> signers(List<Entry> of) throws IOException {
    List<MetadataSigner> signers = new ArrayList<>();
    for (Entry entry : of) {
      if (entry.file().startsWith(IN_TOKEN)) {
        String label = entry.file().substring(IN_TOKEN.length());
        Optional<TokenKeys> inToken = token();
        if (inToken.isPresent()) {
          inToken.get().find(label).ifPresent(key -> signers.add(signer(entry.key(), key)));
        }
      } else if (Files.exists(path(entry.file()))) {
        signers.add(
            new FileSigner(
                entry.scheme(), entry.key(), PrivateKeyFile.read(path(entry.file()), passphrase)));
      }
    }
    return signers;
  }

  private static MetadataSigner signer(TufKey key, EcdsaKey ecdsa) {
    return new MetadataSigner() {
      @Override
      public TufKey key() {
        return key;
      }

      @Override
      public byte[] sign(byte[] message) throws IOException {
        return ecdsa.sign(message);
      }
    };
  }

  void save() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!tokenUri.isEmpty()) {
      root.put("token", tokenUri);
      ObjectNode inside = root.putObject("tokenKeys");
      labels.forEach(inside::put);
    }
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
