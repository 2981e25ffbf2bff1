// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.ByteWriter;
import org.refcam.bytes.TruncatedException;
import org.sqlite.SQLiteConnection;

/**
 * The index: an SQLite database that exists in memory only. The vault keeps it in the sealed log
 * {@code index}, whose snapshot is the database's pages as SQLite serialises them and whose records
 * are clips that ended. Every row follows from the segments and the key table, so that a lost index
 * is made again.
 *
 * <p>Deleted rows are overwritten (secure_delete) and the snapshot is vacuumed, so that an erased
 * clip leaves nothing in a free page. Confined to the vault's lock.
 */
final class Index implements AutoCloseable {
  /** The log's name. */
  static final String NAME = "index";

  /** The longest record: a clip with as many events as it may have. */
  static final int LARGEST_RECORD = ChunkCipher.LARGEST_PLAINTEXT;

  private static final String[] SCHEMA = {
    "CREATE TABLE IF NOT EXISTS clip (id BLOB PRIMARY KEY, stream TEXT NOT NULL,"
        + " cause INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
        + " bytes INTEGER NOT NULL, pictures INTEGER NOT NULL, state INTEGER NOT NULL,"
        + " held INTEGER NOT NULL, thumbnail INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS clip_first ON clip (stream, first)",
    "CREATE INDEX IF NOT EXISTS clip_last ON clip (last)",
    "CREATE TABLE IF NOT EXISTS event (clip BLOB NOT NULL, kind TEXT NOT NULL,"
        + " first INTEGER NOT NULL, last INTEGER NOT NULL, detail TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS event_clip ON event (clip)"
  };

  private final SQLiteConnection connection;

  private Index(SQLiteConnection connection) {
    this.connection = connection;
  }

  static Index empty() throws IOException {
    return open(Optional.empty());
  }

  /** The database of a snapshot that authenticated. */
  static Index of(byte[] snapshot) throws IOException {
    return open(Optional.of(snapshot));
  }

