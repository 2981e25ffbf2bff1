// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.reach.Reach;
import org.refcam.assess.reach.TlsSuites;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * What a look at the running camera finds, without asking its evidence. Immutable.
 *
 * @param tls by port
 * @param calls of the interface's own description, {@code GET path} with {@code {}} for variables
 * @param open calls that a camera in factory state did not refuse with {@code set_up_first}
 * @param remotes peers that the camera was connected to when looked at
 * @param destinations that {@code GET egress} lists
 */
public record Scan(
    Set<Integer> tcp,
    Set<Integer> udp,
    Map<Integer, TlsSuites.Spoken> tls,
    Set<String> calls,
    Set<String> open,
    Set<String> remotes,
    Set<String> destinations) {
  public Scan {
    tcp = Set.copyOf(tcp);
    udp = Set.copyOf(udp);
    tls = Map.copyOf(tls);
    calls = Set.copyOf(calls);
    open = Set.copyOf(open);
    remotes = Set.copyOf(remotes);
    destinations = Set.copyOf(destinations);
  }

  /** Which calls a camera without an owner answers; nothing that they could change is there yet. */
  public static Set<String> openBeforeSetUp(Rest anyone) throws IOException {
    Set<String> open = new TreeSet<>();
    for (String call : calls(anyone)) {
      String path = call.substring(call.indexOf(' ') + 1).replace("{}", "x");
      Rest.Answer answer =
          switch (call.substring(0, call.indexOf(' '))) {
            case "GET" -> anyone.get(path);
            case "DELETE" -> anyone.delete(path);
            case "PUT" -> anyone.put(path, Map.of());
            default -> anyone.post(path, Map.of());
          };
      if (answer.status() != 403 || !answer.error().equals("set_up_first")) {
        open.add(call);
      }
    }
    return open;
  }

  /** Looks at a camera that has an owner. */
  public static Scan of(CameraProcess camera, Rest owner, Set<String> open) throws IOException {
    Reach reach = new Reach(InetAddress.getByName(camera.address()), Limits.usual());
    Sockets sockets = Sockets.of(camera.pid());
    Map<Integer, TlsSuites.Spoken> tls = new TreeMap<>();
    for (int port : sockets.tcp()) {
      tls.put(port, TlsSuites.of(reach, port));
    }
    Set<String> destinations = new TreeSet<>();
    for (JsonNode one : owner.get("egress").json().path("destinations")) {
      destinations.add(one.path("id").asText());
    }
    return new Scan(
        sockets.tcp(),
        sockets.udp(),
        tls,
        calls(owner),
        open,
        Sockets.of(camera.pid()).remotes(),
        destinations);
  }

  private static Set<String> calls(Rest rest) throws IOException {
    Set<String> calls = new TreeSet<>();
    rest.get("openapi.json")
        .json()
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            calls.add(
                                method.toUpperCase(Locale.ROOT)
                                    + " "
                                    + path.getKey().substring(1).replaceAll("\\{[^}]*\\}", "{}"))));
    return calls;
  }

  /** As lines, for the evidence. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("listening TCP ports: " + new TreeSet<>(tcp));
    lines.add("bound UDP ports: " + new TreeSet<>(udp));
    tls.forEach(
        (port, spoken) ->
            lines.add(
                "port " + port + " speaks " + spoken.versions() + " with " + spoken.suites()));
    lines.add("calls in the interface's description: " + calls.size());
    lines.add("calls answered in factory state: " + new TreeSet<>(open));
    lines.add("peers outside this machine: " + new TreeSet<>(remotes));
    lines.add("destinations listed: " + new TreeSet<>(destinations));
    return lines;
  }
}
