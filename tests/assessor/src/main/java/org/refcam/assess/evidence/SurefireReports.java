// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.refcam.assess.evidence.TestRun.Result;

/**
 * How tests last ended, by the reports that Surefire left in the tree. Of several runs of a method
 * (parameters, repetitions) the worst counts. Immutable.
 */
public final class SurefireReports {
  private final Map<String, Ended> byTest = new HashMap<>();

  /** One method's end. */
  private record Ended(Result result, FileTime at) {
    Ended worse(Ended other) {
      return severity(other.result) > severity(result) ? other : this;
    }

    private static int severity(Result result) {
      return switch (result) {
        case FAILED -> 2;
        case SKIPPED -> 1;
        default -> 0;
      };
    }
  }

  private SurefireReports() {}

  /**
   * Reads all reports of a tree.
   *
   * @throws IOException if one cannot be read; one that is half written counts as not there
   */
  public static SurefireReports of(Tree tree) throws IOException {
    SurefireReports reports = new SurefireReports();
    for (Path file : tree.reports()) {
      try (InputStream in = Files.newInputStream(file)) {
        reports.read(in, Files.getLastModifiedTime(file));
      } catch (XMLStreamException e) {
        // The run that writes it is under way: its tests are not run as long as it is not whole.
        continue;
      }
    }
    return reports;
  }

  private void read(InputStream in, FileTime at) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(in);
    Map<String, Ended> read = new HashMap<>();
    String test = "";
    Result result = Result.PASSED;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "testcase" -> {
            test = key(attribute(xml, "classname"), attribute(xml, "name"));
            result = Result.PASSED;
          }
          case "failure", "error" -> result = Result.FAILED;
          case "skipped" -> result = Result.SKIPPED;
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
        read.merge(test, new Ended(result, at), Ended::worse);
      }
    }
    byTest.putAll(read);
  }

  private static String attribute(XMLStreamReader xml, String name) {
    return String.valueOf(xml.getAttributeValue(null, name));
  }

  private static String key(String type, String method) {
    return type + "#" + method.replaceAll("[({\\[].*$", "").strip();
  }

  /**
   * A method's last end.
   *
   * @param source the test's file
   * @param owners below the top of the tree, what it tests; a change of these or of the test makes
   *     an older report stale
   */
  public TestRun find(Tree tree, Path source, String type, String method, List<String> owners)
      throws IOException {
    Optional<Ended> ended = Optional.ofNullable(byTest.get(key(type, method)));
    String file = tree.name(source);
    if (ended.isEmpty()) {
      return new TestRun(file, type, method, Result.NOT_RUN, "");
    }
    boolean stale = changedAfter(source, ended.get().at());
    for (String owner : owners) {
      stale |= changedAfter(tree.top().resolve(owner), ended.get().at());
    }
    Result result = stale ? Result.STALE : ended.get().result();
    String at = ended.get().at().toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new TestRun(file, type, method, result, at);
  }

  private static boolean changedAfter(Path file, FileTime at) throws IOException {
    return Files.getLastModifiedTime(file).compareTo(at) > 0;
  }
}
