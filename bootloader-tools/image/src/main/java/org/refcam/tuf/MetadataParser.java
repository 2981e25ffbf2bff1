// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;

/**
 * Reads the signed part of each role (4.3 to 4.6). Fields that we do not know are passed over, as
 * the specification asks.
 */
final class MetadataParser {
  private static final Pattern SPEC_VERSION = Pattern.compile("1\\.\\d+(\\.\\d+)?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
  private static final Pattern HEX = Pattern.compile("([0-9a-f]{2})+");
  private static final Pattern HEX_PREFIX = Pattern.compile("[0-9a-f]{1,64}");
  private static final int THRESHOLD_MAX = 64;
  private static final String FAMILY_THRESHOLDS = "x-refcam-thresholds";

  private MetadataParser() {}

  static RootMetadata root(JsonObject signed) throws InvalidJsonException {
    requireHeader(signed, "root");
    Map<TopLevelRole, RoleKeys> roles = new EnumMap<>(TopLevelRole.class);
    JsonObject listed = signed.object("roles");
    for (TopLevelRole role : TopLevelRole.values()) {
      roles.put(role, roleKeys(listed.object(role.roleName())));
    }
    boolean consistent = signed.has("consistent_snapshot") && signed.flag("consistent_snapshot");
    return new RootMetadata(version(signed), expires(signed), consistent, keys(signed), roles);
  }

  static TimestampMetadata timestamp(JsonObject signed) throws InvalidJsonException {
    requireHeader(signed, "timestamp");
    MetaFile snapshot = metaFile(signed.object("meta").object("snapshot.json"));
    return new TimestampMetadata(version(signed), expires(signed), snapshot);
  }

  static SnapshotMetadata snapshot(JsonObject signed) throws InvalidJsonException {
    requireHeader(signed, "snapshot");
    Map<String, MetaFile> meta = new LinkedHashMap<>();
    for (Map.Entry<String, JsonObject> file : signed.object("meta").objects().entrySet()) {
      meta.put(file.getKey(), metaFile(file.getValue()));
    }
    return new SnapshotMetadata(version(signed), expires(signed), meta);
  }

  static TargetsMetadata targets(JsonObject signed) throws InvalidJsonException {
    requireHeader(signed, "targets");
    Map<String, TargetFile> targets = new LinkedHashMap<>();
    for (Map.Entry<String, JsonObject> file : signed.object("targets").objects().entrySet()) {
      targets.put(file.getKey(), targetFile(file.getKey(), file.getValue()));
    }
    Map<String, TufKey> keys = new LinkedHashMap<>();
    List<DelegatedRole> roles = new java.util.ArrayList<>();
    if (signed.has("delegations")) {
      JsonObject delegations = signed.object("delegations");
      keys.putAll(keys(delegations));
      for (JsonObject role : delegations.list("roles")) {
        roles.add(delegatedRole(role));
      }
    }
    return new TargetsMetadata(version(signed), expires(signed), targets, keys, roles);
  }

  private static void requireHeader(JsonObject signed, String type) throws InvalidJsonException {
    if (!signed.text("_type").equals(type)) {
      throw signed.bad("_type", type);
    }
    if (!SPEC_VERSION.matcher(signed.text("spec_version")).matches()) {
      throw signed.bad("spec_version", "1.x");
    }
  }

  private static long version(JsonObject object) throws InvalidJsonException {
    return object.number("version", 1, Long.MAX_VALUE);
  }

  private static Instant expires(JsonObject signed) throws InvalidJsonException {
    String text = signed.text("expires");
    try {
      if (DATE.matcher(text).matches()) {
        return Instant.parse(text);
      }
    } catch (DateTimeException e) {
      InvalidJsonException failure = signed.bad("expires", "a date that exists");
      failure.initCause(e);
      throw failure;
    }
    throw signed.bad("expires", "YYYY-MM-DDTHH:MM:SSZ");
  }

  private static Map<String, TufKey> keys(JsonObject holder) throws InvalidJsonException {
    Map<String, TufKey> keys = new LinkedHashMap<>();
    for (Map.Entry<String, JsonObject> key : holder.object("keys").objects().entrySet()) {
      JsonObject value = key.getValue();
      keys.put(
          key.getKey(),
          new TufKey(
              value.text("keytype"), value.text("scheme"), value.object("keyval").text("public")));
    }
    return keys;
  }

  private static RoleKeys roleKeys(JsonObject role) throws InvalidJsonException {
    List<String> keyIds = role.texts("keyids");
    if (Set.copyOf(keyIds).size() != keyIds.size()) {
      throw role.bad("keyids", "each key once");
    }
    int threshold = (int) role.number("threshold", 1, THRESHOLD_MAX);
    Map<KeyFamily, Integer> families = new EnumMap<>(KeyFamily.class);
    if (role.has(FAMILY_THRESHOLDS)) {
      JsonObject listed = role.object(FAMILY_THRESHOLDS);
      for (KeyFamily family : KeyFamily.values()) {
        families.put(family, (int) listed.number(family.label(), 0, THRESHOLD_MAX));
      }
    }
    return new RoleKeys(keyIds, threshold, families);
  }

  private static MetaFile metaFile(JsonObject file) throws InvalidJsonException {
    OptionalLong length =
        file.has("length")
            ? OptionalLong.of(file.number("length", 1, Integer.MAX_VALUE))
            : OptionalLong.empty();
    return new MetaFile(version(file), length, hashes(file));
  }

  private static TargetFile targetFile(String path, JsonObject file) throws InvalidJsonException {
    Map<String, String> hashes = hashes(file);
    if (hashes.isEmpty()) {
      throw file.bad("hashes", "at least one");
    }
    long length = file.number("length", 0, Long.MAX_VALUE);
    return file.has("custom")
        ? new TargetFile(path, length, hashes, file.object("custom").node())
        : new TargetFile(path, length, hashes);
  }

  private static Map<String, String> hashes(JsonObject file) throws InvalidJsonException {
    Map<String, String> hashes = new LinkedHashMap<>();
    if (file.has("hashes")) {
      JsonObject listed = file.object("hashes");
      for (Map.Entry<String, ?> entry : listed.node().properties()) {
        String value = listed.text(entry.getKey());
        if (!HEX.matcher(value).matches()) {
          throw listed.bad(entry.getKey(), "hexadecimal");
        }
        hashes.put(entry.getKey(), value);
      }
      if (hashes.isEmpty()) {
        throw file.bad("hashes", "at least one");
      }
    }
    return hashes;
  }

  private static DelegatedRole delegatedRole(JsonObject role) throws InvalidJsonException {
    String name = role.text("name");
    boolean topLevel =
        java.util.Arrays.stream(TopLevelRole.values()).anyMatch(r -> r.roleName().equals(name));
    if (name.isEmpty() || topLevel) {
      throw role.bad("name", "a name that no top-level role has");
    }
    if (role.has("paths") == role.has("path_hash_prefixes")) {
      throw role.bad("paths", "either paths or path_hash_prefixes");
    }
    List<String> paths = role.has("paths") ? role.texts("paths") : List.of();
    List<String> prefixes =
        role.has("path_hash_prefixes") ? role.texts("path_hash_prefixes") : List.of();
    for (String prefix : prefixes) {
      if (!HEX_PREFIX.matcher(prefix).matches()) {
        throw role.bad("path_hash_prefixes", "hexadecimal");
      }
    }
    return new DelegatedRole(name, roleKeys(role), role.flag("terminating"), paths, prefixes);
  }
}
