// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.refcam.label.Label;
import org.refcam.tools.Exit;
import org.refcam.tools.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code refcam-tools factory}: the station on the line. */
@Command(
    name = "factory",
    mixinStandardHelpOptions = true,
    description = "Signs device certificates, keeps the ledger, prints labels.",
    subcommands = {
      FactoryCommand.Init.class,
      FactoryCommand.ByFiles.class,
      FactoryCommand.Device.class
    })
public final class FactoryCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "init, files or device?");
  }

  /** Where the authority's key is. */
  static final class Authority {
    @Option(
        names = "--ca",
        required = true,
        paramLabel = "PLACE",
        description = "A PKCS#12 file, or pkcs11:slot-id=N?module-path=LIB&pin-source=FILE")
    String place = "";

    @Option(
        names = "--ca-passphrase",
        paramLabel = "FILE",
        description = "First line: the passphrase of the PKCS#12 file")
    @Nullable Path passphrase;

    char[] passphrase() throws IOException {
      if (place.startsWith("pkcs11:")) {
        return new char[0];
      }
      if (passphrase == null) {
        throw new IOException("a PKCS#12 file needs --ca-passphrase FILE");
      }
      return FactoryAuthority.passphrase(passphrase);
    }

    FactoryAuthority open() throws IOException {
      return FactoryAuthority.open(place, passphrase(), new SecureRandom(), Clock.systemUTC());
    }
  }

  /** What every signing command needs. */
  static final class Signing {
    @Mixin Authority authority = new Authority();

    @Option(
        names = "--ledger",
        required = true,
        paramLabel = "FILE",
        description = "Serials and certificates, one JSON object a line; no passwords")
    Path ledger = Path.of("");

    @Option(
        names = "--allow-development",
        description = "Also sign devices that keep their keys in a file. For trials ONLY.")
    boolean allowDevelopment;
  }

  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = "Makes the factory's authority, and writes its certificate.")
  static final class Init implements Callable<Integer> {
    @Mixin Authority authority = new Authority();
    @Mixin Output output = new Output();

    @Option(names = "--name", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}")
    String name = "RefCam factory";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "ca.pem")
    Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
      FactoryAuthority made =
          FactoryAuthority.create(
              authority.place, authority.passphrase(), name, new SecureRandom(), Clock.systemUTC());
      Files.writeString(out, Station.pem(List.of(made.certificate())));
      output.result(Map.of("certificate", out.toString()));
      return Exit.OK;
    }
  }

  @Command(
      name = "files",
      mixinStandardHelpOptions = true,
      description = {
        "Handles devices by files: every folder with device.csr and label.json",
        "gets device.pem, label.pdf and label.png."
      })
  static final class ByFiles implements Callable<Integer> {
    @Mixin Signing signing = new Signing();
    @Mixin Output output = new Output();

    @Parameters(paramLabel = "DIR", description = "A folder of devices' folders, or a device's")
    Path directory = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      List<Path> devices = devices();
      if (devices.isEmpty()) {
        throw new IOException("no device.csr in " + directory);
      }
      int refused = 0;
      Progress progress = new Progress(spec.commandLine().getErr(), devices.size());
      try (IssuedCertificates issued = IssuedCertificates.open(signing.ledger)) {
        Station station = new Station(signing.authority.open(), issued, signing.allowDevelopment);
        for (Path device : devices) {
          try {
            station.handle(device);
          } catch (FactoryException e) {
            refused++;
            output.note(device.getFileName() + ": " + e.getMessage());
          }
          progress.step();
        }
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("signed", devices.size() - refused);
      fields.put("refused", refused);
      output.result(fields);
      return refused == 0 ? Exit.OK : Exit.REFUSED;
    }

    private List<Path> devices() throws IOException {
      if (Files.exists(directory.resolve("device.csr"))) {
        return List.of(directory);
      }
      List<Path> found = new ArrayList<>();
      try (Stream<Path> all = Files.list(directory)) {
        all.filter(path -> Files.exists(path.resolve("device.csr"))).sorted().forEach(found::add);
      }
      return found;
    }
  }

  @Command(
      name = "device",
      mixinStandardHelpOptions = true,
      description = "Handles one device in factory state over HTTPS.")
  static final class Device implements Callable<Integer> {
    @Mixin Signing signing = new Signing();
    @Mixin Output output = new Output();

    @Option(
        names = "--label",
        required = true,
        paramLabel = "FILE",
        description = "The device's label.json: whom to trust, and the proof to the device")
    Path label = Path.of("");

    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "Where device.pem, label.pdf and label.png go")
    Path out = Path.of("");

    @Parameters(paramLabel = "URL", description = "https://HOST:8443")
    URI device = URI.create("");

    @Override
    public Integer call() throws IOException, FactoryException {
      try (IssuedCertificates issued = IssuedCertificates.open(signing.ledger)) {
        Station station = new Station(signing.authority.open(), issued, signing.allowDevelopment);
        Label printed = station.label(label);
        DeviceDoor door = new DeviceDoor(device, printed);
        String chain = station.sign(door.request(), printed);
        Files.createDirectories(out);
        Files.writeString(out.resolve("device.pem"), chain);
        station.print(printed, out);
        door.install(printed, chain);
        output.result(Map.of("serial", printed.serial()));
      }
      return Exit.OK;
    }
  }
}
