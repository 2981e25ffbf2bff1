// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.est.ESTException;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.jcajce.JsseDefaultHostnameAuthorizer;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.est.jcajce.SSLSocketFactoryCreator;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.refcam.crypto.PeerTrust;
import org.refcam.identity.CertificateRefusedException.Reason;

/**
 * Gets the operational certificate from an operator's authority by EST (RFC 7030), over TLS in both
 * directions: the server is trusted by the operator's anchors alone, the camera shows its IDevID
 * (3.3.2). Confined to one thread.
 */
public final class EstClient {
  private static final int DEFAULT_PORT = 443;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final long ANSWER_MOST = 64 * 1024;
  private static final int MOST_CERTIFICATES = 5;

  private final String server;
  private final TrustManager trust;
  private final Opener opener;

  /** Opens the TCP connection to the server, if the camera's policy lets it. */
  @FunctionalInterface
  public interface Opener {
    Socket open(String host, int port) throws IOException;
  }

  /**
   * @param url {@code https://HOST:PORT}; the path is {@code /.well-known/est}
   * @param anchors PEM certificates of whom to trust as EST server
   * @param opener connects, if the camera's policy lets it
   */
  public EstClient(URI url, byte[] anchors, Opener opener) throws IOException {
    this.opener = opener;
    if (!"https".equals(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException("an EST server is https://HOST:PORT, not " + url);
    }
    this.server = url.getHost() + ":" + (url.getPort() < 0 ? DEFAULT_PORT : url.getPort());
    this.trust = PeerTrust.issuedByAnyOf(anchors);
  }

  /**
   * Asks for a certificate over these names, and installs it. The first time this is an enrolment
   * (4.2.1), later a re-enrolment (4.2.2).
   *
   * @throws CertificateRefusedException if what the server sent is not this camera's
   * @throws IOException if there is no answer, no trust, or the server wants to be asked later
   */
  public void renew(DeviceIdentity device, CertificateNames names, Instant now)
      throws IOException, CertificateRefusedException {
    PKCS10CertificationRequest request = device.operationalRequest(names);
    EnrollmentResponse answer;
    try {
      answer = service(device).simpleEnroll(!device.selfSigned(), request, null);
    } catch (ESTException e) {
      throw new IOException("EST server " + server + ": " + e.getMessage(), e);
    }
    if (!answer.isCompleted()) {
      throw new IOException("EST server " + server + " asks to come again later");
    }
    List<X509CertificateHolder> found = new ArrayList<>(answer.getStore().getMatches(null));
    device.installOperational(ordered(device, found), names, now);
  }

  private ESTService service(DeviceIdentity device) throws IOException {
    return new JsseESTServiceBuilder(server, sockets(device))
        .withHostNameAuthorizer(new JsseDefaultHostnameAuthorizer(Set.of()))
        .withTimeout(TIMEOUT_MILLIS)
        .withReadLimit(ANSWER_MOST)
        .build();
  }

  private SSLSocketFactoryCreator sockets(DeviceIdentity device) throws IOException {
    SSLContext context = PeerTrust.context(trust, device.idevidKeyManager());
    SSLSocketFactory factory = new OutboundSockets(context.getSocketFactory(), opener);
    return new SSLSocketFactoryCreator() {
      @Override
      public SSLSocketFactory createFactory() {
        return factory;
      }

      @Override
      public boolean isTrusted() {
        return true;
      }
    };
  }

  /** A certs-only message is a set (RFC 5652): the device's certificate first, then its issuers. */
  private static byte[] ordered(DeviceIdentity device, List<X509CertificateHolder> found)
      throws IOException, CertificateRefusedException {
    if (found.size() > MOST_CERTIFICATES) {
      throw new CertificateRefusedException(Reason.MALFORMED, found.size() + " certificates");
    }
    byte[] key = device.certificate().getPublicKey().getEncoded();
    ByteArrayOutputStream chain = new ByteArrayOutputStream();
    X509CertificateHolder next = null;
    for (X509CertificateHolder holder : found) {
      if (java.util.Arrays.equals(holder.getSubjectPublicKeyInfo().getEncoded(), key)) {
        next = holder;
      }
    }
    if (next == null) {
      throw new CertificateRefusedException(Reason.WRONG_KEY, "no certificate of this device key");
    }
    List<X509CertificateHolder> left = new ArrayList<>(found);
    while (next != null) {
      chain.writeBytes(next.getEncoded());
      left.remove(next);
      X509CertificateHolder current = next;
      next =
          left.stream()
              .filter(holder -> holder.getSubject().equals(current.getIssuer()))
              .findFirst()
              .orElse(null);
    }
    return chain.toByteArray();
  }
}
