// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The last commit of a tree, as far as Git's own files tell it. Stateless. */
final class Commit {
  private static final String REFERENCE = "ref: ";
  private static final String ELSEWHERE = "gitdir: ";

  private Commit() {}

  /** Its number, or words that say that it is unknown; changes on top of it are not looked for. */
  static String of(Tree tree) throws IOException {
    Path git = tree.top().resolve(".git");
    if (Files.isRegularFile(git)) {
      String text = Files.readString(git).strip();
      git =
          text.startsWith(ELSEWHERE) ? tree.top().resolve(text.substring(ELSEWHERE.length())) : git;
    }
    Path head = git.resolve("HEAD");
    if (!Files.isRegularFile(head)) {
      return "unknown: the tree has no commits";
    }
    String text = Files.readString(head).strip();
    if (!text.startsWith(REFERENCE)) {
      return text;
    }
    String name = text.substring(REFERENCE.length());
    Path shared = git.resolve("commondir");
    Path common = Files.isRegularFile(shared) ? git.resolve(Files.readString(shared).strip()) : git;
    Path loose = common.resolve(name);
    return Files.isRegularFile(loose) ? Files.readString(loose).strip() : packed(common, name);
  }

  private static String packed(Path git, String name) throws IOException {
    Path file = git.resolve("packed-refs");
    if (Files.isRegularFile(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.endsWith(" " + name)) {
          return line.substring(0, line.indexOf(' '));
        }
      }
    }
    return "unknown: " + name;
  }
}
