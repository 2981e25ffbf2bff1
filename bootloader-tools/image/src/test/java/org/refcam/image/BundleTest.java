// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.refcam.image.TestPki.NOW;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.image.BundleImage.Compression;
import org.refcam.image.InvalidBundleException.Reason;

class BundleTest {
  private static final byte[] ROOTFS = content(70_000, 1);
  private static final byte[] BOOT = content(900, 2);

  private static TestPki authority;
  private static TestPki signer;

  @BeforeAll
  static void keys() throws Exception {
    authority = TestPki.authority("bundle ca");
    signer = authority.issue("bundle signer", KeyPurposeId.id_kp_codeSigning);
  }

  @Test
  void bundle_writtenAndRead_isTheSame() throws Exception {
    byte[] bundle = bundle(signer);
    VerifiedBundle verified = verify(bundle, authority.keyring());
    assertThat(verified.manifest().version()).isEqualTo("1.2.3");
    assertThat(verified.manifest().securityVersion()).isEqualTo(7);
    BoardSoftware software = verified.manifest().requireFor("generic", "1.0");
    Quarantine quarantine = new Quarantine();
    List<VerifiedImage> images = verified.readImages(software, quarantine);
    assertThat(images).extracting(i -> i.image().name()).containsExactly("boot", "rootfs");
    assertThat(quarantine.received)
        .extracting(ByteArrayOutputStream::toByteArray)
        .containsExactly(BOOT, ROOTFS);
  }

  @Test
  void bundle_writtenTwice_isTheSameButForTheSignersNonce() throws Exception {
    BundleSigner fixed =
        new BundleSigner() {
          private byte[] first = new byte[0];

          @Override
          public List<org.bouncycastle.cert.X509CertificateHolder> certificates() {
            return signer.certificates();
          }

          @Override
          public byte[] sign(byte[] message) throws IOException {
            first = first.length == 0 ? signer.sign(message) : first;
            return first.clone();
          }
        };
    assertThat(bundle(fixed)).isEqualTo(bundle(fixed));
  }

  @Test
  void manifest_otherBoardRevisionOrOldSecurityVersion_isRefused() throws Exception {
    BundleManifest manifest = verify(bundle(signer), authority.keyring()).manifest();
    assertReason(Reason.WRONG_BOARD, () -> manifest.requireFor("raspberry-pi-5", "1.0"));
    assertReason(Reason.WRONG_BOARD, () -> manifest.requireFor("generic", "2.0"));
    manifest.requireSecurityVersion(7);
    assertReason(Reason.OLD_SECURITY_VERSION, () -> manifest.requireSecurityVersion(8));
  }

