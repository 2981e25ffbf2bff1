// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.MovableClock;
import org.refcam.access.PasskeyException.Reason;
import org.refcam.access.Passkeys.Page;
import org.refcam.bytes.ByteWriter;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

class PasskeysTest {
  private static final Page PAGE = new Page("https://cam.local:8443", "cam.local");
  private static final byte[] ID = {1, 2, 3, 4};
  private static final String ID_TEXT = "AQIDBA";

  private final SecureRandom random = new SecureRandom();
  private final MovableClock clock = new MovableClock();
  private KeyPair key;
  private Accounts accounts;
  private Passkeys passkeys;
  @TempDir Path directory;

  @BeforeEach
  void anOwnerWithAPasskey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    key = generator.generateKeyPair();
    accounts =
        new Accounts(directory, SecretBytes.random(32, random), FileWrites.disk(), random, clock);
    accounts.setUp("con meo an ca ngay 7".toCharArray());
    passkeys = new Passkeys(accounts, clock, random);
    register(passkeys.challenge("owner"), PAGE, authenticatorData(0x45, 0, true, 0));
  }

  @Test
  @DisplayName("INV-ACCESS-6 a passkey signs in by a fresh challenge of this page alone")
  void passkey_signsIn_onceForEachChallenge() throws Exception {
    String challenge = passkeys.challenge("");
    assertThat(signIn(challenge, "webauthn.get", PAGE, 0x05, 7).username()).isEqualTo("owner");
    refused(Reason.WRONG_CHALLENGE, () -> signIn(challenge, "webauthn.get", PAGE, 0x05, 8));
    refused(Reason.WRONG_CHALLENGE, () -> signIn("mine", "webauthn.get", PAGE, 0x05, 8));
    String late = passkeys.challenge("");
    clock.pass(Duration.ofMinutes(Passkeys.LIFE_MINUTES).plusMillis(1));
    refused(Reason.WRONG_CHALLENGE, () -> signIn(late, "webauthn.get", PAGE, 0x05, 8));
    String forRegistration = passkeys.challenge("owner");
    refused(Reason.WRONG_CHALLENGE, () -> signIn(forRegistration, "webauthn.get", PAGE, 5, 8));
    refused(
        Reason.WRONG_ORIGIN,
        () ->
            signIn(
                passkeys.challenge(""),
                "webauthn.get",
                new Page("https://evil.example", "cam.local"),
                0x05,
                8));
    refused(Reason.COPIED, () -> signIn(passkeys.challenge(""), "webauthn.get", PAGE, 0x05, 7));
    refused(Reason.NOT_VERIFIED, () -> signIn(passkeys.challenge(""), "webauthn.get", PAGE, 1, 8));
    refused(
        Reason.MALFORMED, () -> signIn(passkeys.challenge(""), "webauthn.create", PAGE, 0x05, 8));
    assertThat(signIn(passkeys.challenge(""), "webauthn.get", PAGE, 0x05, 8)).isNotNull();
  }

  @Test
  void changedBytes_areRefused() throws Exception {
    byte[] data = authenticatorData(0x05, 9, false, 0);
    for (int i = 0; i < data.length; i++) {
      String challenge = passkeys.challenge("");
      byte[] client = clientData("webauthn.get", challenge, PAGE.origin());
      byte[] signature = sign(data, client);
      byte[] changed = data.clone();
      changed[i] ^= 0x40;
      assertThatExceptionOfType(PasskeyException.class)
          .as("byte " + i)
          .isThrownBy(() -> passkeys.signIn(ID_TEXT, challenge, client, changed, signature, PAGE));
    }
  }

  @Test
  void badRegistrations_areRefused() throws Exception {
    byte[] good = authenticatorData(0x45, 0, true, 0);
    for (int length = 0; length < good.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(good, length);
      assertThatExceptionOfType(PasskeyException.class)
          .as("cut at " + length)
          .isThrownBy(() -> register(passkeys.challenge("owner"), PAGE, cut));
    }
    refused(
        Reason.UNSUPPORTED_KEY,
        () -> register(passkeys.challenge("owner"), PAGE, authenticatorData(0x45, 0, true, 1)));
    refused(
        Reason.WRONG_ORIGIN,
        () -> register(passkeys.challenge("owner"), new Page(PAGE.origin(), "other.local"), good));
    assertThatExceptionOfType(AccountException.class)
        .as("the same credential twice")
        .isThrownBy(() -> register(passkeys.challenge("owner"), PAGE, good));
    assertThat(accounts.find("owner").orElseThrow().passkeys()).hasSize(1);
  }

  @Test
  void removedPasskey_opensNothing() throws Exception {
    assertThat(passkeys.remove("owner", ID_TEXT)).isTrue();
    assertThat(passkeys.remove("owner", ID_TEXT)).isFalse();
    refused(
        Reason.BAD_SIGNATURE, () -> signIn(passkeys.challenge(""), "webauthn.get", PAGE, 0x05, 9));
  }

  private void register(String challenge, Page page, byte[] authenticatorData) throws Exception {
    byte[] client = clientData("webauthn.create", challenge, PAGE.origin());
    passkeys.register("owner", "phone", challenge, client, authenticatorData, page);
  }

  private Account signIn(String challenge, String type, Page page, int flags, long count)
      throws Exception {
    byte[] data = authenticatorData(flags, count, false, 0);
    byte[] client = clientData(type, challenge, page.origin());
    return passkeys.signIn(ID_TEXT, challenge, client, data, sign(data, client), PAGE);
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static void refused(Reason reason, Attempt attempt) {
    assertThatExceptionOfType(PasskeyException.class)
        .isThrownBy(attempt::run)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private byte[] sign(byte[] data, byte[] client) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(data);
    signature.update(MessageDigest.getInstance("SHA-256").digest(client));
    return signature.sign();
  }

  private static byte[] clientData(String type, String challenge, String origin) {
    return ("{\"type\":\""
            + type
            + "\",\"challenge\":\""
            + challenge
            + "\",\"origin\":\""
            + origin
            + "\",\"crossOrigin\":false}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] authenticatorData(int flags, long count, boolean attested, int offCurve)
      throws Exception {
    ByteWriter out =
        new ByteWriter()
            .raw(
                MessageDigest.getInstance("SHA-256")
                    .digest("cam.local".getBytes(StandardCharsets.UTF_8)))
            .u8(flags)
            .u32(count);
    if (attested) {
      ECPublicKey point = (ECPublicKey) key.getPublic();
      out.zeros(16).u16(ID.length).raw(ID);
      out.raw(HexFormat.of().parseHex("a5010203262001215820")).raw(raw(point.getW().getAffineX()));
      BigInteger y = point.getW().getAffineY().xor(BigInteger.valueOf(offCurve));
      out.raw(HexFormat.of().parseHex("225820")).raw(raw(y));
    }
    return out.toByteArray();
  }

  private static byte[] raw(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }
}
