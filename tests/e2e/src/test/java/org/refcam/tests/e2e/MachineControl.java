// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.refcam.tests.harness.CameraProcess;

/**
 * The emulated machine's front panel: its monitor, by QMP (one JSON object a line). The power
 * button is line 3 of the machine's PL061; a press of the monitor holds it for a tenth of a second,
 * and pressing again before that prolongs it.
 */
final class MachineControl implements AutoCloseable {
  private static final Duration PRESS_AGAIN = Duration.ofMillis(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SocketChannel socket;
  private final BufferedReader answers;

  MachineControl(Path path) throws IOException {
    socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
    answers = new BufferedReader(Channels.newReader(socket, StandardCharsets.UTF_8));
    answers.readLine(); // the greeting
    execute("qmp_capabilities");
  }

  void holdButton(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      execute("system_powerdown");
      CameraProcess.pause(PRESS_AGAIN);
    }
  }

  private void execute(String command) throws IOException {
    byte[] line = ("{\"execute\":\"" + command + "\"}\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.wrap(line);
    while (out.hasRemaining()) {
      socket.write(out);
    }
    JsonNode answer;
    do { // events come in between
      String text = answers.readLine();
      if (text == null) {
        throw new EOFException("the machine is off");
      }
      answer = JSON.readTree(text);
    } while (!answer.has("return") && !answer.has("error"));
    if (answer.has("error")) {
      throw new IOException(command + ": " + answer);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
