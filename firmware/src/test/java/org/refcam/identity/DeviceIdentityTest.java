// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.identity.CertificateRefusedException.Reason;
import org.refcam.keys.AssuranceLevel;
import org.refcam.keys.CorruptStoreException;
import org.refcam.keys.DevelopmentFileRoot;
import org.refcam.keys.KeyHierarchy;
import org.refcam.keys.RootOfTrust;
import org.refcam.keys.SoftwareTpm;
import org.refcam.keys.TpmRoot;
import org.refcam.storage.FileWrites;

class DeviceIdentityTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  @TempDir Path data;
  private final SecureRandom random = new SecureRandom();

  private DeviceIdentity open(Path directory) throws Exception {
    return open(DevelopmentFileRoot.openOrCreate(directory, random), directory);
  }

  private DeviceIdentity open(RootOfTrust root, Path directory) throws Exception {
    KeyHierarchy keys = KeyHierarchy.open(root, directory, FileWrites.disk(), random);
    return DeviceIdentity.openOrCreate(directory, keys, FileWrites.disk(), random);
  }

  private static byte[] bytes(List<X509Certificate> chain) throws Exception {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : chain) {
      pem.append("-----BEGIN CERTIFICATE-----\n")
          .append(java.util.Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return pem.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static void refused(Reason reason, DeviceIdentity device, byte[] chain) {
    assertThatThrownBy(() -> device.installIdevid(chain))
        .isInstanceOfSatisfying(
            CertificateRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void idevid_hasTheFieldsOfIeee8021ar_andStaysOverRestarts() throws Exception {
    DeviceIdentity device = open(data);
    X509Certificate idevid = device.idevid().get(0);
    assertThat(idevid.getNotAfter()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    assertThat(idevid.getSubjectX500Principal().getName("RFC1779"))
        .contains("OID.2.5.4.5=" + device.serial());
    assertThat(idevid.getSubjectAlternativeNames().iterator().next().get(0)).isEqualTo(0);
    assertThat(idevid.getBasicConstraints()).isEqualTo(-1);
    DeviceIdentity again = open(data);
    assertThat(again.serial()).isEqualTo(device.serial());
    assertThat(again.idevid()).isEqualTo(device.idevid());
    assertThat(again.certificateSha256()).isEqualTo(device.certificateSha256());
  }

  @Test
  void operational_followsNewAddresses_keepsItsKey_ignoresLostOnes() throws Exception {
    DeviceIdentity device = open(data);
    String before = device.certificateSha256();
    String key = device.publicKeySha256();
    InetAddress address = InetAddress.getByName("192.0.2.7");
    CertificateNames two =
        CertificateNames.of(
            device.serial(), List.of(address, InetAddress.getByName("2001:db8::7")));
    assertThat(device.renewIfNeeded(two, NOW)).isTrue();
    assertThat(device.certificateSha256()).isNotEqualTo(before);
    assertThat(device.publicKeySha256()).isEqualTo(key);
    assertThat(two.coveredBy(device.certificate())).isTrue();
    assertThat(device.renewIfNeeded(two, NOW)).isFalse();
    CertificateNames one = CertificateNames.of(device.serial(), List.of(address));
    assertThat(device.renewIfNeeded(one, NOW)).as("an address less").isFalse();
    assertThat(open(data).certificateSha256()).isEqualTo(device.certificateSha256());
    assertThat(device.certificate().getSubjectAlternativeNames().toString())
        .contains("refcam-" + device.serial().toLowerCase(java.util.Locale.ROOT) + ".local")
        .contains("localhost")
        .contains("192.0.2.7");
  }

  @Test
  void firstBoot_stoppedWhileWriting_startsOverAsTheSameDevice() throws Exception {
    DevelopmentFileRoot root = DevelopmentFileRoot.openOrCreate(data, random);
    KeyHierarchy keys = KeyHierarchy.open(root, data, FileWrites.disk(), random);
    FileWrites failing =
        (FileWrites)
            java.lang.reflect.Proxy.newProxyInstance(
                FileWrites.class.getClassLoader(),
                new Class<?>[] {FileWrites.class},
                (proxy, method, arguments) -> {
                  throw new java.io.IOException("power");
                });
    assertThatThrownBy(() -> DeviceIdentity.openOrCreate(data, keys, failing, random))
        .hasMessage("power");
    DeviceIdentity device = DeviceIdentity.openOrCreate(data, keys, FileWrites.disk(), random);
    assertThat(device.serial())
        .isEqualTo(org.refcam.label.DeviceSerial.of(keys.deviceKey().getPublic()));
  }

  @Test
  @DisplayName("INV-IDENT-1 only certificates of this device's key, serial and true level install")
  void installIdevid_everyWrongOne_isRefused(@TempDir Path other) throws Exception {
    DeviceIdentity device = open(data);
    TestAuthority factory = TestAuthority.create("Factory", random);
    PKCS10CertificationRequest request = new PKCS10CertificationRequest(device.idevidRequest());
    DeviceIdentity stranger = open(other);
    refused(Reason.MALFORMED, device, new byte[] {1, 2, 3});
    refused(Reason.WRONG_KEY, device, bytes(stranger.idevid()));
    List<X509Certificate> signed = factory.sign(request, subject -> subject);
    refused(
        Reason.WRONG_SERIAL,
        device,
        bytes(factory.sign(request, s -> s.replace(device.serial(), "0000000000"))));
    refused(
        Reason.WRONG_ASSURANCE,
        device,
        bytes(factory.sign(request, s -> s.replace("development", "tpm2"))));
    TestAuthority impostor = TestAuthority.create("Factory", random);
    refused(Reason.BROKEN_CHAIN, device, bytes(List.of(signed.get(0), impostor.certificate())));
    assertThat(device.idevid()).hasSize(1);
    device.installIdevid(bytes(signed));
    assertThat(open(data).idevid()).isEqualTo(signed);
    assertThat(device.certificate().getPublicKey())
        .isEqualTo(device.idevid().get(0).getPublicKey());
  }

  @Test
  void store_ofAnotherRoot_isRefused(@TempDir Path other) throws Exception {
    open(data);
    KeyHierarchy foreign =
        KeyHierarchy.open(
            DevelopmentFileRoot.openOrCreate(other, random), other, FileWrites.disk(), random);
    assertThatThrownBy(() -> DeviceIdentity.openOrCreate(data, foreign, FileWrites.disk(), random))
        .isInstanceOf(CorruptStoreException.class);
  }

  @Test
  void level_isInEveryCertificate_andOnlyHardwareIsProduction() throws Exception {
    DeviceIdentity device = open(data);
    assertThat(DeviceCertificates.level(device.idevid().get(0))).isEqualTo("development");
    assertThat(DeviceCertificates.level(device.certificate())).isEqualTo("development");
    assertThat(device.assuranceLevel()).isEqualTo(AssuranceLevel.DEVELOPMENT);
    assertThat(CertificateNames.hostName("AB")).isEqualTo("refcam-ab.local");
  }

  @Test
  void tls_withADeviceKey_shakesHands() throws Exception {
    handshake(open(data));
  }

  @Test
  void tls_withAKeyInsideATpm_shakesHands(@TempDir Path state) throws Exception {
    try (SoftwareTpm chip = SoftwareTpm.start(state);
        TpmRoot root = TpmRoot.open(chip.address())) {
      DeviceIdentity device = open(root, data);
      assertThat(device.privateKey().getEncoded()).isNull();
      assertThat(DeviceCertificates.level(device.idevid().get(0))).isEqualTo("tpm2");
      handshake(device);
    }
  }

  @Test
  void tls_showsWhatIsAssigned_andItsOwnAgain() throws Exception {
    DeviceIdentity device = open(data);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256, random);
    KeyPair key = generator.generateKeyPair();
    DeviceCertificates other =
        new DeviceCertificates(key, "0123456789", AssuranceLevel.DEVELOPMENT, random);
    TlsPath path = new TlsPath("path-1", key.getPrivate(), List.of(other.idevid()));
    AtomicReference<Optional<TlsPath>> assigned = new AtomicReference<>(Optional.of(path));
    device.showInstead(assigned::get);
    assertThat(device.shown().certificate()).isNotEqualTo(device.certificate());
    handshake(device);
    assigned.set(Optional.empty());
    assertThat(device.shown().certificate()).isEqualTo(device.certificate());
    handshake(device);
  }

  /** Key and chain always belong together, though the assignment changes in between. */
  @Test
  void handshake_whoseAssignmentIsTakenBack_getsNoOthersKey() throws Exception {
    DeviceIdentity device = open(data);
    KeyPair key = KeyPairGenerator.getInstance("EC").generateKeyPair();
    TlsPath path = new TlsPath("path-1", key.getPrivate(), device.idevid());
    AtomicReference<TlsPath> shown = new AtomicReference<>(path);
    ShownCertificate manager = new ShownCertificate(shown::get, device::shown);
    String alias = manager.getServerAliases("EC", null)[0];
    shown.set(device.shown());
    assertThat(manager.getPrivateKey(alias)).isNull();
    assertThat(manager.getCertificateChain(alias)).isNull();
    String own = manager.getServerAliases("EC", null)[0];
    shown.set(path);
    assertThat(manager.getPrivateKey(own)).isEqualTo(device.privateKey());
    assertThat(manager.chooseServerAlias("RSA", null, null)).isNull();
  }

  private static void handshake(DeviceIdentity device) throws Exception {
    for (String protocol : DeviceIdentity.protocols()) {
      SSLContext client = SSLContext.getInstance("TLS");
      client.init(null, new TrustManager[] {new TrustAll()}, null);
      try (SSLServerSocket server =
          (SSLServerSocket) device.tlsContext().getServerSocketFactory().createServerSocket(0)) {
        CompletableFuture<Integer> received =
            CompletableFuture.supplyAsync(
                () -> {
                  try (var socket = server.accept()) {
                    int value = socket.getInputStream().read();
                    socket.getOutputStream().write(value + 1);
                    return value;
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
        try (SSLSocket socket =
            (SSLSocket)
                client
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
          socket.setEnabledProtocols(new String[] {protocol});
          socket.getOutputStream().write(41);
          assertThat(socket.getInputStream().read()).isEqualTo(42);
          assertThat(socket.getSession().getPeerCertificates()[0])
              .isEqualTo(device.shown().certificate());
        }
        assertThat(received.get()).isEqualTo(41);
      }
    }
  }

  /** A client that looks at the certificate itself. */
  private static final class TrustAll extends javax.net.ssl.X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket s) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket s) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine e) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine e) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
