// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressHttpTest {
  @Test
  void read_lengthChunksAndEnd_giveTheSameBody() throws IOException {
    assertThat(text(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))).isEqualTo("hello");
    assertThat(
            text(
                read(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: t\r\n\r\n")))
        .isEqualTo("hello");
    assertThat(text(read("HTTP/1.0 200 OK\r\n\r\nhello"))).isEqualTo("hello");
  }

  @Test
  void read_interimAnswers_arePassed() throws IOException {
    HttpAnswer answer =
        read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 None\r\nETag: \"x\"\r\n\r\n");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("etag")).contains("\"x\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n"
      })
  void read_malformed_throws(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class);
  }

  @Test
  void read_endlessHeader_isBounded() {
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(10_000)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n" + "a".repeat(100_000)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("HTTP/1.1 100 C\r\n\r\n".repeat(100)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void read_randomBytes_answersOrThrows() {
    Random random = new Random(11);
    byte[] start =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = start.clone();
      for (int j = 0; j < 3; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(EgressHttp.read(new ByteArrayInputStream(bytes), "GET").body())
            .hasSizeLessThan(100);
      } catch (IOException e) {
        assertThat(e).isNotInstanceOf(java.io.UncheckedIOException.class);
      }
    }
  }

  @Test
  void call_lineBreakInHeader_refused() {
    assertThatThrownBy(() -> new HttpCall("GET", "/", Map.of("a", "b\r\nc: d"), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HttpCall("GET", "/ HTTP/1.1", Map.of(), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void body_lengthChunksAndEnd_comeAsTheyAre() throws IOException {
    assertThat(stream(Map.of("content-length", "5"), "hello world")).isEqualTo("hello");
    assertThat(
            stream(
                Map.of("transfer-encoding", "chunked"),
                "2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: t\r\n\r\n"))
        .isEqualTo("hello");
    assertThat(stream(Map.of(), "hello")).isEqualTo("hello");
  }

  @Test
  void body_endsEarlyOrMalformed_throws() {
    Map<String, String> chunked = Map.of("transfer-encoding", "chunked");
    assertThatThrownBy(() -> stream(Map.of("content-length", "5"), "hell"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stream(Map.of("content-length", "-1"), ""))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stream(Map.of("transfer-encoding", "gzip"), ""))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stream(chunked, "2\r\nhello\r\n")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stream(chunked, "2\r\nhe\r\n")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stream(chunked, "zz\r\n")).isInstanceOf(IOException.class);
  }

  @Test
  void open_declaredHostWithoutTls_streams_andNobodyElseIsCalled() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger asked = new AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          String range = exchange.getRequestHeaders().getFirst("Range");
          exchange.sendResponseHeaders(206, 0); // in chunks
          exchange.getResponseBody().write(range.getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    HttpCall call = new HttpCall("GET", "/x", Map.of("Range", "bytes=3-"), new byte[0]);
    try (OnePolicy policy = new OnePolicy(true)) {
      policy.names.put("127.0.0.1", List.of(InetAddress.getLoopbackAddress()));
      EgressHttp http = new EgressHttp(policy.egress, OnePolicy.LIMITS);
      assertThatThrownBy(() -> http.open("127.0.0.1", port, Purpose.UPDATE, false, call))
          .isInstanceOf(EgressRefusedException.class);
      assertThat(asked).hasValue(0);
      Destination repository =
          new Destination(
              "127.0.0.1", port, Purpose.UPDATE, Destination.UNDECLARED, true, Trust.PLATFORM);
      policy.egress.declare("command line", List.of(repository), Optional.empty());
      try (HttpStream answer = http.open("127.0.0.1", port, Purpose.UPDATE, false, call)) {
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body().readAllBytes()).asString().isEqualTo("bytes=3-");
      }
    } finally {
      server.stop(0);
    }
  }

  private static String stream(Map<String, String> headers, String body) throws IOException {
    try (HttpBody in =
        new HttpBody(
            new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII)),
            headers,
            () -> {})) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static HttpAnswer read(String answer) throws IOException {
    return EgressHttp.read(
        new ByteArrayInputStream(answer.getBytes(StandardCharsets.US_ASCII)), "GET");
  }

  private static String text(HttpAnswer answer) {
    return new String(answer.body(), StandardCharsets.US_ASCII);
  }
}
