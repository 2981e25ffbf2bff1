// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SyslogForwarderTest {
  private static final int PATIENCE_SECONDS = 30;
  private final BlockingQueue<AuditEvent> reports = new LinkedBlockingQueue<>();
  private final SyslogForwarder forwarder =
      new SyslogForwarder("refcam-TEST", "0.1.0", SyslogForwarderTest::open, reports::add);
  private Receiver receiver;

  private static SyslogCarrier open(Forwarding to) throws IOException {
    if (to.country().equals("CN")) {
      throw new IOException("not allowed");
    }
    Socket socket = new Socket(to.host(), to.port());
    return new SyslogCarrier() {
      @Override
      public Socket socket() {
        return socket;
      }

      @Override
      public void close() throws IOException {
        socket.close();
      }
    };
  }

  @BeforeEach
  void receiver() throws Exception {
    receiver = new Receiver();
  }

  @AfterEach
  void close() throws Exception {
    forwarder.close();
    receiver.close();
  }

  @Test
  void record_arrives_withFrameHeaderStructuredDataAndItsLine() throws Exception {
    forwarder.target(to(receiver.sha256(), ""));
    AuditRecord record = record(5, "a\"b]c\\d");
    forwarder.offer(record);
    String message = receiver.next();
    assertThat(message)
        .startsWith("<108>1 2026-11-25T08:00:00Z refcam-TEST refcam - sign_in_failed [")
        .contains("[timeQuality isSynced=\"0\"][meta sequenceId=\"1\"]")
        .contains("actor=\"a\\\"b\\]c\\\\d\"", "sequence=\"5\"")
        .endsWith("] \ufeff" + new String(record.encode(), StandardCharsets.UTF_8));
    forwarder.offer(record(6, "lan"));
    assertThat(receiver.next()).contains("sequenceId=\"2\"");
  }

  @Test
  @DisplayName("INV-AUDIT-4 nothing is sent by default, nor to another receiver or country")
  void otherReceiver_getsNothing() throws Exception {
    forwarder.offer(record(1, "before"));
    forwarder.target(to("0".repeat(64), ""));
    forwarder.offer(record(2, "pinned"));
    assertThat(report()).containsEntry("country", "VN").hasEntrySatisfying("result", FAILED);
    forwarder.target(to("", new Receiver().pem()));
    forwarder.offer(record(3, "signed by another"));
    assertThat(report()).hasEntrySatisfying("result", FAILED);
    forwarder.target(
        new Forwarding(true, "127.0.0.1", receiver.port(), "CN", receiver.sha256(), ""));
    forwarder.offer(record(4, "not allowed"));
    assertThat(report()).containsEntry("country", "CN").hasEntrySatisfying("result", FAILED);
    assertThat(receiver.messages).isEmpty();
    assertThat(forwarder.state().sent()).isZero();
  }

  private static final java.util.function.Consumer<String> FAILED =
      text -> assertThat(text).startsWith("failed");

  @Test
  void receiverSignedByTheOwnersCa_getsTheRecords() throws Exception {
    forwarder.target(to("", receiver.pem()));
    forwarder.offer(record(1, "lan"));
    assertThat(receiver.next()).contains("lan");
  }

  @Test
  void receiverThatGoesAway_isReportedOnce_andServedAgain() throws Exception {
    int port = receiver.port();
    forwarder.target(to(receiver.sha256(), ""));
    forwarder.offer(record(1, "first"));
    receiver.next();
    receiver.close();
    forwarder.offer(record(2, "second"));
    assertThat(report()).hasEntrySatisfying("result", FAILED);
    receiver.listen(port);
    String message = receiver.next();
    assertThat(message).contains("second");
    assertThat(report()).containsEntry("result", "restored");
    assertThat(reports).isEmpty();
  }

  @Test
  void fullQueue_dropsTheOldest_andCounts() {
    forwarder.target(new Forwarding(true, "127.0.0.1", 1, "CN", "0".repeat(64), ""));
    for (int i = 0; i < SyslogForwarder.QUEUE + 3; i++) {
      forwarder.offer(record(i + 1, "lan"));
    }
    assertThat(forwarder.state().lost()).isEqualTo(3);
    assertThat(forwarder.state().waiting()).isEqualTo(SyslogForwarder.QUEUE);
  }

  @Test
  void forwarding_withoutReceiverCountryOrTrust_isRefused() {
    for (List<String> wrong :
        List.of(
            List.of("", "VN", "", "x"),
            List.of("a b", "VN", "", "x"),
            List.of("log.example", "", "", "x"),
            List.of("log.example", "XX", "", "x"),
            List.of("log.example", "VN", "", ""),
            List.of("log.example", "VN", "abc", ""))) {
      String pem = wrong.get(3).isEmpty() ? "" : receiver.pem();
      assertThatExceptionOfType(Forwarding.InvalidForwardingException.class)
          .as(wrong.toString())
          .isThrownBy(
              () -> new Forwarding(true, wrong.get(0), 6514, wrong.get(1), wrong.get(2), pem));
    }
    assertThat(Forwarding.OFF.enabled()).isFalse();
  }

  private Forwarding to(String pin, String pem) {
    return new Forwarding(true, "127.0.0.1", receiver.port(), "VN", pin, pem);
  }

  private Map<String, String> report() throws InterruptedException {
    AuditEvent event = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(event).as("a report").isNotNull();
    return event.details();
  }

  private static AuditRecord record(long sequence, String actor) {
    return new AuditRecord(
        ChainName.ACCESS,
        sequence,
        Instant.parse("2026-11-25T08:00:00Z"),
        TimeQuality.UNSYNCHRONISED,
        1,
        0,
        1,
        new AuditEvent(EventType.SIGN_IN_FAILED, actor, "192.0.2.1", Map.of()));
  }

  /** A receiver written for this test: TLS, octet counting. */
  private static final class Receiver {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final SSLContext tls;
    private final X509Certificate certificate;
    private volatile SSLServerSocket server;
    private volatile @Nullable SSLSocket connection;

    Receiver() throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=receiver");
      certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  new JcaX509v3CertificateBuilder(
                          name,
                          java.math.BigInteger.TWO,
                          Date.from(Instant.now().minusSeconds(3600)),
                          Date.from(Instant.now().plusSeconds(36000)),
                          name,
                          pair.getPublic())
                      .addExtension(
                          Extension.subjectAlternativeName,
                          false,
                          new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
                      .build(
                          new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("r", pair.getPrivate(), new char[0], new X509Certificate[] {certificate});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      tls = SSLContext.getInstance("TLS");
      tls.init(keys.getKeyManagers(), null, null);
      listen(0);
    }

    void listen(int port) throws Exception {
      SSLServerSocket made = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
      made.setReuseAddress(true);
      made.bind(new java.net.InetSocketAddress("127.0.0.1", port));
      server = made;
      Thread thread = new Thread(() -> accept(made), "receiver");
      thread.setDaemon(true);
      thread.start();
    }

    private void accept(SSLServerSocket from) {
      while (!from.isClosed()) {
        try (SSLSocket socket = (SSLSocket) from.accept()) {
          connection = socket;
          read(socket.getInputStream());
        } catch (java.io.IOException e) { // a handshake that the other side gave up, or the end
          continue;
        }
      }
    }

    private void read(InputStream in) throws java.io.IOException {
      while (true) {
        int length = 0;
        for (int digit = in.read(); digit != ' '; digit = in.read()) {
          if (digit < '0' || digit > '9') {
            return;
          }
          length = length * 10 + digit - '0';
        }
        messages.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      }
    }

    String next() throws InterruptedException {
      String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      return message;
    }

    int port() {
      return server.getLocalPort();
    }

    String sha256() throws Exception {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    String pem() {
      try {
        return "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----";
      } catch (java.security.cert.CertificateEncodingException e) {
        throw new AssertionError(e);
      }
    }

    void close() throws Exception {
      server.close();
      SSLSocket open = connection;
      if (open != null) {
        open.close();
      }
    }
  }
}
