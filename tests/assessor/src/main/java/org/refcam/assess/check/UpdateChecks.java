// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Reply;

/**
 * Update files that the user supplies and the subject must refuse: signed by a stranger, tampered
 * with, unsigned, older. They are offered as the owner, by the door that describes itself; the
 * first that is taken is the last that is offered. Without {@code --update-files} nothing is sent.
 */
final class UpdateChecks {
  private static final Pattern REFUSES =
      Pattern.compile("(?i)refus|reject|fail|invalid|error|denied|too_old|untrusted");
  static final int LOOKS = 8;
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private UpdateChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of(
            "update.hostile",
            "Foreign, tampered and older updates are refused",
            "Từ chối bản cập nhật lạ, bị sửa hoặc cũ hơn",
            UpdateChecks::look));
  }

  private static Finding look(Subject subject, Notes notes) throws IOException {
    List<UpdateFile> files = subject.given().aids().updateFiles();
    if (files.isEmpty()) {
      return notes.unknown(
          "needs update files that must be refused, and the user's word to offer them (--update-files DIR)",
          "cần các tệp cập nhật phải bị từ chối, và sự đồng ý của người dùng (--update-files DIR)");
    }
    Optional<RestDoor> rest = subject.rest().filter(RestDoor::signsIn);
    Optional<RestDoor.Operation> door =
        rest.flatMap(
            r ->
                r.operations().stream()
                    .filter(o -> o.takesBytes() && o.path().contains("update"))
                    .findFirst());
    if (door.isEmpty() || rest.isEmpty() || subject.given().person().isEmpty()) {
      return notes.unknown(
          "needs an account (--user) and an update door that describes itself; offer the files by the maker's way",
          "cần tài khoản (--user) và cửa cập nhật tự mô tả; hãy nạp các tệp theo cách của nhà sản xuất");
    }
    Set<UpdateFile.Kind> refused = EnumSet.noneOf(UpdateFile.Kind.class);
    for (UpdateFile one : files) {
      Outcome outcome = offer(subject, rest.get(), door.get(), one, notes);
      if (outcome == Outcome.TAKEN) {
        notes.fault("an update is taken that must be refused: " + one.kind().word());
        break;
      }
      if (outcome == Outcome.UNCLEAR) {
        return notes.unknown(
            "the door took " + one.kind().word() + " and says nothing more; see what became of it",
            "cửa nhận tệp " + one.kind().word() + " rồi không nói gì thêm; hãy xem kết quả");
      }
      refused.add(one.kind());
    }
    return verdict(files.size(), refused, notes);
  }

  private static Finding verdict(int files, Set<UpdateFile.Kind> refused, Notes notes) {
    Set<UpdateFile.Kind> missing =
        EnumSet.of(
            UpdateFile.Kind.WRONG_SIGNATURE, UpdateFile.Kind.TAMPERED, UpdateFile.Kind.OLDER);
    missing.removeAll(refused);
    if (!notes.faulty() && !missing.isEmpty()) {
      List<String> words = missing.stream().map(UpdateFile.Kind::word).toList();
      return notes.unknown(
          files + " files refused; not supplied: " + String.join(", ", words),
          "đã từ chối " + files + " tệp; chưa có tệp loại: " + String.join(", ", words));
    }
    return notes.passUnlessFaulty(
        files
            + " files refused to the owner: "
            + refused.stream().map(UpdateFile.Kind::word).toList(),
        "đã từ chối " + files + " tệp do chủ nạp");
  }

  private enum Outcome {
    REFUSED,
    TAKEN,
    UNCLEAR
  }

  private static Outcome offer(
      Subject subject, RestDoor rest, RestDoor.Operation door, UpdateFile one, Notes notes)
      throws IOException {
    Optional<RestDoor.Session> session = rest.signIn(subject.given().person().orElseThrow());
    if (session.isEmpty()) {
      throw new IOException("the account given was not let in");
    }
    Map<String, String> headers = RestDoor.headers(session.get());
    String address = door.path().replaceFirst("/[^/]*$", "");
    State before = State.of(rest, address, headers);
    Reply reply = rest.upload(door.path(), headers, Files.readAllBytes(one.file()));
    notes.exchange(one.kind().word() + ": " + one.file().getFileName(), reply);
    Outcome outcome = watch(reply.good(), subject, rest, before, headers, notes);
    if (outcome == Outcome.REFUSED) {
      rest.call("DELETE", "/session", headers, "");
    }
    return outcome;
  }

  // Some doors verify only after they have answered: the state beside the door tells.
  private static Outcome watch(
      boolean accepted,
      Subject subject,
      RestDoor rest,
      State before,
      Map<String, String> headers,
      Notes notes)
      throws IOException {
    boolean changed = false;
    for (int i = 0; i < (accepted ? LOOKS : 1); i++) {
      if (i > 0) {
        Guesses.sleep(BETWEEN);
      }
      try {
        State now = State.of(rest, before.address(), headers);
        notes.say("GET " + now.address() + ": " + Notes.printable(now.text()));
        if (!now.versions().equals(before.versions())) {
          notes.say("versions " + before.versions() + ", now " + now.versions());
          return Outcome.TAKEN;
        }
        if (!accepted || now.refusals() > before.refusals()) {
          return Outcome.REFUSED;
        }
        changed |= !now.text().equals(before.text());
      } catch (BudgetException e) {
        throw e;
      } catch (IOException e) {
        notes.say("no answer any more: " + e.getMessage());
        return subject.alive(rest.at()) ? Outcome.UNCLEAR : Outcome.TAKEN;
      }
    }
    return changed ? Outcome.TAKEN : Outcome.UNCLEAR;
  }

  /**
   * What the subject says of its updates at one moment.
   *
   * @param versions by address
   */
  private record State(String address, String text, Map<String, String> versions) {
    static State of(RestDoor rest, String address, Map<String, String> headers) throws IOException {
      return new State(
          address,
          rest.call("GET", address, headers, "").text(),
          UpdateChecks.versions(rest, headers));
    }

    long refusals() {
      return REFUSES.matcher(text).results().count();
    }
  }

  /** What the subject says its versions are, by address. */
  private static Map<String, String> versions(RestDoor rest, Map<String, String> headers)
      throws IOException {
    Map<String, String> versions = new TreeMap<>();
    for (RestDoor.Operation one : rest.named("GET", "status|version|update|info")) {
      String version =
          RestDoor.parse(rest.call("GET", one.path(), headers, "")).path("version").asText("");
      if (!version.isEmpty()) {
        versions.put(one.path(), version);
      }
    }
    return versions;
  }
}
