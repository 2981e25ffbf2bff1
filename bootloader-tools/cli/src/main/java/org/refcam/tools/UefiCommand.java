// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitSigner;
import org.refcam.tools.card.CardBuild;
import org.refcam.tools.card.FlashFile;
import org.refcam.tools.card.UefiKeys;
import org.refcam.uefi.EfiVariable;
import org.refcam.uefi.InvalidProgramException;
import org.refcam.uefi.PeProgram;
import org.refcam.uefi.ProgramSigner;
import org.refcam.uefi.ProgramVerifier;
import org.refcam.uefi.VariableFlash;
import org.refcam.uefi.VerifiedProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code refcam-tools uefi}: programs that firmware starts, and the keys that it goes by. */
@Command(
    name = "uefi",
    mixinStandardHelpOptions = true,
    description = "Signs and verifies UEFI programs; the keys that firmware trusts.")
final class UefiCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description = {
        "Signs a program or a unified kernel image, in the place of signatures that it has.",
        "The certificate in it is the one that enrol and image build make of the same key."
      })
  int sign(
      @Parameters(paramLabel = "IN.efi") Path in,
      @Mixin BootKeyOptions key,
      @Option(names = "--out", required = true, paramLabel = "OUT.efi") Path out,
      @Mixin Output output)
      throws IOException, InvalidProgramException {
    key.padding = FitPadding.PKCS1_1_5; // the one that UEFI knows
    FitSigner signer = key.signer();
    byte[] signed = ProgramSigner.sign(read(in), signer, UefiKeys.bootCertificate(signer));
    VerifiedProgram verified = ProgramVerifier.verify(signed, signer.publicKey());
    Files.write(out, signed, StandardOpenOption.CREATE_NEW);
    output.result(fields(verified));
    return Exit.OK;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Verifies a program by one public key; exit code 1 on refusal.")
  int verify(
      @Parameters(paramLabel = "X.efi") Path file,
      @Option(names = "--key", required = true, paramLabel = "PUBLIC.pem") Path key,
      @Mixin Output output)
      throws IOException, InvalidProgramException {
    output.result(fields(ProgramVerifier.verify(read(file), BootKeyOptions.publicKey(key))));
    return Exit.OK;
  }

  private static Map<String, Object> fields(VerifiedProgram program)
      throws InvalidProgramException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verified", "yes");
    fields.put("sections", program.sections());
    for (String name : List.of(".uname", ".cmdline")) {
      if (program.find(name).isPresent()) {
        fields.put(name, program.text(name));
      }
    }
    return fields;
  }

  @Command(
      name = "enrol",
      mixinStandardHelpOptions = true,
      description = {
        "Writes what firmware in setup mode takes as its keys: db, KEK and PK, each as certificate",
        "(.cer), list (.esl) and signed write (.auth). Enrol PK last: with it setup mode ends."
      })
  int enrol(
      @Mixin KeyOptions options,
      @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new directory")
          Path out,
      @Mixin Output output)
      throws IOException {
    writeEnrolment(options.open(), out, output);
    return Exit.OK;
  }

  static void writeEnrolment(KeyDirectory keys, Path out, Output output) throws IOException {
    UefiKeys owner = ImageKeys.uefi(keys, output);
    Files.createDirectory(out);
    Map<String, Object> written = new LinkedHashMap<>();
    owner
        .enrol(ImageKeys.boot(keys, output), out)
        .forEach((file, bytes) -> written.put(file, bytes + " bytes"));
    output.result(written);
  }

  @Command(
      name = "flash",
      mixinStandardHelpOptions = true,
      description = {
        "Changes variables in the flash of EDK II while the machine is off: emulated machines.",
        "Lists are written as they are, as nobody but who holds the flash can."
      })
  int flash(
      @Parameters(paramLabel = "IN.fd") Path in,
      @Option(
              names = "--enrol",
              paramLabel = "DIR",
              description = "Writes db.esl, KEK.esl and PK.esl of this directory")
          Optional<Path> enrol,
      @Option(
              names = "--set",
              paramLabel = "NAME=HEX",
              description = "A variable of the boot manager, such as BootNext=0b00; empty: removed")
          Map<String, String> set,
      @Option(names = "--show", paramLabel = "NAME", description = "Prints a variable's value")
          List<String> show,
      @Option(names = "--out", paramLabel = "OUT.fd") Optional<Path> out,
      @Mixin Output output)
      throws IOException {
    try {
      VariableFlash flash = FlashFile.open(in);
      if (enrol.isPresent()) {
        for (EfiVariable variable : List.of(EfiVariable.DB, EfiVariable.KEK, EfiVariable.PK)) {
          flash.set(
              variable,
              CardBuild.TIME,
              Files.readAllBytes(enrol.get().resolve(variable.name() + ".esl")));
        }
      }
      for (Map.Entry<String, String> value :
          (set == null ? Map.<String, String>of() : set).entrySet()) {
        change(flash, EfiVariable.ofBootManager(value.getKey()), value.getValue());
      }
      if (out.isPresent()) {
        FlashFile.write(flash, in, out.get());
      }
      Map<String, Object> shown = new LinkedHashMap<>();
      for (String name : show == null ? List.<String>of() : show) {
        shown.put(
            name,
            flash.find(EfiVariable.ofBootManager(name)).map(HexFormat.of()::formatHex).orElse("-"));
      }
      output.result(shown);
      return Exit.OK;
    } catch (IllegalArgumentException e) {
      throw new IOException(in + ": " + e.getMessage(), e);
    }
  }

  private static void change(VariableFlash flash, EfiVariable variable, String hex) {
    if (hex.isEmpty()) {
      flash.remove(variable);
    } else {
      flash.set(variable, CardBuild.TIME, HexFormat.of().parseHex(hex));
    }
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.size(file) > PeProgram.BYTES_MAX) {
      throw new IOException(file + " is larger than a kernel image");
    }
    return Files.readAllBytes(file);
  }
}
