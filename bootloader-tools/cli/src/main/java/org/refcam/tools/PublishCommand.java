// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.image.BoardSoftware;
import org.refcam.image.BundleManifest;
import org.refcam.image.InvalidBundleException;
import org.refcam.image.Keyring;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;
import org.refcam.tuf.Release;
import org.refcam.tuf.TargetFile;
import org.refcam.tuf.TufException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code refcam-tools publish}: puts a bundle into the repository and signs it. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a bundle into a TUF repository of static files and signs its metadata.",
      "Without a bundle it only renews the metadata. The same bundle again changes its rollout."
    })
final class PublishCommand implements Callable<Integer> {
  private static final int DOCUMENT_BYTES_MAX = 64 * 1024 * 1024;

  @Mixin KeyOptions options = new KeyOptions();

  @Option(names = "--repo", required = true, paramLabel = "DIR", description = "The repository")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path repo;

  @Parameters(arity = "0..1", paramLabel = "X.swu", description = "The bundle")
  @Nullable Path bundle;

  @Option(names = "--channel", paramLabel = "NAME", defaultValue = "stable")
  String channel = "stable";

  @Option(
      names = "--rollout",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "Share of the cameras that are offered it")
  int rollout;

  @Option(
      names = "--severity",
      paramLabel = "LEVEL",
      description = "It mends a security fault: low, medium, high or critical")
  @Nullable String severity;

  @Option(names = "--advisory", paramLabel = "ID", description = "The fault's advisory")
  @Nullable String advisory;

  @Option(names = "--found", paramLabel = "TIME", description = "When the fault was found")
  @Nullable Instant found;

  @Option(names = "--fixed", paramLabel = "TIME", description = "When the fix was done")
  @Nullable Instant fixed;

  @Option(names = "--sbom", paramLabel = "FILE", description = "CycloneDX, as JSON")
  @Nullable Path sbom;

  @Option(names = "--vex", paramLabel = "FILE", description = "CSAF or CycloneDX VEX, as JSON")
  @Nullable Path vex;

  @Option(names = "--notes-en", paramLabel = "TEXT", description = "Release notes")
  @Nullable String notesEn;

  @Option(names = "--notes-vi", paramLabel = "TEXT", description = "Release notes")
  @Nullable String notesVi;