  @Test
  @DisplayName("INV-BUNDLE-1 every byte of a bundle, changed, is refused")
  void everyByte_changed_isRefused() throws Exception {
    byte[] good = smallBundle();
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    Random random = new Random(1);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 + random.nextInt(255));
      InvalidBundleException refusal = refusal(bad);
      assertThat(refusal).as("byte %d of %d", at, good.length).isNotNull();
      reasons.add(refusal.reason());
    }
    assertThat(reasons).contains(Reason.ARCHIVE, Reason.CHECKSUM);
  }

  @Test
  @DisplayName("INV-BUNDLE-1 the signature, changed with its sum put right, is refused")
  void everyByteOfSignature_changedWithSumRight_isRefused() throws Exception {
    byte[] good = smallBundle();
    List<Part> parts = parts(good);
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    for (Part part : parts.subList(0, 2)) {
      for (int i = 0; i < part.length(); i++) {
        byte[] bad = good.clone();
        int sum = bad[part.offset() + i] & 0xFF;
        bad[part.offset() + i] ^= (byte) 0x01;
        sum = (bad[part.offset() + i] & 0xFF) - sum;
        part.fixSum(bad, sum);
        InvalidBundleException refusal = refusal(bad);
        assertThat(refusal).as("byte %d of %s", i, part).isNotNull();
        reasons.add(refusal.reason());
      }
    }
    assertThat(reasons)
        .contains(Reason.SIGNATURE, Reason.SIGNATURE_FORMAT, Reason.UNTRUSTED_SIGNER)
        .doesNotContain(Reason.CHECKSUM);
  }

  @Test
  @DisplayName("INV-BUNDLE-2 an image, changed with its sum put right, is never verified")
  void image_changedWithSumRight_isHashMismatchOrCompression() throws Exception {
    byte[] good = smallBundle();
    Part image = parts(good).get(2);
    for (int i = 0; i < image.length(); i++) {
      byte[] bad = good.clone();
      int at = image.offset() + i;
      int before = bad[at] & 0xFF;
      bad[at] ^= (byte) 0x10;
      image.fixSum(bad, (bad[at] & 0xFF) - before);
      assertThat(refusal(bad).reason()).isIn(Reason.HASH_MISMATCH, Reason.COMPRESSION);
    }
  }

  @Test
  void everyPrefix_isRefused() throws Exception {
    byte[] good = smallBundle();
    int content = lastNonZero(good) + 2;
    for (int length = 0; length < content; length += 7) {
      assertThat(refusal(Arrays.copyOf(good, length))).as("length %d", length).isNotNull();
    }
  }

  @Test
  void bytesAfterTheTrailer_areRefused() throws Exception {
    byte[] good = smallBundle();
    byte[] more = Arrays.copyOf(good, good.length + 1);
    more[good.length] = 1;
    assertThat(refusal(more).reason()).isEqualTo(Reason.ARCHIVE);
    assertThat(refusal(Arrays.copyOf(good, good.length + 100_000)).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void signer_whoLeadsToNobody_orExpired_orRevoked_orForTls_isRefused() throws Exception {
    byte[] bundle = bundle(signer);
    assertReason(
        Reason.UNTRUSTED_SIGNER, () -> verify(bundle, TestPki.authority("bundle ca").keyring()));
    assertReason(
        Reason.SIGNER_EXPIRED, () -> verify(bundle, authority.keyring(), NOW.plusSeconds(7200)));
    assertReason(
        Reason.SIGNER_EXPIRED, () -> verify(bundle, authority.keyring(), NOW.minusSeconds(7200)));
    Keyring revoked =
        new Keyring(
            List.of(authority.certificate()), List.of(authority.revoke(signer.certificate())));
    assertReason(Reason.SIGNER_REVOKED, () -> verify(bundle, revoked));
    TestPki stranger = TestPki.authority("bundle ca");
    Keyring forged =
        new Keyring(
            List.of(authority.certificate()), List.of(stranger.revoke(signer.certificate())));
    verify(bundle, forged);
    TestPki tls = authority.issue("web server", KeyPurposeId.id_kp_serverAuth);
    assertReason(Reason.UNTRUSTED_SIGNER, () -> verify(bundle(tls), authority.keyring()));
  }

  @Test
  void signer_throughIntermediate_isTrusted_strayCertificateIsNot() throws Exception {
    TestPki middle = authority.issueAuthority("middle");
    TestPki leaf = middle.issue("leaf", KeyPurposeId.id_kp_codeSigning);
    TestPki full = leaf.carrying(leaf.certificate(), middle.certificate());
    verify(bundle(full), authority.keyring());
    assertReason(Reason.UNTRUSTED_SIGNER, () -> verify(bundle(leaf), authority.keyring()));
    TestPki stray = signer.carrying(signer.certificate(), leaf.certificate());
    assertReason(Reason.UNTRUSTED_SIGNER, () -> verify(bundle(stray), authority.keyring()));
    TestPki byLeaf = signer.issue("not from an authority", KeyPurposeId.id_kp_codeSigning);
    assertReason(
        Reason.UNTRUSTED_SIGNER,
        () ->
            verify(
                bundle(byLeaf.carrying(byLeaf.certificate(), signer.certificate())),
                authority.keyring()));
    verify(bundle(signer), signer.keyring());
  }

  @Test
  void description_scriptsOrUnknownParts_areRefused() throws Exception {
    for (String text :
        List.of(
            "{\"software\":{\"version\":\"1\",\"scripts\":[]}}",
            "{\"software\":{\"version\":\"1\",\"b\":{\"hardware-compatibility\":[\"1.0\"],"
                + "\"images\":[],\"scripts\":[]}}}",
            "{\"software\":{\"version\":\"1\"}}",
            "{\"software\":{\"version\":\"a b\",\"b\":{}}}",
            "{\"software\":{\"version\":\"1\",\"b\":{\"hardware-compatibility\":[\"1.0\"],"
                + "\"images\":[{\"filename\":\"../x\",\"type\":\"raw\",\"sha256\":\""
                + "0".repeat(64)
                + "\"}]}}}",
            "[]",
            "{")) {
      assertReason(
          Reason.DESCRIPTION,
          () -> Description.parse(text.getBytes(StandardCharsets.UTF_8), BundleLimits.DEFAULT));
    }
  }

  @Test
  void zstd_largerThanDescribedOrWindowTooLarge_isCompression() throws Exception {
    PackedImage packed = pack("rootfs", content(200_000, 5));
    BundleImage image = packed.image();
    PackedImage lying =
        new PackedImage(
            new BundleImage(
                image.fileName(),
                image.name(),
                image.sha256(),
                Compression.ZSTD,
                OptionalLong.of(199_999),
                image.contentSha256(),
                Optional.empty()),
            packed.stored(),
            packed.size(),
            packed.check());
    byte[] bundle = bundle(signer, List.of(lying));
    assertReason(Reason.COMPRESSION, () -> readAll(bundle, BundleLimits.DEFAULT));
    byte[] good = bundle(signer, List.of(packed));
    readAll(good, BundleLimits.DEFAULT);
    BundleLimits small = new BundleLimits(256 * 1024, 64 * 1024, 1L << 30, 64, 12);
    assertReason(Reason.COMPRESSION, () -> readAll(good, small));
  }

  @Test
  void verified_readTwice_isACallersFault() throws Exception {
    VerifiedBundle verified = verify(smallBundle(), authority.keyring());
    BoardSoftware software = verified.manifest().requireFor("generic", "1.0");
    verified.readImages(software, new Quarantine());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> verified.readImages(software, new Quarantine()));
  }

  private static byte[] smallBundle() throws Exception {
    return bundle(signer, List.of(pack("rootfs", content(300, 3))));
  }

  private static byte[] bundle(BundleSigner by) throws Exception {
    return bundle(by, List.of(pack("boot", BOOT), pack("rootfs", ROOTFS)));
  }

  private static byte[] bundle(BundleSigner by, List<PackedImage> images) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BundleWriter.write(out, "1.2.3", 7, "a test", "generic", List.of("1.0"), images, by);
    assertThat(out.size() % 512).isZero();
    return out.toByteArray();
  }

  private static PackedImage pack(String name, byte[] content) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    return PackedImage.pack(
        name,
        Optional.empty(),
        new ByteArrayInputStream(content),
        stored,
        () -> new ByteArrayInputStream(stored.toByteArray()));
  }

  private static VerifiedBundle verify(byte[] bundle, Keyring keyring) throws Exception {
    return verify(bundle, keyring, NOW);
  }

  private static VerifiedBundle verify(byte[] bundle, Keyring keyring, Instant time)
      throws IOException, InvalidBundleException {
    return new BundleVerifier(keyring, time)
        .verify(UnverifiedBundle.open(new ByteArrayInputStream(bundle), BundleLimits.DEFAULT));
  }

  private static void readAll(byte[] bundle, BundleLimits limits)
      throws IOException, InvalidBundleException {
    VerifiedBundle verified =
        new BundleVerifier(authority.keyring(), NOW)
            .verify(UnverifiedBundle.open(new ByteArrayInputStream(bundle), limits));
    verified.readImages(verified.manifest().requireFor("generic", "1.0"), new Quarantine());
  }

  /** Why the bundle is refused; null if it is not. */
  @SuppressWarnings("NullAway")
  private static InvalidBundleException refusal(byte[] bundle) throws IOException {
    try {
      readAll(bundle, BundleLimits.DEFAULT);
      return null;
    } catch (InvalidBundleException e) {
      return e;
    }
  }

  private static void assertReason(
      Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(InvalidBundleException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
  }

  private static int lastNonZero(byte[] bytes) {
    int at = bytes.length - 1;
    while (bytes[at] == 0) {
      at--;
    }
    return at;
  }

  private static byte[] content(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    Arrays.fill(bytes, 0, length / 2, (byte) 'x');
    return bytes;
  }

  /** Data of one file in the archive. */
  private record Part(int header, int offset, int length) {
    /** Adds to the sum in the header. */
    void fixSum(byte[] archive, int difference) {
      int field = header + 6 + 12 * 8;
      String before = new String(archive, field, 8, StandardCharsets.US_ASCII);
      String after = String.format("%08X", Long.parseLong(before, 16) + difference);
      System.arraycopy(after.getBytes(StandardCharsets.US_ASCII), 0, archive, field, 8);
    }
  }

  private static List<Part> parts(byte[] archive) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at + 110 < archive.length && archive[at] == '0') {
      int size = Integer.parseInt(new String(archive, at + 54, 8, StandardCharsets.US_ASCII), 16);
      int name = Integer.parseInt(new String(archive, at + 94, 8, StandardCharsets.US_ASCII), 16);
      int data = at + (110 + name + 3) / 4 * 4;
      parts.add(new Part(at, data, size));
      at = data + (size + 3) / 4 * 4;
    }
    return parts;
  }

  /** Keeps each image in memory. */
  private static final class Quarantine implements ImageReceiver {
    private final List<ByteArrayOutputStream> received = new ArrayList<>();

    @Override
    public java.io.OutputStream open(BundleImage image) {
      received.add(new ByteArrayOutputStream());
      return received.get(received.size() - 1);
    }
  }
}
