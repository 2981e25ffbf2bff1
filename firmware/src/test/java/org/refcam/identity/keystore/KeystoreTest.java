// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.SecretBytes;
import org.refcam.identity.keystore.KeystoreException.Reason;
import org.refcam.keys.CorruptStoreException;
import org.refcam.keys.SealedFile;

class KeystoreTest {
  private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");

  /** How the JDK's PKCS#8 of a P-256 key begins in base64. */
  private static final String PKCS8 = "MEECAQ";

  private static final X500Name SUBJECT = new X500Name("CN=gate.example");

  @TempDir Path data;
  private final SecureRandom random = new SecureRandom();
  private final SecretBytes sealing = SecretBytes.random(32, random);
  private static OperatorAuthority authority;

  @BeforeAll
  static void operator() throws Exception {
    SecureRandom random = new SecureRandom();
    authority = OperatorAuthority.rsa("Operator", 2048, "SHA256withRSA", random);
  }

  private Keystore open(Instant now) throws Exception {
    return new Keystore(
        new SealedFile(data.resolve("keystore.sealed"), sealing, "config/keystore"),
        random,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static void refused(Reason reason, ThrowingCallable deed) {
    assertThatThrownBy(deed)
        .isInstanceOfSatisfying(
            KeystoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private byte[] signed(Keystore keystore, String key, Instant from, Instant until)
      throws Exception {
    byte[] request = keystore.request(key, SUBJECT, List.of(), SignatureAlgorithm.ECDSA_SHA256);
    return authority.sign(new PKCS10CertificationRequest(request), from, until).getEncoded();
  }

  /** Key, certificate for a month from now, and path with its authority; all by their ids. */
  private record Ids(String key, String leaf, String root, String path) {}

  private Ids certified(Keystore keystore) throws Exception {
    String key = keystore.createKey("gate");
    byte[] der = signed(keystore, key, NOW, NOW.plus(Duration.ofDays(30)));
    String leaf = keystore.upload(der, "leaf", "", true);
    String root = keystore.upload(authority.certificate().getEncoded(), "root", "", false);
    return new Ids(key, leaf, root, keystore.createPath(List.of(leaf, root), "path"));
  }

  @Test
  void certifiedKey_isShownUntilItIsTakenBack_alsoAfterARestart() throws Exception {
    Keystore keystore = open(NOW);
    assertThat(keystore.shown()).isEmpty();
    Ids ids = certified(keystore);
    keystore.assign(ids.path());
    X509Certificate leaf = keystore.certificate(ids.leaf()).certificate();
    assertThat(keystore.shown().orElseThrow().chain())
        .containsExactly(leaf, authority.certificate());
    Keystore again = open(NOW);
    assertThat(again.shown().orElseThrow().certificate()).isEqualTo(leaf);
    assertThat(again.assigned()).contains(ids.path());
    assertThat(again.keys()).extracting(Keystore.KeyInfo::complete).containsExactly(true, false);
    again.unassign(ids.path());
    assertThat(again.shown()).isEmpty();
    assertThat(open(NOW).assigned()).isEmpty();
  }

  @Test
  @DisplayName("INV-IDENT-3 a path is shown only while all of it is valid by the camera's clock")
  void path_outsideOfItsTime_isNotShown() throws Exception {
    Keystore keystore = open(NOW);
    keystore.assign(certified(keystore).path());
    assertThat(open(NOW.minusSeconds(2)).shown()).as("not yet").isEmpty();
    assertThat(open(NOW.plus(Duration.ofDays(29))).shown()).isPresent();
    assertThat(open(NOW.plus(Duration.ofDays(31))).shown()).as("over").isEmpty();
    assertThat(open(Instant.EPOCH).shown()).as("a clock that was never set").isEmpty();
    assertThat(open(NOW.plus(Duration.ofDays(31))).assigned()).as("still assigned").isPresent();
  }

  @Test
  void whatIsReferredTo_cannotBeDeleted() throws Exception {
    Keystore keystore = open(NOW);
    Ids ids = certified(keystore);
    keystore.assign(ids.path());
    refused(Reason.REFERENCE_EXISTS, () -> keystore.deletePath(ids.path()));
    refused(Reason.REFERENCE_EXISTS, () -> keystore.deleteCertificate(ids.leaf()));
    refused(Reason.REFERENCE_EXISTS, () -> keystore.deleteKey(ids.key()));
    keystore.unassign(ids.path());
    keystore.deletePath(ids.path());
    keystore.deleteCertificate(ids.leaf());
    keystore.deleteKey(ids.key());
    refused(Reason.NO_SUCH_KEY, () -> keystore.key(ids.key()));
    refused(Reason.NO_SUCH_CERTIFICATE, () -> keystore.certificate(ids.leaf()));
    refused(Reason.NO_SUCH_PATH, () -> keystore.path(ids.path()));
    assertThat(keystore.createKey("")).as("an id is not used again").isNotEqualTo(ids.key());
  }

  @Test
  void assignment_isOne_andNeedsThePrivateKey() throws Exception {
    Keystore keystore = open(NOW);
    Ids first = certified(keystore);
    String foreign = keystore.createPath(List.of(first.root()), "");
    refused(Reason.NO_PRIVATE_KEY, () -> keystore.assign(foreign));
    keystore.assign(first.path());
    keystore.assign(first.path());
    String second = keystore.createPath(List.of(first.leaf()), "");
    refused(Reason.TOO_MANY_ASSIGNED, () -> keystore.assign(second));
    refused(Reason.NOT_ASSIGNED, () -> keystore.unassign(second));
    refused(Reason.NOT_ASSIGNED, () -> keystore.reassign(second, first.path()));
    refused(Reason.NO_SUCH_PATH, () -> keystore.reassign(first.path(), "path-99"));
    refused(Reason.NO_PRIVATE_KEY, () -> keystore.reassign(first.path(), foreign));
    assertThat(keystore.assigned()).contains(first.path());
    keystore.reassign(first.path(), second);
    assertThat(keystore.shown().orElseThrow().chain()).hasSize(1);
  }

  @Test
  void upload_ofWhatIsWeakOrWrong_isRefused() throws Exception {
    Keystore keystore = open(NOW);
    byte[] good = authority.certificate().getEncoded();
    refused(Reason.BAD_CERTIFICATE, () -> keystore.upload(new byte[0], "", "", false));
    refused(
        Reason.BAD_CERTIFICATE,
        () -> keystore.upload(Arrays.copyOf(good, good.length + 1), "", "", false));
    refused(
        Reason.BAD_CERTIFICATE,
        () -> keystore.upload(new byte[Keystore.MOST_CERTIFICATE_BYTES + 1], "", "", false));
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(good)
            + "\n-----END CERTIFICATE-----\n";
    refused(
        Reason.BAD_CERTIFICATE,
        () -> keystore.upload(pem.getBytes(StandardCharsets.US_ASCII), "", "", false));
    byte[] sha1 =
        OperatorAuthority.rsa("Old", 2048, "SHA1withRSA", random).certificate().getEncoded();
    refused(Reason.SIGNATURE_ALGORITHM, () -> keystore.upload(sha1, "", "", false));
    byte[] small =
        OperatorAuthority.rsa("Small", 1024, "SHA256withRSA", random).certificate().getEncoded();
    refused(Reason.PUBLIC_KEY_ALGORITHM, () -> keystore.upload(small, "", "", false));
    refused(Reason.NO_MATCHING_PRIVATE_KEY, () -> keystore.upload(good, "", "", true));
    refused(Reason.ALIAS, () -> keystore.upload(good, "a".repeat(65), "", false));
    assertThat(keystore.keys()).isEmpty();
    keystore.upload(good, "", "root", false);
    refused(Reason.DUPLICATE, () -> keystore.upload(good, "", "", false));
    assertThat(keystore.keys()).extracting(Keystore.KeyInfo::alias).containsExactly("root");
  }

  @Test
  void path_thatIsNoChain_isRefused() throws Exception {
    Keystore keystore = open(NOW);
    Ids ids = certified(keystore);
    OperatorAuthority impostor = OperatorAuthority.rsa("Operator", 2048, "SHA256withRSA", random);
    String other = keystore.upload(impostor.certificate().getEncoded(), "", "", false);
    refused(Reason.BROKEN_PATH, () -> keystore.createPath(List.of(ids.leaf(), other), ""));
    refused(Reason.BROKEN_PATH, () -> keystore.createPath(List.of(ids.root(), ids.leaf()), ""));
    refused(Reason.BROKEN_PATH, () -> keystore.createPath(List.of(), ""));
    refused(
        Reason.BROKEN_PATH,
        () ->
            keystore.createPath(
                java.util.Collections.nCopies(Keystore.LONGEST_PATH + 1, ids.root()), ""));
    refused(Reason.NO_SUCH_CERTIFICATE, () -> keystore.createPath(List.of("certificate-99"), ""));
    String own =
        keystore.selfSign(
            ids.key(),
            "",
            SUBJECT,
            NOW,
            NOW.plusSeconds(1),
            List.of(),
            SignatureAlgorithm.ECDSA_SHA384);
    refused(Reason.BROKEN_PATH, () -> keystore.createPath(List.of(own, own), "no authority"));
    refused(
        Reason.BAD_DATES,
        () ->
            keystore.selfSign(
                ids.key(), "", SUBJECT, NOW, NOW, List.of(), SignatureAlgorithm.ECDSA_SHA256));
  }

  @Test
  void bounds_areKept() throws Exception {
    Keystore keystore = open(NOW);
    Ids ids = certified(keystore);
    while (keystore.keys().size() < Keystore.MOST_KEYS) {
      keystore.createKey("");
    }
    refused(Reason.TOO_MANY_KEYS, () -> keystore.createKey(""));
    byte[] stranger =
        OperatorAuthority.rsa("Stranger", 2048, "SHA256withRSA", random).certificate().getEncoded();
    refused(Reason.TOO_MANY_KEYS, () -> keystore.upload(stranger, "", "", false));
    while (keystore.certificates().size() < Keystore.MOST_CERTIFICATES) {
      keystore.upload(signed(keystore, ids.key(), NOW, NOW.plusSeconds(60)), "", "", true);
    }
    byte[] more = signed(keystore, ids.key(), NOW, NOW.plusSeconds(60));
    refused(Reason.TOO_MANY_CERTIFICATES, () -> keystore.upload(more, "", "", true));
    while (keystore.paths().size() < Keystore.MOST_PATHS) {
      keystore.createPath(List.of(ids.leaf()), "");
    }
    refused(Reason.TOO_MANY_PATHS, () -> keystore.createPath(List.of(ids.leaf()), ""));
  }

  @Test
  void signature_isOfTheKeysKind_andStrong() throws Exception {
    refused(Reason.KEY_MISMATCH, () -> SignatureAlgorithm.require("1.2.840.113549.1.1.11"));
    refused(Reason.SIGNATURE_ALGORITHM, () -> SignatureAlgorithm.require("1.2.840.10045.4.1"));
    refused(Reason.SIGNATURE_ALGORITHM, () -> SignatureAlgorithm.require("1.2.840.113549.1.1.5"));
    Keystore keystore = open(NOW);
    String foreign = keystore.upload(authority.certificate().getEncoded(), "", "", false);
    String key = keystore.certificate(foreign).key();
    refused(
        Reason.NO_PRIVATE_KEY,
        () -> keystore.request(key, SUBJECT, List.of(), SignatureAlgorithm.ECDSA_SHA256));
  }

  @Test
  @DisplayName("INV-IDENT-2 the private key lies sealed only, and dies with the key that seals it")
  void privateKey_isNowhereInTheClear() throws Exception {
    Keystore keystore = open(NOW);
    Ids ids = certified(keystore);
    keystore.assign(ids.path());
    String named = keystore.shown().orElseThrow() + " " + keystore.keys();
    assertThat(named).startsWith(ids.path() + " ").doesNotContain(PKCS8);
    byte[] file = Files.readAllBytes(data.resolve("keystore.sealed"));
    String text = new String(file, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("RCSF").doesNotContain("privateKey", PKCS8);
    SecretBytes another = SecretBytes.random(32, random);
    assertThatThrownBy(
            () ->
                new Keystore(
                    new SealedFile(data.resolve("keystore.sealed"), another, "config/keystore"),
                    random,
                    Clock.systemUTC()))
        .isInstanceOfSatisfying(
            CorruptStoreException.class,
            e -> assertThat(e.reason()).isEqualTo(CorruptStoreException.Reason.NOT_AUTHENTIC));
  }
}
