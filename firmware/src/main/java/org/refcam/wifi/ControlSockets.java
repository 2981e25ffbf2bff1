// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import org.refcam.kernel.DatagramPeer;

/**
 * wpa_supplicant's control interface: a directory with one Unix socket a network interface, of
 * which the first by name is the camera's. Immutable.
 */
public final class ControlSockets implements SupplicantLink.Radio {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Optional<Path> directory;

  private ControlSockets(Optional<Path> directory) {
    this.directory = directory;
  }

  /**
   * @param directory such as {@code /run/wpa_supplicant}, which need not be there yet; empty for no
   *     radio ever
   */
  public static ControlSockets in(Optional<Path> directory) {
    return new ControlSockets(directory);
  }

  @Override
  public Optional<SupplicantLink> open() throws IOException {
    Optional<Path> socket = find();
    return socket.isPresent() ? Optional.of(Link.open(socket.get())) : Optional.empty();
  }

  private Optional<Path> find() throws IOException {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    TreeSet<Path> names = new TreeSet<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory.get(), ControlSockets::isInterface)) {
      entries.forEach(names::add);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // wpa_supplicant has not made it yet
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(names.first());
  }

  /** {@code p2p-dev-wlan0} is the same radio once more. */
  private static boolean isInterface(Path socket) {
    return !String.valueOf(socket.getFileName()).startsWith("p2p-dev-");
  }

  /** Answers come over one socket, events over another. */
  private static final class Link implements SupplicantLink {
    private final String name;
    private final DatagramPeer answers;
    private final DatagramPeer events;

    private Link(String name, DatagramPeer answers, DatagramPeer events) {
      this.name = name;
      this.answers = answers;
      this.events = events;
    }

    static Link open(Path socket) throws IOException {
      DatagramPeer answers = DatagramPeer.connect(socket);
      try {
        DatagramPeer events = DatagramPeer.connect(socket);
        Link link = new Link(String.valueOf(socket.getFileName()), answers, events);
        try {
          events.send(bytes("ATTACH"));
          if (!text(events.receive(PATIENCE).orElse(new byte[0])).equals("OK\n")) {
            throw new IOException("wpa_supplicant tells no events");
          }
          return link;
        } catch (IOException e) {
          events.close();
          throw e;
        }
      } catch (IOException e) {
        answers.close();
        throw e;
      }
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String request(byte[] command) throws IOException {
      answers.send(command);
      return answers
          .receive(PATIENCE)
          .map(Link::text)
          .orElseThrow(() -> new IOException("wpa_supplicant does not answer"));
    }

    @Override
    public Optional<String> event(Duration patience) throws IOException {
      return events.receive(patience).map(Link::text);
    }

    /** The supplicant forgets a listener whose address is gone. */
    @Override
    public void close() {
      events.close();
      answers.close();
    }

    /** Each octet one character: nothing is decoded before it is parsed. */
    private static String text(byte[] message) {
      return new String(message, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String command) {
      return command.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
