// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A small EST server (RFC 7030, 4.2) over real TLS that asks every client for its certificate. */
final class TestEstServer implements AutoCloseable {
  private final HttpsServer server;
  private final TestAuthority authority;
  private final Instant until;
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<Certificate> peers = new CopyOnWriteArrayList<>();

  TestEstServer(TestAuthority authority, Instant until) throws Exception {
    this.authority = authority;
    this.until = until;
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext("/.well-known/est/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<String> paths() {
    return paths;
  }

  Certificate peer() {
    return peers.get(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    paths.add(exchange.getRequestURI().getPath());
    peers.add(((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0]);
    byte[] request = Base64.getMimeDecoder().decode(exchange.getRequestBody().readAllBytes());
    try {
      CMSSignedDataGenerator message = new CMSSignedDataGenerator();
      message.addCertificates(
          new JcaCertStore(authority.sign(new PKCS10CertificationRequest(request), s -> s, until)));
      byte[] body =
          Base64.getMimeEncoder().encode(message.generate(new CMSAbsentContent()).getEncoded());
      exchange
          .getResponseHeaders()
          .set("Content-Type", "application/pkcs7-mime; smime-type=certs-only");
      exchange.getResponseHeaders().set("Content-Transfer-Encoding", "base64");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (Exception e) { // a test's server says what went wrong
      byte[] text = e.toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(500, text.length);
      exchange.getResponseBody().write(text);
    }
    exchange.close();
  }

  private SSLContext tls() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    ExtensionsGenerator names = new ExtensionsGenerator();
    names.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
    PKCS10CertificationRequest request =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=localhost"), pair.getPublic())
            .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, names.generate())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        pair.getPrivate(),
        new char[0],
        authority.sign(request, s -> s).toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {new Anyone()}, null);
    return context;
  }

  /** The test looks at the client's certificate itself. */
  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
