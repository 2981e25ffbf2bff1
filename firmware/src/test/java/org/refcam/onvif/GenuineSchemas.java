// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/**
 * ONVIF's own schemas, which are no part of this project: they lie beside the checkout, in {@code
 * shared/onvif-schemas} of a folder above it, or where the variable REFCAM_ONVIF_SCHEMAS says. What
 * they import of others comes from a published jar, and of three small ones a stand-in.
 */
final class GenuineSchemas {
  private static final Map<String, String> IN_JAR =
      Map.of(
          "http://docs.oasis-open.org/wsn/b-2", "b-2.xsd",
          "http://docs.oasis-open.org/wsn/t-1", "t-1.xsd",
          "http://docs.oasis-open.org/wsrf/bf-2", "bf-2.xsd",
          "http://www.w3.org/2005/08/addressing", "ws-addr.xsd",
          "http://www.w3.org/XML/1998/namespace", "xml.xsd");

  private static final Map<String, String> STAND_INS =
      Map.of(
          "http://www.w3.org/2005/05/xmlmime",
          "<xs:attribute name='contentType' type='xs:string'/><xs:complexType name='base64Binary'>"
              + "<xs:simpleContent><xs:extension base='xs:base64Binary'/></xs:simpleContent>"
              + "</xs:complexType>",
          "http://www.w3.org/2004/08/xop/include",
          "<xs:element name='Include'><xs:complexType><xs:attribute name='href'/></xs:complexType>"
              + "</xs:element>",
          "http://www.w3.org/2003/05/soap-envelope",
          "<xs:complexType name='Envelope'/><xs:complexType name='Fault'/>");

  private GenuineSchemas() {}

  static Optional<Path> folder() {
    String named = System.getenv("REFCAM_ONVIF_SCHEMAS");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Stream<Path> above =
        Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent);
    return above.map(p -> p.resolve("shared/onvif-schemas")).filter(Files::isDirectory).findFirst();
  }

  /** The schema of all messages of the given service definitions, and of schemas beside them. */
  static Schema of(Path folder, List<String> definitions) throws Exception {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, false); // they are large
    // ONVIF's own schemas are ambiguous where Xerces looks closely
    factory.setFeature("http://apache.org/xml/features/validation/schema-full-checking", false);
    // one namespace in several files, which the analytics service imports one by one
    factory.setFeature("http://apache.org/xml/features/honour-all-schemaLocations", true);
    factory.setResourceResolver(GenuineSchemas::resolve);
    List<Source> sources = new ArrayList<>();
    for (String definition : definitions) {
      Path file = folder.resolve(definition);
      if (definition.endsWith(".xsd")) {
        sources.add(new StreamSource(file.toFile()));
      } else {
        sources.addAll(schemasOf(file));
      }
    }
    return factory.newSchema(sources.toArray(Source[]::new));
  }

  private static List<Source> schemasOf(Path wsdl)
      throws IOException, SAXException, ParserConfigurationException, TransformerException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(wsdl.toFile());
    NamedNodeMap outer = document.getDocumentElement().getAttributes();
    NodeList schemas =
        document.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "schema");
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < schemas.getLength(); i++) {
      Element schema = (Element) schemas.item(i);
      for (int j = 0; j < outer.getLength(); j++) {
        String name = outer.item(j).getNodeName();
        if (name.startsWith("xmlns:") && !schema.hasAttribute(name)) {
          schema.setAttributeNS(
              XMLConstants.XMLNS_ATTRIBUTE_NS_URI, name, outer.item(j).getNodeValue());
        }
      }
      StringWriter text = new StringWriter();
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(schema), new StreamResult(text));
      sources.add(new StreamSource(new StringReader(text.toString()), wsdl.toUri().toString()));
    }
    return sources;
  }

  private static @Nullable LSInput resolve(
      String type,
      @Nullable String namespace,
      @Nullable String publicId,
      @Nullable String systemId,
      @Nullable String base) {
    try {
      LSInput input =
          ((DOMImplementationLS)
                  DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation())
              .createLSInput();
      String jar = IN_JAR.get(namespace);
      String standIn = STAND_INS.get(namespace);
      if (jar != null) {
        input.setSystemId(
            GenuineSchemas.class.getResource("/org/apache/cxf/wsn/wsdl/" + jar).toString());
        input.setByteStream(
            GenuineSchemas.class.getResourceAsStream("/org/apache/cxf/wsn/wsdl/" + jar));
      } else if (standIn != null) {
        input.setSystemId("stand-in:" + namespace);
        input.setStringData(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='"
                + namespace
                + "'>"
                + standIn
                + "</xs:schema>");
      } else if (systemId != null && base != null && !systemId.contains("://")) {
        URI file = URI.create(base).resolve(systemId);
        input.setSystemId(file.toString());
        input.setByteStream(Files.newInputStream(Path.of(file)));
      } else {
        throw new AssertionError("nothing is fetched from the network: " + systemId);
      }
      return input;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException e) {
      throw new AssertionError(e);
    }
  }
}
