// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.refcam.identity.CertificateNames;
import org.refcam.identity.CertificateRefusedException;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.RootsOfTrust;
import org.refcam.provision.LabelStore;
import org.refcam.storage.FileWrites;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * {@code refcam factory}: first boot without serving, for a factory that moves files. The camera
 * must not be running on the same directory.
 */
@Command(
    name = "factory",
    mixinStandardHelpOptions = true,
    description = "Makes the device's keys, request and label; installs the factory's certificate.",
    subcommands = {FactoryCommand.Request.class, FactoryCommand.Install.class})
final class FactoryCommand implements Runnable {
  private static final int PORT = 8443;

  @picocli.CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "request or install?");
  }

  /** What both need. */
  abstract static class OnDevice implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "The camera's data directory")
    Path data = RunOptions.defaultData();

    @Option(
        names = "--root",
        paramLabel = "ROOT",
        description = "Root of trust, as of run. Default: ${DEFAULT-VALUE}")
    String root = "development";

    DeviceStart start() throws IOException {
      RootsOfTrust.requireKnown(root);
      if (Files.exists(data.resolve("config").resolve("accounts.sealed"))) {
        throw new IOException("this camera has an owner; a factory has no business with it");
      }
      return new DeviceStart(
          data,
          root,
          "unknown board",
          "0.0.0.0",
          Optional.empty(),
          FileWrites.disk(),
          Clock.systemUTC());
    }
  }

  @Command(
      name = "request",
      mixinStandardHelpOptions = true,
      description = "Writes DIR/device.csr and DIR/label.json for the station.")
  static final class Request extends OnDevice {
    @Override
    public Integer call() throws IOException {
      FileWrites writes = FileWrites.disk();
      try (DeviceStart device = start()) {
        DeviceIdentity identity = device.identity();
        new LabelStore(data, writes)
            .openOrCreate(
                identity.serial(),
                identity.certificateSha256(),
                "https://" + CertificateNames.hostName(identity.serial()) + ":" + PORT,
                identity.assuranceLevel().word(),
                device.random());
        writes.replace(
            data.resolve("device.csr"),
            FactoryDesk.pem(identity.idevidRequest()).getBytes(StandardCharsets.US_ASCII));
        System.out.println(identity.serial());
      }
      return 0;
    }
  }

  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      description = "Installs the certificate that the station signed.")
  static final class Install extends OnDevice {
    @Parameters(paramLabel = "FILE", description = "device.pem from the station")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    Path certificates;

    @Override
    public Integer call() throws IOException {
      if (Files.size(certificates) > 64 * 1024) {
        throw new IOException(certificates + " is larger than a certificate chain is");
      }
      try (DeviceStart device = start()) {
        device.identity().installIdevid(Files.readAllBytes(certificates));
      } catch (CertificateRefusedException e) {
        throw new IOException("the certificate was refused: " + e.getMessage(), e);
      }
      return 0;
    }
  }
}
