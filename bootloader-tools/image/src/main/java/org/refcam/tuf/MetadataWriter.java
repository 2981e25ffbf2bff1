// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.refcam.json.CanonicalJson;
import org.refcam.json.InvalidJsonException;

/**
 * The signing side: metadata values into files. The same values and signatures give the same bytes.
 * Stateless.
 */
public final class MetadataWriter {
  /** The version of the specification that we write. */
  public static final String SPEC_VERSION = "1.0.34";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MetadataWriter() {}

  /**
   * Writes a file with one signature of each signer.
   *
   * @throws IOException if a key cannot be used
   */
  public static byte[] write(Metadata metadata, List<? extends MetadataSigner> signers)
      throws IOException {
    return write(toJson(metadata), signers);
  }

  /** Signs any body; tests make their malformed metadata with it. */
  static byte[] write(ObjectNode signed, List<? extends MetadataSigner> signers)
      throws IOException {
    byte[] canonical = canonical(signed);
    ObjectNode file = NODES.objectNode();
    ArrayNode signatures = file.putArray("signatures");
    for (MetadataSigner signer : signers) {
      TufKey key = signer.key();
      KeyScheme scheme =
          key.knownScheme()
              .orElseThrow(() -> new IllegalArgumentException("scheme " + key.scheme()));
      byte[] signature = signer.sign(Signatures.signedBytes(scheme, canonical));
      signatures
          .addObject()
          .put("keyid", key.keyId())
          .put("sig", HexFormat.of().formatHex(signature));
    }
    file.set("signed", signed);
    return bytes(file);
  }

  static ObjectNode toJson(Metadata metadata) {
    if (metadata instanceof RootMetadata root) {
      return root(root);
    } else if (metadata instanceof TimestampMetadata timestamp) {
      ObjectNode json = header(timestamp, "timestamp");
      json.putObject("meta").set("snapshot.json", metaFile(timestamp.snapshot()));
      return json;
    } else if (metadata instanceof SnapshotMetadata snapshot) {
      ObjectNode json = header(snapshot, "snapshot");
      ObjectNode meta = json.putObject("meta");
      new TreeMap<>(snapshot.meta()).forEach((name, file) -> meta.set(name, metaFile(file)));
      return json;
    }
    return targets((TargetsMetadata) metadata);
  }

  private static ObjectNode root(RootMetadata root) {
    ObjectNode json = header(root, "root");
    json.put("consistent_snapshot", root.consistentSnapshot());
    json.set("keys", keys(root.keys()));
    ObjectNode roles = json.putObject("roles");
    for (TopLevelRole role : TopLevelRole.values()) {
      roles.set(role.roleName(), roleKeys(root.role(role), NODES.objectNode()));
    }
    return json;
  }

  private static ObjectNode targets(TargetsMetadata targets) {
    ObjectNode json = header(targets, "targets");
    ObjectNode files = json.putObject("targets");
    targets.targets().forEach((path, file) -> files.set(path, targetFile(file)));
    if (!targets.delegations().isEmpty()) {
      ObjectNode delegations = json.putObject("delegations");
      delegations.set("keys", keys(targets.delegationKeys()));
      ArrayNode roles = delegations.putArray("roles");
      targets.delegations().forEach(role -> roles.add(delegatedRole(role)));
    }
    return json;
  }

  private static ObjectNode header(Metadata metadata, String type) {
    return NODES
        .objectNode()
        .put("_type", type)
        .put("spec_version", SPEC_VERSION)
        .put("version", metadata.version())
        .put("expires", metadata.expires().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static ObjectNode keys(Map<String, TufKey> keys) {
    ObjectNode json = NODES.objectNode();
    new TreeMap<>(keys).forEach((id, key) -> json.set(id, key.toJson()));
    return json;
  }

  private static ObjectNode roleKeys(RoleKeys role, ObjectNode json) {
    texts(json.putArray("keyids"), role.keyIds());
    json.put("threshold", role.threshold());
    if (!role.familyThresholds().isEmpty()) {
      ObjectNode families = json.putObject("x-refcam-thresholds");
      new EnumMap<>(role.familyThresholds())
          .forEach((family, threshold) -> families.put(family.label(), threshold));
    }
    return json;
  }

  private static ObjectNode metaFile(MetaFile file) {
    ObjectNode json = NODES.objectNode();
    if (!file.hashes().isEmpty()) {
      json.set("hashes", hashes(file.hashes()));
    }
    file.length().ifPresent(length -> json.put("length", length));
    return json.put("version", file.version());
  }

  private static ObjectNode targetFile(TargetFile file) {
    ObjectNode json = NODES.objectNode();
    if (!file.custom().isEmpty()) {
      json.set("custom", file.custom());
    }
    json.set("hashes", hashes(file.hashes()));
    return json.put("length", file.length());
  }

  private static ObjectNode hashes(Map<String, String> hashes) {
    ObjectNode json = NODES.objectNode();
    new TreeMap<>(hashes).forEach(json::put);
    return json;
  }

  private static ObjectNode delegatedRole(DelegatedRole role) {
    ObjectNode json = roleKeys(role.keys(), NODES.objectNode().put("name", role.name()));
    json.put("terminating", role.terminating());
    boolean byHash = !role.pathHashPrefixes().isEmpty();
    texts(
        json.putArray(byHash ? "path_hash_prefixes" : "paths"),
        byHash ? role.pathHashPrefixes() : role.paths());
    return json;
  }

  private static void texts(ArrayNode array, Collection<String> texts) {
    texts.forEach(array::add);
  }

  private static byte[] canonical(ObjectNode signed) {
    try {
      return CanonicalJson.encode(signed);
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException("metadata without a canonical form", e);
    }
  }

  private static byte[] bytes(ObjectNode file) {
    try {
      return (MAPPER.writeValueAsString(file) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values always has a text", e);
    }
  }
}