  private static Index open(Optional<byte[]> snapshot) throws IOException {
    try {
      Connection made = DriverManager.getConnection("jdbc:sqlite::memory:");
      try {
        SQLiteConnection connection = made.unwrap(SQLiteConnection.class);
        if (snapshot.isPresent()) {
          connection.deserialize("main", snapshot.get());
        }
        try (Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA temp_store = MEMORY");
          statement.execute("PRAGMA journal_mode = MEMORY");
          statement.execute("PRAGMA secure_delete = ON");
          for (String table : SCHEMA) {
            statement.execute(table);
          }
        }
        return new Index(connection);
      } catch (SQLException e) {
        made.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("the index's database cannot be opened", e);
    }
  }

  /** The database's pages, without free ones. */
  byte[] snapshot() {
    return with(
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM");
          }
          return connection.serialize("main");
        });
  }

  /** The pages of a copy in which some clips are missing. */
  byte[] snapshotWithout(Collection<ClipId> clips) throws IOException {
    if (clips.isEmpty()) {
      return snapshot();
    }
    try (Index copy = of(snapshot())) {
      copy.delete(clips);
      return copy.snapshot();
    }
  }

  /** Adds or replaces a clip and its events. */
  void put(ClipInfo clip, List<ClipEvent> events) {
    with(
        () -> {
          connection.setAutoCommit(false);
          try {
            replace(clip, events);
            connection.commit();
          } catch (SQLException e) {
            connection.rollback();
            throw e;
          } finally {
            connection.setAutoCommit(true);
          }
          return 0;
        });
  }

  private void replace(ClipInfo clip, List<ClipEvent> events) throws SQLException {
    try (PreparedStatement put =
            connection.prepareStatement(
                "INSERT OR REPLACE INTO clip VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        PreparedStatement clear = connection.prepareStatement("DELETE FROM event WHERE clip = ?");
        PreparedStatement add =
            connection.prepareStatement("INSERT INTO event VALUES (?, ?, ?, ?, ?)")) {
      put.setBytes(1, clip.id().bytes());
      put.setString(2, clip.stream());
      put.setInt(3, clip.trigger().ordinal());
      put.setLong(4, Micros.of(clip.start()));
      put.setLong(5, Micros.of(clip.end()));
      put.setLong(6, clip.bytes());
      put.setInt(7, clip.pictures());
      put.setInt(8, clip.state().ordinal());
      put.setBoolean(9, clip.held());
      put.setBoolean(10, clip.thumbnail());
      put.executeUpdate();
      clear.setBytes(1, clip.id().bytes());
      clear.executeUpdate();
      for (ClipEvent event : events) {
        add.setBytes(1, clip.id().bytes());
        add.setString(2, event.kind());
        add.setLong(3, Micros.of(event.start()));
        add.setLong(4, Micros.of(event.end()));
        add.setString(5, event.detail());
        add.executeUpdate();
      }
    }
  }

  void delete(Collection<ClipId> clips) {
    with(
        () -> {
          connection.setAutoCommit(false);
          try (PreparedStatement clip =
                  connection.prepareStatement("DELETE FROM clip WHERE id = ?");
              PreparedStatement event =
                  connection.prepareStatement("DELETE FROM event WHERE clip = ?")) {
            for (ClipId id : clips) {
              clip.setBytes(1, id.bytes());
              clip.executeUpdate();
              event.setBytes(1, id.bytes());
              event.executeUpdate();
            }
            connection.commit();
          } finally {
            connection.setAutoCommit(true);
          }
          return 0;
        });
  }

  Optional<ClipInfo> find(ClipId clip) {
    return query("SELECT * FROM clip WHERE id = ?", clip.bytes()).stream().findFirst();
  }

  List<ClipInfo> all() {
    return query("SELECT * FROM clip");
  }

  /** Clips of a stream that touch a range, in order of time. */
  List<ClipInfo> inRange(String stream, Instant from, Instant to) {
    return query(
        "SELECT * FROM clip WHERE stream = ? AND first < ? AND last > ? ORDER BY first, last",
        stream,
        Micros.nearest(to),
        Micros.nearest(from));
  }

  /** Clips of any stream that touch a range, in order of time. */
  List<ClipInfo> inRange(Instant from, Instant to) {
    return query(
        "SELECT * FROM clip WHERE first < ? AND last > ? ORDER BY first, last",
        Micros.nearest(to),
        Micros.nearest(from));
  }

  /** Clips that ended, are not held, oldest first. */
  List<ClipInfo> oldest(int most) {
    return query(
        "SELECT * FROM clip WHERE held = 0 AND state <> ? ORDER BY last LIMIT ?",
        ClipState.RECORDING.ordinal(),
        most);
  }

  /** Clips of a stream that end after a moment, in order of time. */
  List<ClipInfo> following(String stream, Instant after, int most) {
    return query(
        "SELECT * FROM clip WHERE stream = ? AND last > ? ORDER BY first, last LIMIT ?",
        stream,
        Micros.nearest(after),
        most);
  }

  /** Clips of a stream that begin before a moment, the newest first. */
  List<ClipInfo> preceding(String stream, Instant before, int most) {
    return query(
        "SELECT * FROM clip WHERE stream = ? AND first < ? ORDER BY first DESC, last DESC LIMIT ?",
        stream,
        Micros.nearest(before),
        most);
  }

  /** From the first picture of a stream to the end of the last; empty without one. */
  Optional<RecordedSpan> span(String stream) {
    return with(
        () -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT MIN(first), MAX(last), COUNT(*) FROM clip WHERE stream = ?")) {
            select.setString(1, stream);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return row.getInt(3) == 0
                  ? Optional.empty()
                  : Optional.of(
                      new RecordedSpan(
                          Micros.instant(row.getLong(1)), Micros.instant(row.getLong(2))));
            }
          }
        });
  }

  int count() {
    return with(
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM clip")) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  long totalBytes() {
    return with(
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT TOTAL(bytes) FROM clip")) {
            row.next();
            return (long) row.getDouble(1);
          }
        });
  }

  List<String> streams() {
    return with(
        () -> {
          List<String> names = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT DISTINCT stream FROM clip ORDER BY stream")) {
            while (row.next()) {
              names.add(row.getString(1));
            }
          }
          return names;
        });
  }

  /** Events of a clip, in order of time. */
  List<ClipEvent> events(ClipId clip) {
    return with(
        () -> {
          List<ClipEvent> events = new ArrayList<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT kind, first, last, detail FROM event WHERE clip = ? ORDER BY first")) {
            select.setBytes(1, clip.bytes());
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                events.add(
                    new ClipEvent(
                        row.getString(1),
                        Micros.instant(row.getLong(2)),
                        Micros.instant(row.getLong(3)),
                        row.getString(4)));
              }
            }
          }
          return events;
        });
  }

  private List<ClipInfo> query(String sql, Object... values) {
    return with(
        () -> {
          List<ClipInfo> clips = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              if (values[i] instanceof byte[] bytes) {
                select.setBytes(i + 1, bytes);
              } else {
                select.setObject(i + 1, values[i]);
              }
            }
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                clips.add(clip(row));
              }
            }
          }
          return clips;
        });
  }

  private static ClipInfo clip(ResultSet row) throws SQLException {
    return new ClipInfo(
        ClipId.of(row.getBytes("id")),
        row.getString("stream"),
        Trigger.values()[row.getInt("cause")],
        Micros.instant(row.getLong("first")),
        Micros.instant(row.getLong("last")),
        row.getLong("bytes"),
        row.getInt("pictures"),
        ClipState.values()[row.getInt("state")],
        row.getBoolean("held"),
        row.getBoolean("thumbnail"));
  }

  /**
   * A clip as a record of the log.
   *
   * <pre>
   *   | clip 16 | state u8 | bytes u64 | head: u16, as chunk 0 | summary, as the final chunk |
   * </pre>
   */
  static byte[] record(ClipId clip, ClipState state, long bytes, ClipHead head, byte[] summary) {
    byte[] said = head.encode();
    return new ByteWriter()
        .raw(clip.bytes())
        .u8(state.ordinal())
        .u64(bytes)
        .u16(said.length)
        .raw(said)
        .raw(ByteBuffer.wrap(summary))
        .toByteArray();
  }

  /**
   * Applies a record.
   *
   * @throws TruncatedException if bytes end early
   * @throws IllegalArgumentException if a value is out of its range
   */
  void apply(byte[] record) throws TruncatedException {
    ByteReader in = new ByteReader(record);
    ClipId id = ClipId.of(in.raw(ClipId.BYTES));
    int state = in.u8();
    long bytes = in.u64();
    ClipHead head = ClipHead.parse(in.raw(in.u16()));
    SegmentSummary summary = SegmentSummary.parse(in.raw(in.remaining()));
    if (state >= ClipState.values().length) {
      throw new IllegalArgumentException("state " + state);
    }
    put(summary.info(id, head.start(), ClipState.values()[state], bytes, false), summary.events());
  }

  @Override
  public void close() {
    with(
        () -> {
          connection.close();
          return 0;
        });
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  /** Memory is all that a database in memory can lack. */
  private static <T> T with(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw new IllegalStateException("the index's database in memory failed", e);
    }
  }
}
