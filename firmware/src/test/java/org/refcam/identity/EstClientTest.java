// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.keys.DevelopmentFileRoot;
import org.refcam.keys.KeyHierarchy;
import org.refcam.storage.FileWrites;

class EstClientTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration LIFE = Duration.ofDays(3650);

  @TempDir Path data;
  private final SecureRandom random = new SecureRandom();
  private DeviceIdentity device;
  private CertificateNames names;
  private TestAuthority operator;

  @BeforeEach
  void start() throws Exception {
    KeyHierarchy keys =
        KeyHierarchy.open(
            DevelopmentFileRoot.openOrCreate(data, random), data, FileWrites.disk(), random);
    device = DeviceIdentity.openOrCreate(data, keys, FileWrites.disk(), random);
    names = CertificateNames.of(device.serial(), List.of());
    operator = TestAuthority.create("Operator", random);
  }

  private EstClient client(TestEstServer server, TestAuthority trusted) throws Exception {
    return new EstClient(
        URI.create("https://localhost:" + server.port()),
        trusted.certificate().getEncoded(),
        java.net.Socket::new);
  }

  @Test
  void enrol_thenRenew_showsTheDevicesIdevid_keepsTheKey() throws Exception {
    try (TestEstServer server = new TestEstServer(operator, NOW.plus(LIFE))) {
      String key = device.publicKeySha256();
      client(server, operator).renew(device, names, NOW);
      assertThat(server.paths()).containsExactly("/.well-known/est/simpleenroll");
      assertThat(server.peer()).isEqualTo(device.idevid().get(0));
      assertThat(device.selfSigned()).isFalse();
      assertThat(device.publicKeySha256()).isEqualTo(key);
      assertThat(names.coveredBy(device.certificate())).isTrue();
      assertThat(device.nearsExpiry(NOW)).isFalse();
      assertThat(device.nearsExpiry(NOW.plus(LIFE).minus(Duration.ofDays(100)))).isTrue();
      String before = device.certificateSha256();
      client(server, operator).renew(device, names, NOW);
      assertThat(server.paths()).endsWith("/.well-known/est/simplereenroll");
      assertThat(device.certificateSha256()).isNotEqualTo(before);
    }
  }

  @Test
  void untrustedServer_getsNothing() throws Exception {
    TestAuthority stranger = TestAuthority.create("Stranger", random);
    try (TestEstServer server = new TestEstServer(stranger, NOW.plus(LIFE))) {
      assertThatThrownBy(() -> client(server, operator).renew(device, names, NOW))
          .isInstanceOf(IOException.class);
      assertThat(server.paths()).isEmpty();
      assertThat(device.selfSigned()).isTrue();
    }
  }

  @Test
  void expiredAnswer_isRefused_theOldCertificateStays() throws Exception {
    try (TestEstServer server = new TestEstServer(operator, NOW.minus(Duration.ofDays(9)))) {
      String before = device.certificateSha256();
      assertThatThrownBy(() -> client(server, operator).renew(device, names, NOW))
          .isInstanceOfSatisfying(
              CertificateRefusedException.class,
              e -> assertThat(e.reason()).isEqualTo(CertificateRefusedException.Reason.NOT_VALID));
      assertThat(device.certificateSha256()).isEqualTo(before);
    }
  }

  @Test
  void badAddressOrAnchors_areRefused() {
    assertThatThrownBy(
            () -> new EstClient(URI.create("http://x"), new byte[0], java.net.Socket::new))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new EstClient(URI.create("https://x"), new byte[0], java.net.Socket::new))
        .isInstanceOf(IOException.class);
  }
}
