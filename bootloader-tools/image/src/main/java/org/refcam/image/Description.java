// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.refcam.image.BundleImage.Compression;
import org.refcam.image.InvalidBundleException.Reason;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;

/**
 * {@code sw-description} in JSON.
 *
 * <pre>
 *   {"software": {
 *      "version": "1.2.3", "description": "...",
 *      "refcam-security-version": 7, "refcam-canonical": true,
 *      BOARD: {"hardware-compatibility": ["1.0"],
 *              "images": [{"filename": F, "name": N, "type": "raw", "sha256": H,
 *                          "compressed": "zstd",
 *                          "properties": {"content-length": "123", "content-sha256": H,
 *                                         "verity-root": H, "verity-offset": "123"}}]}}}
 * </pre>
 *
 * <p>The {@code refcam-} fields and the properties are ours; SWUpdate passes over them. Scripts,
 * loose files, partitions and boot loader settings are refused: a camera runs nothing of a bundle
 * and writes images alone.
 */
final class Description {
  static final String FILE = "sw-description";
  static final String SIGNATURE_FILE = "sw-description.sig";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
  private static final Pattern BOARD = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final int TEXT_MAX = 2000;
  private static final Set<String> OWN_FIELDS =
      Set.of("version", "description", "refcam-security-version", "refcam-canonical");
  private static final Set<String> BOARD_FIELDS = Set.of("hardware-compatibility", "images");

  private Description() {}

  /**
   * @throws InvalidBundleException DESCRIPTION, TOO_LARGE
   */
  static BundleManifest parse(byte[] bytes, BundleLimits limits) throws InvalidBundleException {
    try {
      return manifest(
          JsonText.parseObject(bytes, limits.descriptionBytes()).object("software"), limits);
    } catch (InvalidJsonException e) {
      throw new InvalidBundleException(Reason.DESCRIPTION, FILE + ": " + e.getMessage(), e);
    }
  }

  private static BundleManifest manifest(JsonObject software, BundleLimits limits)
      throws InvalidJsonException {
    String version = software.text("version");
    if (!VERSION.matcher(version).matches()) {
      throw software.bad("version", "letters, digits and . _ + -");
    }
    String description = software.findText("description").orElse("");
    if (description.length() > TEXT_MAX) {
      throw software.bad("description", "at most " + TEXT_MAX + " characters");
    }
    long securityVersion =
        software.has("refcam-security-version")
            ? software.number("refcam-security-version", 0, Integer.MAX_VALUE)
            : 0;
    boolean canonical = software.has("refcam-canonical") && software.flag("refcam-canonical");
    List<BoardSoftware> boards = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : software.node().properties()) {
      if (!OWN_FIELDS.contains(field.getKey())) {
        boards.add(board(field.getKey(), software, limits));
      }
    }
    if (boards.isEmpty()) {
      throw software.bad("software", "at least one board");
    }
    requireOneHashPerFile(software, boards);
    return new BundleManifest(version, securityVersion, description, canonical, boards);
  }

  private static BoardSoftware board(String id, JsonObject software, BundleLimits limits)
      throws InvalidJsonException {
    if (!BOARD.matcher(id).matches()) {
      throw software.bad(id, "a board id or a field that we know");
    }
    JsonObject board = software.object(id);
    for (Map.Entry<String, JsonNode> field : board.node().properties()) {
      if (!BOARD_FIELDS.contains(field.getKey())) {
        throw board.bad(field.getKey(), "only " + BOARD_FIELDS);
      }
    }
    List<BundleImage> images = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonObject image : board.list("images")) {
      images.add(image(image, limits));
      if (!names.add(images.get(images.size() - 1).fileName())) {
        throw image.bad("filename", "each file once");
      }
    }
    if (images.isEmpty()) {
      throw board.bad("images", "at least one");
    }
    return new BoardSoftware(id, board.texts("hardware-compatibility"), images);
  }

  private static BundleImage image(JsonObject image, BundleLimits limits)
      throws InvalidJsonException {
    String fileName = image.text("filename");
    if (!image.text("type").equals("raw")) {
      throw image.bad("type", "raw");
    }
    Optional<JsonObject> properties =
        image.has("properties") ? Optional.of(image.object("properties")) : Optional.empty();
    try {
      return new BundleImage(
          fileName,
          image.findText("name").orElse(fileName),
          image.text("sha256"),
          compression(image),
          length(properties, "content-length", limits),
          property(properties, "content-sha256"),
          property(properties, "verity-root"),
          length(properties, "verity-offset", limits));
    } catch (IllegalArgumentException e) {
      InvalidJsonException failure = image.bad("filename", String.valueOf(e.getMessage()));
      failure.initCause(e);
      throw failure;
    }
  }

  private static Compression compression(JsonObject image) throws InvalidJsonException {
    if (!image.has("compressed")) {
      return Compression.NONE;
    }
    if (!image.text("compressed").equals("zstd")) {
      throw image.bad("compressed", "zstd");
    }
    return Compression.ZSTD;
  }

  private static OptionalLong length(
      Optional<JsonObject> properties, String name, BundleLimits limits)
      throws InvalidJsonException {
    Optional<String> text = property(properties, name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!DIGITS.matcher(text.get()).matches() || Long.parseLong(text.get()) > limits.imageBytes()) {
      throw properties.orElseThrow().bad(name, "up to " + limits.imageBytes());
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }

  private static Optional<String> property(Optional<JsonObject> properties, String name)
      throws InvalidJsonException {
    return properties.isEmpty() ? Optional.empty() : properties.get().findText(name);
  }

  /** Two boards may share a file, but then they must mean the same bytes. */
  private static void requireOneHashPerFile(JsonObject software, List<BoardSoftware> boards)
      throws InvalidJsonException {
    Map<String, String> hashes = new java.util.HashMap<>();
    for (BoardSoftware board : boards) {
      for (BundleImage image : board.images()) {
        String before = hashes.putIfAbsent(image.fileName(), image.sha256());
        if (before != null && !before.equals(image.sha256())) {
          throw software.bad(board.board(), "one sha256 for " + image.fileName());
        }
      }
    }
  }

  /** The description of a manifest; {@link #parse} gives it back. */
  static byte[] encode(BundleManifest manifest) {
    ObjectNode software = JsonNodeFactory.instance.objectNode();
    software.put("version", manifest.version());
    software.put("description", manifest.description());
    software.put("refcam-security-version", manifest.securityVersion());
    software.put("refcam-canonical", manifest.canonical());
    for (BoardSoftware board : manifest.boards()) {
      ObjectNode node = software.putObject(board.board());
      ArrayNode revisions = node.putArray("hardware-compatibility");
      board.revisions().forEach(revisions::add);
      ArrayNode images = node.putArray("images");
      board.images().forEach(image -> images.add(encode(image)));
    }
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("software", software);
    try {
      return (MAPPER.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values always has a text", e);
    }
  }

  private static ObjectNode encode(BundleImage image) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("filename", image.fileName());
    json.put("name", image.name());
    json.put("type", "raw");
    json.put("sha256", image.sha256());
    if (image.compression() == Compression.ZSTD) {
      json.put("compressed", "zstd");
    }
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    image.contentLength().ifPresent(n -> properties.put("content-length", Long.toString(n)));
    image.contentSha256().ifPresent(hash -> properties.put("content-sha256", hash));
    image.verityRoot().ifPresent(hash -> properties.put("verity-root", hash));
    image.verityOffset().ifPresent(n -> properties.put("verity-offset", Long.toString(n)));
    if (!properties.isEmpty()) {
      json.set("properties", properties);
    }
    return json;
  }
}
