// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.refcam.identity.keystore.Keystore;
import org.refcam.onvif.events.Topic;

/** The document's table and constants are those of the code. */
class OnvifDocumentTest {
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry(Namespaces.TDS, "tds"),
          Map.entry(Namespaces.TRT, "trt"),
          Map.entry(Namespaces.TR2, "tr2"),
          Map.entry(Namespaces.TEV, "tev"),
          Map.entry(Namespaces.WSNT, "wsnt"),
          Map.entry(Namespaces.TIMG, "timg"),
          Map.entry(Namespaces.TRC, "trc"),
          Map.entry(Namespaces.TSE, "tse"),
          Map.entry(Namespaces.TRP, "trp"),
          Map.entry(Namespaces.TAS, "tas"),
          Map.entry(Namespaces.TMD, "tmd"),
          Map.entry(Namespaces.TAN, "tan"));

  private static String document() throws IOException {
    return Files.readString(Path.of("doc/onvif.md"));
  }

  @Test
  void table_saysYesExactlyToWhatIsThere() throws IOException {
    Pattern row = Pattern.compile("(?m)^\\| [STG] \\| `(\\w+:\\w+)` \\| \\w+ \\| (yes|no) \\|");
    Set<String> yes = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    Matcher matcher = row.matcher(document());
    while (matcher.find()) {
      assertThat(all.add(matcher.group(1))).as("twice: " + matcher.group(1)).isTrue();
      if (matcher.group(2).equals("yes")) {
        yes.add(matcher.group(1));
      }
    }
    Set<String> there =
        OperationTable.all().keySet().stream()
            .map(name -> PREFIXES.get(name.getNamespaceURI()) + ":" + name.getLocalPart())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(yes).isEqualTo(there);
  }

  @Test
  void bounds_areThoseOfTheCode() throws IOException {
    assertThat(document())
        .contains(EnvelopeGuard.DEEPEST + " deep")
        .contains("%,d elements".formatted(EnvelopeGuard.MOST_ELEMENTS))
        .contains(EnvelopeGuard.MOST_ATTRIBUTES + " attributes")
        .contains(EnvelopeGuard.LONGEST_TEXT / 1024 + " KiB a text")
        .contains(PictureControl.MOST_MASKS + " masks")
        .contains(Keystore.MOST_KEYS + " keys")
        .contains(Keystore.MOST_CERTIFICATES + " certificates of at most")
        .contains(Keystore.MOST_CERTIFICATE_BYTES / 1024 + " KiB each")
        .contains(Keystore.MOST_PATHS + " paths of at most " + Keystore.LONGEST_PATH)
        .contains(Keystore.LONGEST_ALIAS + " letters a name")
        .contains(DiscoveryScopes.MOST + " scopes")
        .contains(UsernameTokenVerifier.WINDOW.toMinutes() + " minutes of the camera's clock")
        .contains(ProbeLimiter.MOST_PER_ADDRESS + " a second to an address")
        .contains(ProbeLimiter.MOST_TOGETHER + " a second together");
  }

  @Test
  void topics_areThere() throws IOException {
    for (Topic topic : Topic.values()) {
      assertThat(document()).contains("`" + topic.expression() + "`");
    }
  }
}
