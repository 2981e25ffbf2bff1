// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.refcam.audit.LoggingSettings;
import org.refcam.egress.Destination;
import org.refcam.egress.Egress;
import org.refcam.egress.NftablesRules;
import org.refcam.egress.Resolver;
import org.refcam.keys.SealedFile;
import org.refcam.remote.RemoteSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refcam egress}: where a camera may send what, from its data directory. */
@Command(
    name = "egress",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the destinations that a camera's owner allowed, or the same policy for the kernel.",
      "Of a data directory it needs the root of trust too, so it works on the device's machine.",
      "What run was given on its command line is not in it."
    })
final class EgressCommand implements Callable<Integer> {
  private static final Path RESOLVERS = Path.of("/etc/resolv.conf");
  private static final String NAME_SERVER = "nameserver ";

  @Option(names = "--data", paramLabel = "DIR", description = "The camera's data directory")
  Path data = RunOptions.defaultData();

  @Mixin StoppedDevice.RootOption root = new StoppedDevice.RootOption();

  @Option(
      names = "--nftables",
      description = "Prints a ruleset for nft -f: what the policy does not allow is dropped")
  boolean nftables;

  @Option(names = "--json", description = "Prints the policy as JSON")
  boolean asJson;

  @Option(
      names = "--srtp-port",
      paramLabel = "PORT",
      description = "As of run, with the next one. Default: ${DEFAULT-VALUE}")
  int srtpPort = 8324;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(data.resolve("config"))) {
      throw new IOException("there is no camera in " + data);
    }
    SecureRandom random = new SecureRandom();
    try (StoppedDevice device = new StoppedDevice(data, root, random);
        EgressDesk desk = desk(device)) {
      Egress egress = desk.egress();
      if (nftables) {
        Set<Integer> media = Set.of(srtpPort, srtpPort + 1);
        System.out.print(
            NftablesRules.of(
                egress.destinations(), egress::addresses, nameServers(RESOLVERS), media));
      } else if (asJson) {
        System.out.println(new ObjectMapper().writeValueAsString(json(egress)));
      } else {
        System.out.println("store in Viet Nam only: " + (egress.vietNamOnly() ? "on" : "off"));
        egress.destinations().forEach(one -> System.out.println(line(one)));
      }
    }
    return 0;
  }

  private EgressDesk desk(StoppedDevice device) throws IOException {
    EgressDesk desk =
        new EgressDesk(file(device, "egress"), Destination.VIET_NAM, Clock.systemUTC());
    LoggingSettings logging =
        new SealedJson<>(
                file(device, "logging"), LoggingSettings.class, LoggingSettings.DEFAULT, s -> {})
            .current();
    desk.forwarding(logging.forwarding());
    RemoteSettings remote =
        new SealedJson<>(file(device, "remote"), RemoteSettings.class, RemoteSettings.OFF, s -> {})
            .current();
    desk.egress().declare(RemoteCopyRoom.ORIGIN, remote.destinations(), Optional.empty());
    return desk;
  }

  private SealedFile file(StoppedDevice device, String name) throws IOException {
    return new SealedFile(
        data.resolve("config").resolve(name + ".sealed"),
        device.keys().configKey(),
        "config/" + name);
  }

  /** The literal addresses after {@code nameserver}; a scope is cut off. */
  static List<InetAddress> nameServers(Path file) throws IOException {
    List<InetAddress> found = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String literal = line.startsWith(NAME_SERVER) ? line.substring(11).strip() : "";
        if (literal.matches("[0-9a-fA-F.:]{3,45}(%.*)?")) {
          found.addAll(Resolver.system().resolve(literal.replaceAll("%.*", "")));
        }
      }
    }
    return found;
  }

  private static String line(Egress.Listed one) {
    String blocked = one.objection().map(reason -> ", refused: " + reason).orElse("");
    return one.destination().id() + " in " + one.destination().country() + blocked;
  }

  private static Map<String, Object> json(Egress egress) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("vietNamOnly", egress.vietNamOnly());
    fields.put("destinations", egress.destinations().stream().map(EgressCommand::line).toList());
    return fields;
  }
}
