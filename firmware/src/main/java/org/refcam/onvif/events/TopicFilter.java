// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.w3c.dom.Element;

/**
 * Which topics a subscriber wants: expressions of ONVIF's ConcreteSet dialect, paths joined by
 * {@code |}, where {@code //.} at the end takes all below. Immutable.
 */
public final class TopicFilter {
  public static final TopicFilter ALL = new TopicFilter(List.of(), true);

  private static final String CONCRETE_SET =
      "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet";
  private static final String CONCRETE =
      "http://docs.oasis-open.org/wsn/t-1/TopicExpression/Concrete";
  private static final int LONGEST = 1024;
  private static final int MOST_PATHS = 32;

  private record Path(List<String> names, boolean andBelow) {}

  private final List<Path> paths;
  private final boolean all;

  private TopicFilter(List<Path> paths, boolean all) {
    this.paths = List.copyOf(paths);
    this.all = all;
  }

  /**
   * @param filters children of the Filter element
   * @throws OnvifFault with the fault of WS-BaseNotification that fits
   */
  public static TopicFilter of(List<Element> filters) {
    List<Path> paths = new ArrayList<>();
    boolean any = false;
    for (Element filter : filters) {
      boolean topic =
          Namespaces.WSNT.equals(filter.getNamespaceURI())
              && "TopicExpression".equals(filter.getLocalName());
      if (!topic) {
        throw fault("InvalidMessageContentExpressionFault", "only topics can be filtered");
      }
      String dialect = filter.getAttribute("Dialect");
      if (!dialect.isEmpty() && !dialect.equals(CONCRETE_SET) && !dialect.equals(CONCRETE)) {
        throw fault("TopicExpressionDialectUnknownFault", "this dialect is not understood");
      }
      any = true;
      parse(filter, paths);
    }
    return any ? new TopicFilter(paths, false) : ALL;
  }

  private static void parse(Element filter, List<Path> paths) {
    String text = filter.getTextContent().strip();
    String[] parts = text.split("\\|");
    if (text.isEmpty() || text.length() > LONGEST || parts.length > MOST_PATHS) {
      throw fault("InvalidTopicExpressionFault", "no topic expression");
    }
    for (String part : parts) {
      String path = part.strip();
      boolean below = path.endsWith("//.");
      String[] names = (below ? path.substring(0, path.length() - 3) : path).split("/");
      List<String> local = new ArrayList<>();
      for (int i = 0; i < names.length; i++) {
        local.add(local(filter, names[i], i == 0));
      }
      paths.add(new Path(local, below));
    }
  }

  /** A name as {@link Topic#path} has it, whatever prefix the client gave the namespace. */
  private static String local(Element filter, String name, boolean first) {
    int colon = name.indexOf(':');
    String local = name.substring(colon + 1);
    String namespace =
        colon > 0
            ? Optional.ofNullable(filter.lookupNamespaceURI(name.substring(0, colon))).orElse("")
            : "";
    boolean onvifs = namespace.equals(Namespaces.TNS1) || colon < 0 && !first;
    boolean own = namespace.equals(Namespaces.OWN) && !first;
    if (!local.matches("[A-Za-z][A-Za-z0-9]*") || !onvifs && !own) {
      throw fault("TopicNotSupportedFault", "there is no such topic");
    }
    return own ? "refcam:" + local : local;
  }

  public boolean wants(Topic topic) {
    return all || paths.stream().anyMatch(path -> matches(path, topic.path()));
  }

  private static boolean matches(Path path, List<String> topic) {
    return path.andBelow()
        ? topic.size() >= path.names().size()
            && topic.subList(0, path.names().size()).equals(path.names())
        : topic.equals(path.names());
  }

  private static OnvifFault fault(String name, String text) {
    return OnvifFault.of(Code.INVALID_ARG_VAL, new QName(Namespaces.WSNT, name, "wsnt"), text);
  }
}
