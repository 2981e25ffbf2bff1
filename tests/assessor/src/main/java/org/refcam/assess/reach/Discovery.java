// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.refcam.assess.reach.Endpoint.Speech;

/** Finds open TCP ports among those asked for, and what they speak. */
public final class Discovery {
  /** Ports that cameras are known to open, and what should not be among them. */
  public static final List<Integer> USUAL =
      List.of(
          21, 22, 23, 53, 80, 81, 82, 88, 111, 139, 322, 443, 445, 515, 554, 1080, 1443, 1883, 1900,
          1935, 2000, 2020, 2323, 2332, 2601, 3000, 3306, 3702, 4040, 4443, 5000, 5005, 5037, 5050,
          5060, 5353, 5540, 5541, 5555, 5900, 6000, 6667, 7000, 7070, 7443, 8000, 8001, 8008, 8080,
          8081, 8086, 8088, 8090, 8099, 8181, 8200, 8322, 8443, 8554, 8555, 8787, 8800, 8883, 8888,
          8899, 9000, 9001, 9010, 9080, 9090, 9100, 9443, 9527, 9530, 9999, 10000, 10554, 30010,
          34567, 34599, 37777, 37778, 49152, 49153, 60001);

  private Discovery() {}

  /**
   * What was tried and what answered; {@code banners} holds the first bytes a port says by itself.
   */
  public record Found(List<Integer> ports, List<Endpoint> endpoints, Map<Integer, String> banners) {
    public Found {
      ports = List.copyOf(ports);
      endpoints = List.copyOf(endpoints);
      banners = Map.copyOf(banners);
    }

    /** How many ports were tried. */
    public int tried() {
      return ports.size();
    }
  }

  /** Tries each port once, then asks each open one what it speaks, sixteen at a time. */
  public static Found look(Reach reach, Collection<Integer> ports) throws IOException {
    List<Integer> tried = List.copyOf(new TreeSet<>(ports));
    List<Boolean> answers = Together.all(tried, port -> isOpen(reach, port));
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < tried.size(); i++) {
      if (answers.get(i)) {
        open.add(tried.get(i));
      }
    }
    Map<Integer, String> banners = new ConcurrentHashMap<>();
    List<Endpoint> endpoints = Together.all(open, port -> identify(reach, port, banners));
    return new Found(tried, endpoints, banners);
  }

  private static boolean isOpen(Reach reach, int port) throws IOException {
    try (var socket = reach.connect(port)) {
      return socket.isConnected();
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  private static Endpoint identify(Reach reach, int port, Map<Integer, String> banners)
      throws IOException {
    try (Wire wire = Wire.open(reach, port, false)) {
      byte[] banner = wire.readFor(200, 128);
      if (banner.length > 0) {
        banners.put(port, new String(banner, StandardCharsets.ISO_8859_1));
        return new Endpoint(port, false, Speech.OTHER);
      }
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      return new Endpoint(port, false, Speech.OTHER);
    }
    boolean tls = speaksTls(reach, port);
    Talk talk = new Talk(reach);
    Endpoint asHttp = new Endpoint(port, tls, Speech.HTTP);
    Endpoint asRtsp = new Endpoint(port, tls, Speech.RTSP);
    // RTSP first: an RTSP server that is spoken HTTP to may think of a tunnel and wait.
    if (says(talk, asRtsp, "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n", "RTSP/")) {
      return asRtsp;
    }
    String get =
        "GET / HTTP/1.1\r\nHost: " + reach.host() + ":" + port + "\r\nConnection: close\r\n\r\n";
    return says(talk, asHttp, get, "HTTP/") ? asHttp : new Endpoint(port, tls, Speech.OTHER);
  }

  private static boolean speaksTls(Reach reach, int port) throws IOException {
    try (Wire wire = Wire.open(reach, port, true)) {
      return !wire.tlsFacts().isEmpty();
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      // This Java may refuse what the server wants; an old ServerHello is TLS all the same.
      return oldTls(reach, port);
    }
  }

  private static boolean oldTls(Reach reach, int port) throws IOException {
    try {
      return TlsHello.offer(reach, port, TlsHello.TLS10, TlsHello.COMMON).isPresent();
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean says(Talk talk, Endpoint at, String request, String start)
      throws IOException {
    try (Wire wire = Wire.open(talk.reach(), at)) {
      wire.send(request);
      StringBuilder seen = new StringBuilder();
      while (seen.length() < start.length()) {
        int next = wire.read();
        if (next < 0) {
          return false;
        }
        seen.append((char) next);
      }
      return seen.toString().equals(start);
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }
}
