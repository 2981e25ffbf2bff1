// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.image.Keyring;
import org.refcam.tuf.KeyFamily;
import org.refcam.tuf.KeyScheme;
import org.refcam.tuf.MetadataWriter;
import org.refcam.tuf.RoleKeys;
import org.refcam.tuf.RootMetadata;
import org.refcam.tuf.TopLevelRole;
import org.refcam.tuf.TufKey;

/** Makes and exchanges keys: the first set, a role's next set, the bundle signer's next. */
final class Ceremony {
  static final String AUTHORITY_KEY = "bundle-ca.key";
  static final String AUTHORITY_CERTIFICATE = "bundle-ca.crt";
  static final String REVOCATIONS = "bundle-ca.crl";
  static final String SIGNER_KEY = "bundle-signing.key";
  static final String SIGNER_CERTIFICATE = "bundle-signing.crt";
  static final String ROOT = "root.json";

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(365L * 20);
  private static final Duration SIGNER_LIFE = Duration.ofDays(365L * 5);
  private static final Duration ROOT_LIFE = Duration.ofDays(365L * 2);

  private final KeyDirectory keys;
  private final SecureRandom random;
  private final Instant now;
  private final BundleCertificates certificates;

  Ceremony(KeyDirectory keys, SecureRandom random, Instant now) {
    this.keys = keys;
    this.random = random;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.certificates = new BundleCertificates(random, this.now);
  }

  /**
   * Everything a new repository needs.
   *
   * @param holders persons who hold root keys, each one of both families
   * @param threshold how many of them must sign a root
   */
  void makeAll(KeyScheme classical, int holders, int threshold) throws IOException {
    for (TopLevelRole role : TopLevelRole.values()) {
      makePairs(role, classical, role == TopLevelRole.ROOT ? holders : 1);
    }
    makeAuthority();
    makeSigner();
    keys.save();
    Map<TopLevelRole, RoleKeys> roles = new EnumMap<>(TopLevelRole.class);
    for (TopLevelRole role : TopLevelRole.values()) {
      int each = role == TopLevelRole.ROOT ? threshold : 1;
      roles.put(role, RoleKeys.hybrid(ids(role), each, each));
    }
    RootMetadata root = new RootMetadata(1, now.plus(ROOT_LIFE), true, allKeys(), roles);
    Files.write(
        keys.path(ROOT), MetadataWriter.write(root, keys.signers(keys.entries(TopLevelRole.ROOT))));
  }

  /**
   * The next root, with new keys for one role. A root key is exchanged with the old and the new
   * keys at hand.
   */
  byte[] rotate(RootMetadata before, TopLevelRole role, KeyScheme classical) throws IOException {
    List<KeyDirectory.Entry> oldRoot = keys.entries(TopLevelRole.ROOT);
    RoleKeys rule = before.role(role);
    keys.retire(role);
    makePairs(role, classical, rule.familyThresholds().getOrDefault(KeyFamily.CLASSICAL, 1));
    Map<TopLevelRole, RoleKeys> roles = new EnumMap<>(before.roles());
    roles.put(role, new RoleKeys(ids(role), rule.threshold(), rule.familyThresholds()));
    RootMetadata next =
        new RootMetadata(before.version() + 1, now.plus(ROOT_LIFE), true, allKeys(), roles);
    List<KeyDirectory.Entry> signing = new ArrayList<>(oldRoot);
    if (role == TopLevelRole.ROOT) {
      signing.addAll(keys.entries(TopLevelRole.ROOT));
    }
    byte[] file = MetadataWriter.write(next, keys.signers(signing));
    keys.save();
    return file;
  }

  private void makePairs(TopLevelRole role, KeyScheme classical, int pairs) throws IOException {
    for (int i = 0; i < pairs; i++) {
      keys.make(role, classical, random);
      keys.make(role, KeyScheme.ML_DSA_65, random);
    }
  }

  private List<String> ids(TopLevelRole role) {
    return keys.entries(role).stream().map(entry -> entry.key().keyId()).toList();
  }

  private Map<String, TufKey> allKeys() {
    Map<String, TufKey> all = new LinkedHashMap<>();
    for (TopLevelRole role : TopLevelRole.values()) {
      keys.entries(role).forEach(entry -> all.put(entry.key().keyId(), entry.key()));
    }
    return all;
  }

  private void makeAuthority() throws IOException {
    EcdsaKey key = keys.makeEcdsa(AUTHORITY_KEY, random);
    X509CertificateHolder certificate = certificates.authority(key, AUTHORITY_LIFE);
    Files.writeString(keys.path(AUTHORITY_CERTIFICATE), BundleCertificates.pem(certificate));
    Files.writeString(
        keys.path(REVOCATIONS), BundleCertificates.pem(certificates.revocations(List.of(), key)));
  }

  private void makeSigner() throws IOException {
    EcdsaKey authorityKey = authorityKey();
    X509CertificateHolder certificate =
        certificates.signer(
            keys.makeEcdsa(SIGNER_KEY, random).publicKey(), authorityKey, SIGNER_LIFE);
    String authority = Files.readString(keys.path(AUTHORITY_CERTIFICATE));
    Files.writeString(
        keys.path(SIGNER_CERTIFICATE), BundleCertificates.pem(certificate) + authority);
  }

  private EcdsaKey authorityKey() throws IOException {
    X509CertificateHolder own =
        Keyring.parse(Files.readString(keys.path(AUTHORITY_CERTIFICATE))).certificates().get(0);
    return keys.ecdsa(AUTHORITY_KEY, own.getSubjectPublicKeyInfo());
  }

  /**
   * A new bundle signer.
   *
   * @param revoke whether the old one's certificate goes onto the revocation list
   */
  void rotateSigner(boolean revoke) throws IOException {
    Keyring before = Keyring.parse(Files.readString(keys.path(SIGNER_CERTIFICATE)));
    X509CertificateHolder old = before.certificates().get(0);
    if (revoke) {
      Keyring lists =
          Keyring.parse(
              Files.readString(keys.path(AUTHORITY_CERTIFICATE))
                  + Files.readString(keys.path(REVOCATIONS)));
      List<BigInteger> serials = new ArrayList<>();
      for (Object entry : lists.revocations().get(0).getRevokedCertificates()) {
        serials.add(((org.bouncycastle.cert.X509CRLEntryHolder) entry).getSerialNumber());
      }
      serials.add(old.getSerialNumber());
      Files.writeString(
          keys.path(REVOCATIONS),
          BundleCertificates.pem(certificates.revocations(serials, authorityKey())));
    }
    String serial = old.getSerialNumber().toString(16);
    if (Files.exists(keys.path(SIGNER_KEY))) { // else it is in the token, and stays there
      Files.move(keys.path(SIGNER_KEY), keys.path("bundle-signing-" + serial + ".key"));
    }
    Files.move(keys.path(SIGNER_CERTIFICATE), keys.path("bundle-signing-" + serial + ".crt"));
    makeSigner();
    keys.save();
  }
}
