// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Unicast questions to the discovery services of a camera, and all answers within a second. */
public final class Datagrams {
  private static final int ANSWERS_MAX = 16;
  private static final int ANSWER_MAX = 16 << 10;

  private Datagrams() {}

  /**
   * @param sent bytes of the question
   * @param answers what came back, at most 16
   */
  public record Probe(String service, int port, int sent, List<byte[]> answers) {
    public Probe {
      answers = List.copyOf(answers);
    }

    /** Bytes of all answers together. */
    public int received() {
      return answers.stream().mapToInt(one -> one.length).sum();
    }

    public String text() {
      StringBuilder text = new StringBuilder();
      answers.forEach(one -> text.append(new String(one, StandardCharsets.UTF_8)).append('\n'));
      return text.toString();
    }
  }

  /** WS-Discovery, multicast DNS and SSDP, each asked once, all at the same time. */
  public static List<Probe> look(Reach reach) throws IOException {
    List<Question> questions =
        List.of(
            new Question("ws-discovery", 3702, wsDiscovery()),
            new Question("mdns", 5353, multicastDns()),
            new Question("ssdp", 1900, ssdp(reach)));
    return Together.all(questions, one -> ask(reach, one));
  }

  private record Question(String service, int port, byte[] bytes) {}

  private static Probe ask(Reach reach, Question asked) throws IOException {
    List<byte[]> answers = new ArrayList<>();
    try (DatagramSocket socket = reach.datagrams(asked.port(), Duration.ofSeconds(1))) {
      socket.send(new DatagramPacket(asked.bytes(), asked.bytes().length));
      byte[] buffer = new byte[ANSWER_MAX];
      while (answers.size() < ANSWERS_MAX) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        reach.read(packet.getLength());
        answers.add(java.util.Arrays.copyOf(buffer, packet.getLength()));
      }
    } catch (SocketTimeoutException | PortUnreachableException e) {
      return new Probe(asked.service(), asked.port(), asked.bytes().length, answers);
    }
    return new Probe(asked.service(), asked.port(), asked.bytes().length, answers);
  }

  private static byte[] wsDiscovery() {
    return ("""
        <?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" \
        xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
        xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><e:Header><w:MessageID>uuid:%s</w:MessageID>\
        <w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>\
        <w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>\
        <e:Body><d:Probe/></e:Body></e:Envelope>"""
            .formatted(UUID.randomUUID()))
        .getBytes(StandardCharsets.UTF_8);
  }

  // One question, PTR of _services._dns-sd._udp.local (RFC 6763 9).
  private static byte[] multicastDns() {
    String header = "\0\1\0\0\0\1\0\0\0\0\0\0";
    String name = "\11_services\7_dns-sd\4_udp\5local\0";
    return (header + name + "\0\14\0\1").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] ssdp(Reach reach) {
    return ("M-SEARCH * HTTP/1.1\r\nHOST: "
            + reach.host()
            + ":1900\r\nMAN: \"ssdp:discover\"\r\nST: ssdp:all\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
