// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.label.Label;
import org.refcam.label.LabelPdf;
import org.refcam.tools.Exit;
import org.refcam.tools.Tools;
import org.refcam.tools.factory.FactoryException.Reason;

class FactoryCommandTest {
  private static final String PASSWORD = "AAAA-BBBB-CCCC-DDDD-EEEE";

  @TempDir Path directory;
  private final SecureRandom random = new SecureRandom();

  @BeforeEach
  void authority() throws Exception {
    Files.writeString(directory.resolve("passphrase"), "a long enough passphrase\n");
    Tools.Run run =
        Tools.run(
            "factory",
            "init",
            "--ca",
            ca(),
            "--ca-passphrase",
            passphrase(),
            "--out",
            directory.resolve("ca.pem").toString());
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
  }

  private String ca() {
    return directory.resolve("ca.p12").toString();
  }

  private String passphrase() {
    return directory.resolve("passphrase").toString();
  }

  private Path ledger() {
    return directory.resolve("ledger.jsonl");
  }

  private Tools.Run files(Path devices, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "factory",
                "files",
                "--ca",
                ca(),
                "--ca-passphrase",
                passphrase(),
                "--ledger",
                ledger().toString(),
                "--json"));
    arguments.addAll(List.of(more));
    arguments.add(devices.toString());
    return Tools.run(arguments.toArray(new String[0]));
  }

  private SimulatedDevice device(String assurance) throws Exception {
    return SimulatedDevice.create("secp256r1", assurance, random);
  }

  @Test
  void oneDevice_getsItsCertificate_label_andLedgerLineWithoutPassword() throws Exception {
    SimulatedDevice device = device("tpm2");
    Path folder = device.write(directory.resolve("d"), PASSWORD);
    Tools.Run run = files(folder);
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
    List<X509Certificate> chain = new ArrayList<>();
    for (var certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(Files.newInputStream(folder.resolve("device.pem")))) {
      chain.add((X509Certificate) certificate);
    }
    assertThat(chain.get(0).getPublicKey()).isEqualTo(device.key().getPublic());
    chain.get(0).verify(chain.get(1).getPublicKey());
    assertThat(chain.get(0).getNotAfter().toInstant()).isEqualTo(FactoryAuthority.NO_EXPIRY);
    assertThat(Files.readString(ledger())).contains(device.serial()).doesNotContain(PASSWORD);
    assertThat(qr(folder.resolve("label.png"))).contains(PASSWORD).contains(device.serial());
    assertPdf(folder, "tpm2");
  }

  /** What the page says is LabelPdfTest's matter; here it is this device's label. */
  private static void assertPdf(Path folder, String assurance) throws Exception {
    Label label = new ObjectMapper().readValue(folder.resolve("label.json").toFile(), Label.class);
    assertThat(label.assurance()).isEqualTo(assurance);
    assertThat(folder.resolve("label.pdf")).hasBinaryContent(LabelPdf.draw(label));
  }

  private static String qr(Path png) throws Exception {
    BufferedImage image = ImageIO.read(png.toFile());
    int width = image.getWidth();
    int height = image.getHeight();
    LuminanceSource source =
        new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
  }

  @Test
  void thousandDevices_inOneRun_withProgress() throws Exception {
    Path line = directory.resolve("line");
    for (int i = 0; i < 1000; i++) {
      device("tpm2").write(line.resolve("d" + i), PASSWORD);
    }
    Tools.Run run = files(line);
    assertThat(run.exit()).isEqualTo(Exit.OK);
    assertThat(run.out()).contains("\"signed\" : 1000");
    assertThat(run.err()).contains("500/1000").contains("1000/1000");
    assertThat(Files.readAllLines(ledger())).hasSize(1000);
  }

  @Test
  void duplicateSerial_isRefused_andTheOthersGoOn() throws Exception {
    SimulatedDevice twice = device("tpm2");
    Path line = directory.resolve("line");
    twice.write(line.resolve("a"), PASSWORD);
    twice.write(line.resolve("b"), PASSWORD);
    device("tpm2").write(line.resolve("c"), PASSWORD);
    Tools.Run run = files(line);
    assertThat(run.exit()).isEqualTo(Exit.REFUSED);
    assertThat(run.err()).contains("b: duplicate serial: " + twice.serial());
    assertThat(run.out()).contains("\"signed\" : 2").contains("\"refused\" : 1");
    assertThat(line.resolve("b/device.pem")).doesNotExist();
  }

  @Test
  void developmentRoot_isRefusedUnlessAskedFor_andItsLabelSaysSo() throws Exception {
    Path folder = device("development").write(directory.resolve("d"), PASSWORD);
    assertThat(files(folder).err()).contains("development root");
    assertThat(ledger()).isEmptyFile();
    assertThat(files(folder, "--allow-development").exit()).isEqualTo(Exit.OK);
    assertPdf(folder, "development");
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(Files.readAllBytes(folder.resolve("device.pem"))))
                .toString())
        .contains("root of trust: development");
  }

  @Test
  void badRequests_areEachRefusedWithTheirReason() throws Exception {
    SimulatedDevice device = device("tpm2");
    SimulatedDevice other = device("tpm2");
    SimulatedDevice large = SimulatedDevice.create("secp384r1", "tpm2", random);
    assertRefused(Reason.BAD_REQUEST, "no request");
    assertRefused(Reason.BAD_REQUEST, "x".repeat(20_000));
    assertRefused(Reason.BAD_REQUEST, Files.readString(directory.resolve("ca.pem")));
    assertRefused(Reason.BAD_SIGNATURE, device.request(other.key(), device.serial()));
    assertRefused(Reason.WRONG_KEY, device.request(device.key(), other.serial()));
    assertRefused(Reason.WRONG_KEY, large.request(large.key(), large.serial()));
    Path folder = device.write(directory.resolve("d"), PASSWORD);
    Files.copy(
        other.write(directory.resolve("o"), PASSWORD).resolve("label.json"),
        folder.resolve("label.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(files(folder).err()).contains("wrong label");
  }

  private static void assertRefused(Reason reason, String request) {
    assertThatThrownBy(() -> DeviceRequest.verify(request.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOfSatisfying(
            FactoryException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void requests_withEveryByteChanged_neverSignForAnotherKey() throws Exception {
    SimulatedDevice device = device("tpm2");
    byte[] genuine =
        device.request(device.key(), device.serial()).getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < genuine.length; at++) {
      byte[] changed = genuine.clone();
      changed[at] = (byte) (changed[at] == 'A' ? 'B' : 'A');
      try {
        assertThat(DeviceRequest.verify(changed).key()).isEqualTo(device.key().getPublic());
      } catch (FactoryException e) {
        assertThat(e.reason()).isIn(Reason.BAD_REQUEST, Reason.BAD_SIGNATURE, Reason.WRONG_KEY);
      }
    }
  }

  @Test
  void ledger_cutOffLine_isDropped_andAnotherStationIsKeptOut() throws Exception {
    files(device("tpm2").write(directory.resolve("d"), PASSWORD));
    Files.writeString(ledger(), "{\"serial\":\"cut", StandardOpenOption.APPEND);
    try (IssuedCertificates issued = IssuedCertificates.open(ledger())) {
      assertThat(issued.size()).isEqualTo(1);
    }
    assertThat(Files.readAllLines(ledger())).hasSize(1);
    Files.writeString(ledger(), "nonsense\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> IssuedCertificates.open(ledger()))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void authority_isNotMadeTwice_norOpenedWithAWrongPassphrase() throws Exception {
    char[] right = FactoryAuthority.passphrase(directory.resolve("passphrase"));
    assertThatThrownBy(() -> FactoryAuthority.create(ca(), right, "x", random, Clock.systemUTC()))
        .isInstanceOf(java.io.IOException.class);
    assertThatThrownBy(
            () ->
                FactoryAuthority.open(
                    ca(), "another passphrase".toCharArray(), random, Clock.systemUTC()))
        .isInstanceOf(java.io.IOException.class);
  }
}