  @Mixin Output output = new Output();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public Integer call()
      throws IOException, TufException, InvalidBundleException, InvalidJsonException {
    requireSense();
    KeyDirectory keys = options.open();
    Clock clock = Clock.systemUTC();
    RepositoryDirectory repository = RepositoryDirectory.open(repo, keys, clock);
    Map<String, Object> fields = new LinkedHashMap<>();
    if (bundle != null) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      Release release = release(repository, bundle, verify(bundle, keys), now);
      boolean isNew = !repository.targets().containsKey(release.target().path());
      if (isNew) {
        fields.put(
            "blocks",
            PublishedImages.add(repository, bundle, keyring(keys), release.target().path()));
      }
      repository.list(release.toTarget());
      fields.put("target", release.target().path());
      fields.put("rollout", release.rolloutPercent());
      if (isNew && found != null && fixed != null) {
        fields.putAll(record(repository, release, found, fixed));
      }
    }
    repository.publish(keys);
    fields.put("repository", repo.toString());
    output.result(fields);
    return Exit.OK;
  }

  private void requireSense() {
    require(channel.matches("[a-z0-9]+(-[a-z0-9]+)*"), "--channel: lower-case words joined by -");
    require(rollout >= 0 && rollout <= 100, "--rollout: 0 to 100");
    require(
        severity == null || Release.SEVERITIES.contains(severity),
        "--severity: one of " + Release.SEVERITIES);
    require((severity == null) == (advisory == null), "--severity and --advisory go together");
    require((found == null) == (fixed == null), "--found and --fixed go together");
    require(severity == null || found != null, "a security fix says when it was found and fixed");
    require(bundle != null || (severity == null && found == null), "which bundle?");
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** Nobody publishes what cameras would refuse. */
  private static BundleManifest verify(Path file, KeyDirectory keys)
      throws IOException, InvalidBundleException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return BundleCommand.verify(in, keyring(keys), null, 0).manifest();
    }
  }

  private static Keyring keyring(KeyDirectory keys) throws IOException {
    return Keyring.parse(
        Files.readString(keys.path(Ceremony.AUTHORITY_CERTIFICATE))
            + Files.readString(keys.path(Ceremony.REVOCATIONS)));
  }

  private Release release(
      RepositoryDirectory repository, Path file, BundleManifest manifest, Instant now)
      throws IOException, InvalidJsonException {
    if (manifest.boards().size() != 1) {
      throw new IOException("a bundle for several boards is not published: one for each");
    }
    BoardSoftware software = manifest.boards().get(0);
    String stem = channel + "/" + software.board() + "/refcam-" + manifest.version();
    TargetFile target = repository.add(stem + ".swu", file);
    Optional<Release> before =
        Optional.ofNullable(repository.targets().get(target.path())).flatMap(Release::find);
    if (before.isPresent() && !before.get().target().hashes().equals(target.hashes())) {
      throw new IOException(target.path() + " is published already with other bytes");
    }
    if (before.isEmpty()) {
      requireNotOlder(repository, software.board(), manifest.securityVersion());
    }
    Map<String, String> attachments =
        new TreeMap<>(before.map(Release::attachments).orElse(Map.of()));
    attach(repository, "sbom", sbom, stem, attachments);
    attach(repository, "vex", vex, stem, attachments);
    Map<String, String> notes = new TreeMap<>(before.map(Release::notes).orElse(Map.of()));
    Optional.ofNullable(notesEn).ifPresent(text -> notes.put("en", text));
    Optional.ofNullable(notesVi).ifPresent(text -> notes.put("vi", text));
    return new Release(
        target,
        channel,
        software.board(),
        software.revisions().get(0),
        manifest.version(),
        manifest.securityVersion(),
        rollout,
        before.map(Release::published).orElse(now),
        Optional.ofNullable(severity).or(() -> before.flatMap(Release::severity)),
        Optional.ofNullable(advisory).or(() -> before.flatMap(Release::advisory)),
        attachments,
        notes);
  }

  /** Cameras that confirmed a newer security version would refuse it. */
  private void requireNotOlder(RepositoryDirectory repository, String board, long version)
      throws IOException {
    long newest =
        repository.targets().values().stream()
            .flatMap(target -> Release.find(target).stream())
            .filter(other -> other.channel().equals(channel) && other.board().equals(board))
            .mapToLong(Release::securityVersion)
            .max()
            .orElse(0);
    if (version < newest) {
      throw new IOException(
          "security version " + version + " is older than the published " + newest);
    }
  }

  private static void attach(
      RepositoryDirectory repository,
      String kind,
      @Nullable Path file,
      String stem,
      Map<String, String> attachments)
      throws IOException, InvalidJsonException {
    if (file == null) {
      return;
    }
    JsonObject document = JsonText.parseObject(Files.readAllBytes(file), DOCUMENT_BYTES_MAX);
    if (kind.equals("sbom") && !document.text("bomFormat").equals("CycloneDX")) {
      throw document.bad("bomFormat", "CycloneDX");
    }
    String path = stem + "." + kind + ".json";
    repository.list(repository.add(path, file));
    attachments.put(kind, path);
  }

  private Map<String, Object> record(
      RepositoryDirectory repository, Release release, Instant foundAt, Instant fixedAt)
      throws IOException, TufException, InvalidJsonException {
    PatchClock.Kind kind =
        release.isSecurityFix() ? PatchClock.Kind.SECURITY : PatchClock.Kind.MALFUNCTION;
    PatchClock.Entry entry;
    try {
      entry =
          new PatchClock.Entry(
              release.target().path(),
              kind,
              release.advisory(),
              foundAt,
              fixedAt,
              release.published());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    Path file = Files.createTempFile("refcam-ledger-", ".json");
    try {
      Files.write(file, LedgerCommand.read(repository).with(entry).encode());
      repository.list(repository.add(PatchClock.PATH, file));
    } finally {
      Files.delete(file);
    }
    if (!entry.inTime()) {
      output.note(
          "the fix comes after "
              + entry.taken().toHours()
              + " h; "
              + kind.deadline().toHours()
              + " h were allowed");
    }
    return Map.of("hoursFromFinding", entry.taken().toHours(), "inTime", entry.inTime());
  }
}
