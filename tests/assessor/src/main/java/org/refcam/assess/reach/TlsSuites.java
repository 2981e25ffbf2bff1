// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Every TLS version and suite that a port accepts: up to TLS 1.2 by offering all of IANA's numbers
 * and leaving out what was chosen until the server refuses, for TLS 1.3 one by one.
 */
public final class TlsSuites {
  private static final int BATCH = 120;
  private static final List<String> TLS13 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
  private static final Map<Integer, String> VERSIONS =
      Map.of(
          TlsHello.SSL3, "SSLv3",
          TlsHello.TLS10, "TLSv1",
          TlsHello.TLS11, "TLSv1.1",
          TlsHello.TLS12, "TLSv1.2");

  /** Names of the suites that a good server has; what is not here is told by its number. */
  private static final Map<Integer, String> NAMES =
      Map.of(
          0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

  /**
   * What a port speaks.
   *
   * @param versions as Java names them, sorted
   * @param suites IANA's names, or {@code 0xNNNN}; sorted
   * @param certificate the encoding of the first certificate shown
   */
  public record Spoken(List<String> versions, List<String> suites, byte[] certificate) {
    public Spoken {
      versions = List.copyOf(versions);
      suites = List.copyOf(suites);
      certificate = certificate.clone();
    }

    @Override
    public byte[] certificate() {
      return certificate.clone();
    }
  }

  private final Reach reach;
  private final int port;
  private final TreeSet<String> versions = new TreeSet<>();
  private final TreeSet<String> suites = new TreeSet<>();
  private byte[] certificate = new byte[0];

  private TlsSuites(Reach reach, int port) {
    this.reach = reach;
    this.port = port;
  }

  /** Looks at one port. */
  public static Spoken of(Reach reach, int port) throws IOException {
    TlsSuites look = new TlsSuites(reach, port);
    for (int version : VERSIONS.keySet()) {
      look.old(version);
    }
    for (String suite : TLS13) {
      look.modern(suite);
    }
    return new Spoken(
        List.copyOf(look.versions), List.copyOf(look.suites), look.certificate.clone());
  }

  private static List<Integer> numbers() {
    return IntStream.concat(
            IntStream.rangeClosed(0x0001, 0x00c5),
            IntStream.concat(
                IntStream.rangeClosed(0xc001, 0xc0b3), IntStream.rangeClosed(0xcca8, 0xccae)))
        .boxed()
        .toList();
  }

  private void old(int version) throws IOException {
    List<Integer> all = numbers();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Integer> left = new ArrayList<>(all.subList(from, Math.min(all.size(), from + BATCH)));
      Optional<TlsHello.Chosen> chosen = TlsHello.offer(reach, port, version, left);
      while (chosen.isPresent() && left.remove((Integer) chosen.get().suite())) {
        int suite = chosen.get().suite();
        versions.add(String.valueOf(VERSIONS.get(version)));
        suites.add(NAMES.getOrDefault(suite, String.format(Locale.ROOT, "0x%04x", suite)));
        chosen = left.isEmpty() ? Optional.empty() : TlsHello.offer(reach, port, version, left);
      }
    }
  }

  private void modern(String suite) throws IOException {
    try (Socket plain = reach.connect(port);
        SSLSocket tls =
            AnyCertificate.over(
                plain, reach.host(), port, new String[] {"TLSv1.3"}, new String[] {suite})) {
      versions.add(tls.getSession().getProtocol());
      suites.add(tls.getSession().getCipherSuite());
      List<X509Certificate> chain = AnyCertificate.chain(tls);
      if (!chain.isEmpty()) {
        certificate = chain.get(0).getEncoded();
      }
    } catch (SSLException e) {
      // Refused, which is an answer: the suite is not among those that are spoken.
      return;
    } catch (CertificateEncodingException e) {
      throw new IOException("the certificate has no encoding", e);
    }
  }
}
