// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.refcam.board.InvalidBoardException.Reason;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Checks board files against {@code board-configs/board.schema.json}, which is built in, and says
 * in which line each fault is. Stateless.
 */
public final class BoardSchema {
  private static final int CODE_POINTS_MAX = 64 * 1024;
  private static final JsonNode SCHEMA = load();

  private BoardSchema() {}

  /** All faults of a board file, in its own order; none if it is good. */
  public static List<Violation> check(String yaml) {
    List<Violation> faults = new ArrayList<>();
    try {
      Optional<Node> root = new Compose(settings()).composeString(yaml);
      if (root.isEmpty()) {
        return List.of(new Violation(Reason.SYNTAX, "file", 0, "expected a mapping"));
      }
      new SchemaCheck(SCHEMA, faults).check(root.get());
    } catch (YamlEngineException e) {
      faults.add(syntax(e));
    }
    return List.copyOf(faults);
  }

  static LoadSettings settings() {
    return LoadSettings.builder()
        .setLabel("board.yaml")
        .setCodePointLimit(CODE_POINTS_MAX)
        .setAllowDuplicateKeys(false)
        .setMaxAliasesForCollections(0)
        .build();
  }

  static Violation syntax(YamlEngineException e) {
    int line = 0;
    String problem = String.valueOf(e.getMessage());
    if (e instanceof MarkedYamlEngineException marked) {
      line = marked.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      problem = String.valueOf(marked.getProblem());
    }
    return new Violation(Reason.SYNTAX, "file", line, problem);
  }

  private static JsonNode load() {
    try (InputStream in = BoardSchema.class.getResourceAsStream("board.schema.json")) {
      if (in == null) {
        throw new AssertionError("the schema is built in");
      }
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError("the schema that is built in is JSON", e);
    }
  }
}
