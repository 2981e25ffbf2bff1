// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.FileWrites;

class StatusSocketTest {
  private static final byte[] ANSWER = "{\"state\":\"ready\"}".getBytes(StandardCharsets.UTF_8);
  @TempDir Path data;

  @Test
  void running_answers_stopped_doesNot() throws Exception {
    assertThat(StatusSocket.ask(data)).isEmpty();
    try (StatusSocket socket = open()) {
      socket.serve(() -> ANSWER);
      assertThat(StatusSocket.ask(data)).hasValue(ANSWER);
      assertThat(StatusSocket.ask(data)).hasValue(ANSWER);
    }
    assertThat(StatusSocket.ask(data)).isEmpty();
    assertThat(socketFile()).doesNotExist();
  }

  @Test
  @DisplayName(
      "INV-LOCAL-1 closed to others even in an open directory; deaf, and patient with nobody")
  void socket_isPrivate_andReadsNothing() throws Exception {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (StatusSocket socket = open()) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(socketFile().getParent())))
          .isEqualTo("rwx------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socketFile())))
          .isEqualTo("rw-------");
      socket.serve(() -> ANSWER);
      List<SocketChannel> idle = new ArrayList<>();
      for (int i = 0; i < 20; i++) { // they neither read nor leave
        SocketChannel peer = connect();
        peer.configureBlocking(false);
        try {
          peer.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
          assertThat(e).isNotNull(); // answered and closed already
        }
        idle.add(peer);
      }
      assertThat(StatusSocket.ask(data)).hasValue(ANSWER);
      for (SocketChannel peer : idle) {
        peer.close();
      }
    }
  }

  @Test
  void secondCamera_isRefused_leftOverSocket_isNot() throws Exception {
    Files.createDirectories(socketFile().getParent());
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socketFile()));
    }
    assertThat(socketFile()).exists();
    assertThat(StatusSocket.ask(data)).isEmpty();
    try (StatusSocket socket = open()) {
      assertThat(socket).isNotNull();
      assertThatIOException().isThrownBy(this::open).withMessageContaining("already");
    }
  }

  @Test
  void answerThatNeverComes_isAnError() throws Exception {
    try (StatusSocket socket = open()) {
      assertThat(socket).isNotNull();
      assertThatIOException()
          .isThrownBy(() -> StatusSocket.ask(data))
          .withMessageContaining("did not answer");
    }
  }

  @Test
  void nameTooLongForASocket_isNoObstacle() throws Exception {
    Path deep = data.resolve("d".repeat(100));
    assertThat(StatusSocket.open(deep, FileWrites.disk())).isEmpty();
    assertThatIOException().isThrownBy(() -> StatusSocket.ask(deep));
  }

  private StatusSocket open() throws IOException {
    return StatusSocket.open(data, FileWrites.disk()).orElseThrow();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socketFile()));
  }

  private Path socketFile() {
    return data.resolve("run").resolve("status.socket");
  }
}
