// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.refcam.assess.reach.BudgetException;

/**
 * How fast each door lets anyone guess. Comes last: a camera that limits guessing has locked a name
 * by then, which is why the name is made up unless the user names one.
 *
 * <p>Guesses per day of a door are those it took before it locked, once per lock; without a lock,
 * what was measured, for a day. A year of them has to stay below one in a hundred of the passwords
 * a guesser would have to try.
 */
final class GuessChecks {
  private static final int MOST = 15;
  private static final double DAY = 86_400;
  private static final String EN = "%s: %.0f guesses a day, %.2f %% of %.0g passwords a year";
  private static final String VI = "%s: %.0f lần đoán một ngày, %.2f %% của %.0g mật khẩu một năm";

  private static final double SHARE_MAX = 0.01;

  private GuessChecks() {}

  /**
   * What one door showed.
   *
   * @param looked guesses that the door looked at
   * @param lockSeconds -1 if it did not lock, 0 if it locked for an unknown time
   */
  record Measured(int looked, double seconds, long lockSeconds) {
    boolean locked() {
      return lockSeconds >= 0;
    }

    double perDay() {
      return locked()
          ? looked * DAY / Math.max(1, lockSeconds)
          : looked * DAY / Math.max(0.001, seconds);
    }
  }

  static List<Check> all() {
    return List.of(
        Check.of(
            "guess.limit",
            "Guessing is limited at every door",
            "Mọi cửa đều hạn chế dò mật khẩu",
            GuessChecks::limit),
        Check.of(
            "guess.lockout724",
            "5 failures lock for 5 minutes",
            "Sai 5 lần khóa 5 phút",
            GuessChecks::lockout));
  }

  private static Map<String, Measured> measure(Subject subject, Notes notes) throws IOException {
    Map<String, Measured> all = subject.guesses().measured();
    if (!all.isEmpty()) {
      all.forEach((door, seen) -> notes.say(door + ": " + seen + ", measured once for all checks"));
      return all;
    }
    List<Door> doors = Doors.of(subject);
    for (Door door : doors) {
      String user =
          subject.given().guessUser().isEmpty()
              ? "lab-" + subject.nonce()
              : subject.given().guessUser();
      one(subject, door, doors, user, notes).ifPresent(seen -> all.put(door.name(), seen));
    }
    return all;
  }

  private static Optional<Measured> one(
      Subject subject, Door door, List<Door> doors, String user, Notes notes) throws IOException {
    long begin = System.nanoTime();
    int looked = 0;
    int odd = 0;
    for (int i = 0; i < MOST && odd < 2; i++) {
      Door.Attempt attempt;
      try {
        attempt = door.attempt(user, "wrong-" + subject.nonce());
      } catch (BudgetException e) {
        throw e;
      } catch (IOException e) {
        notes.say(door.name() + " broke off: " + e.getMessage());
        odd++;
        continue;
      }
      notes.say(
          door.name()
              + " guess "
              + (i + 1)
              + ": "
              + attempt.outcome()
              + " "
              + attempt.status()
              + " retry after "
              + attempt.retryAfter());
      if (attempt.outcome() == Door.Outcome.LOCKED && looked == 0 && attempt.retryAfter() < 0) {
        notes.say(door.name() + " is closed to everyone");
        return Optional.empty();
      }
      if (attempt.outcome() == Door.Outcome.LOCKED) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return Optional.of(
            new Measured(looked, seconds, lockSeconds(attempt, door, doors, user, subject, notes)));
      }
      looked++;
    }
    return Optional.of(new Measured(looked, (System.nanoTime() - begin) / 1e9, -1));
  }

  // RTSP has no way to say how long; another door may say it of the same name.
  private static long lockSeconds(
      Door.Attempt attempt, Door door, List<Door> doors, String user, Subject subject, Notes notes)
      throws IOException {
    if (attempt.retryAfter() >= 0) {
      return attempt.retryAfter();
    }
    for (Door other : doors) {
      if (other != door) {
        try {
          Door.Attempt seen = other.attempt(user, "wrong-" + subject.nonce());
          notes.say(
              other.name()
                  + " of the same name: "
                  + seen.outcome()
                  + " retry after "
                  + seen.retryAfter());
          if (seen.outcome() == Door.Outcome.LOCKED && seen.retryAfter() >= 0) {
            return seen.retryAfter();
          }
        } catch (BudgetException e) {
          throw e;
        } catch (IOException e) {
          notes.say(other.name() + " broke off: " + e.getMessage());
        }
      }
    }
    return 0;
  }

  private static Finding limit(Subject subject, Notes notes) throws IOException {
    Map<String, Measured> all = measure(subject, notes);
    if (all.isEmpty()) {
      return noDoor(subject, notes);
    }
    List<String> open = new ArrayList<>();
    List<String> en = new ArrayList<>();
    List<String> vi = new ArrayList<>();
    double keySpace = subject.given().keySpace();
    all.forEach(
        (door, seen) -> {
          if (seen.locked() && seen.lockSeconds() == 0) {
            open.add(door);
            return;
          }
          double perDay = seen.perDay();
          double share = perDay * 365 / keySpace;
          String figure = figure(EN, door, perDay, share, keySpace);
          notes.say(figure);
          en.add(figure);
          vi.add(figure(VI, door, perDay, share, keySpace));
          if (share > SHARE_MAX) {
            notes.fault(figure);
          }
        });
    if (!notes.faulty() && !open.isEmpty()) {
      return notes.unknown(
          "locks, but does not say for how long: " + String.join(", ", open) + "; time it by hand",
          "có khóa nhưng không nói bao lâu: " + String.join(", ", open) + "; hãy đo bằng tay");
    }
    return notes.passUnlessFaulty(
        String.join("; ", en) + " (from one address)", String.join("; ", vi) + " (từ một địa chỉ)");
  }

  private static String figure(
      String words, String door, double perDay, double share, double keySpace) {
    return String.format(Locale.ROOT, words, door, perDay, share * 100, keySpace);
  }

  private static Finding noDoor(Subject subject, Notes notes) throws IOException {
    return Doors.of(subject).isEmpty()
        ? notes.notApplicable(
            "no door of the subject asked for a password",
            "không cửa nào của thiết bị đòi mật khẩu")
        : notes.unknown(
            "the doors are closed to everyone; set the camera up and run again",
            "các cửa đang đóng với mọi người; hãy thiết lập camera rồi chạy lại");
  }

  private static Finding lockout(Subject subject, Notes notes) throws IOException {
    Map<String, Measured> all = measure(subject, notes);
    if (all.isEmpty()) {
      return noDoor(subject, notes);
    }
    List<String> open = new ArrayList<>();
    all.forEach(
        (door, seen) -> {
          boolean five = seen.looked() >= 4 && seen.looked() <= 5;
          if (seen.locked() && five && seen.lockSeconds() == 0) {
            open.add(door);
          } else if (!seen.locked() || !five || Math.abs(seen.lockSeconds() - 300) > 15) {
            notes.fault(
                door
                    + ": "
                    + seen.looked()
                    + " guesses looked at, then "
                    + (seen.locked() ? "locked for " + seen.lockSeconds() + " s" : "no lock"));
          }
        });
    if (!notes.faulty() && !open.isEmpty()) {
      return notes.unknown(
          "the time of the lock is not told at " + String.join(", ", open),
          "chưa rõ thời gian khóa ở " + String.join(", ", open));
    }
    return notes.passUnlessFaulty(
        "5 failures lock for about 300 s at " + all.size() + " doors",
        "sai 5 lần khóa khoảng 300 giây ở " + all.size() + " cửa");
  }
}
