// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.refcam.onvif.SmallCamera.Answer;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What the tour of all operations asks with, and how it reads answers. */
final class Tour {
  private Tour() {}

  static final Map<String, List<String>> DEFINITIONS =
      Map.ofEntries(
          Map.entry(Namespaces.TDS, List.of("ver10/device/wsdl/devicemgmt.wsdl")),
          Map.entry(Namespaces.TRT, List.of("ver10/media/wsdl/media.wsdl")),
          Map.entry(Namespaces.TR2, List.of("ver20/media/wsdl/media.wsdl")),
          Map.entry(Namespaces.TEV, List.of("ver10/events/wsdl/event.wsdl")),
          Map.entry(Namespaces.WSNT, List.of("ver10/events/wsdl/event.wsdl")),
          Map.entry(Namespaces.TIMG, List.of("ver20/imaging/wsdl/imaging.wsdl")),
          Map.entry(Namespaces.TMD, List.of("ver10/deviceio.wsdl")),
          Map.entry(Namespaces.TRC, List.of("ver10/recording.wsdl")),
          Map.entry(Namespaces.TSE, List.of("ver10/search.wsdl")),
          Map.entry(Namespaces.TRP, List.of("ver10/replay.wsdl")),
          Map.entry(Namespaces.TAS, List.of("ver10/advancedsecurity/wsdl/advancedsecurity.wsdl")),
          Map.entry(
              Namespaces.TAN,
              List.of("ver20/analytics/wsdl/analytics.wsdl", "ver20/analytics/rules.xsd")));

  static final String SOURCE = "<n:ConfigurationToken>source-configuration</n:ConfigurationToken>";
  static final String PROFILE = "<n:ProfileToken>main</n:ProfileToken>";
  static final String MADE = "<n:ProfileToken>made-1</n:ProfileToken>";
  static final String IMAGE = "<n:VideoSourceToken>source</n:VideoSourceToken>";
  static final String OSD =
      "<tt:VideoSourceConfigurationToken>source-configuration</tt:VideoSourceConfigurationToken>"
          + "<tt:Type>Text</tt:Type><tt:Position><tt:Type>UpperLeft</tt:Type></tt:Position>"
          + "<tt:TextString><tt:Type>DateAndTime</tt:Type></tt:TextString></n:OSD>";
  static final String MASK =
      "<n:ConfigurationToken>source-configuration</n:ConfigurationToken><n:Polygon>"
          + "<tt:Point x='-0.5' y='0.5'/><tt:Point x='0.5' y='0.5'/>"
          + "<tt:Point x='0.5' y='-0.5'/><tt:Point x='-0.5' y='-0.5'/></n:Polygon>"
          + "<n:Type>Color</n:Type><n:Enabled>true</n:Enabled></n:Mask>";
  static final String SOURCE_CONFIGURATION =
      "<n:Configuration token='source-configuration'><tt:Name>x</tt:Name><tt:UseCount>1</tt:UseCount>"
          + "<tt:SourceToken>source</tt:SourceToken>"
          + "<tt:Bounds x='0' y='0' width='1280' height='720'/></n:Configuration>";

  static final String RECORDING_CONFIGURATION =
      "<n:RecordingConfiguration><tt:Source><tt:SourceId>a:1</tt:SourceId>"
          + "<tt:Name>Gate</tt:Name><tt:Location>Basement</tt:Location>"
          + "<tt:Description>d</tt:Description><tt:Address>a:2</tt:Address></tt:Source>"
          + "<tt:Content>Cars</tt:Content><tt:MaximumRetentionTime>PT25H"
          + "</tt:MaximumRetentionTime></n:RecordingConfiguration>";

  static final String ENCODER_CONFIGURATION =
      "<n:Configuration token='main'><tt:Encoding>H264</tt:Encoding><tt:Resolution>"
          + "<tt:Width>640</tt:Width><tt:Height>360</tt:Height></tt:Resolution>"
          + "<tt:RateControl><tt:FrameRateLimit>10</tt:FrameRateLimit>"
          + "<tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>500</tt:BitrateLimit>"
          + "</tt:RateControl></n:Configuration>";

  static final String METADATA = "<n:ConfigurationToken>metadata</n:ConfigurationToken>";
  static final String METADATA_CONFIGURATION =
      "<n:Configuration token='metadata'><tt:Name>metadata</tt:Name><tt:UseCount>0</tt:UseCount>"
          + "%s<tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type><tt:IPv4Address>0.0.0.0"
          + "</tt:IPv4Address></tt:Address><tt:Port>0</tt:Port><tt:TTL>0</tt:TTL>"
          + "<tt:AutoStart>false</tt:AutoStart></tt:Multicast><tt:SessionTimeout>PT60S"
          + "</tt:SessionTimeout></n:Configuration>";

  static final String SUBJECT =
      "<n:Subject><n:Country>VN</n:Country><n:CommonName>gate.example</n:CommonName></n:Subject>";
  static final String SIGNATURE =
      "<n:SignatureAlgorithm><n:algorithm>1.2.840.10045.4.3.2</n:algorithm></n:SignatureAlgorithm>";

  static Element root(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }

  static Element body(String xml) throws Exception {
    Element envelope = root(xml);
    Element soapBody = (Element) envelope.getElementsByTagNameNS(Namespaces.SOAP, "Body").item(0);
    return (Element) soapBody.getFirstChild();
  }

  static String token(Answer answer) {
    Matcher token = Pattern.compile("SearchToken>([^<]+)<").matcher(answer.body());
    assertThat(token.find()).isTrue();
    return "<n:SearchToken>" + token.group(1) + "</n:SearchToken>";
  }

  /** A filter on topics, in the dialect ConcreteSet. */
  static String topics(String expression) {
    return "<w:TopicExpression xmlns:w='"
        + Namespaces.WSNT
        + "' xmlns:tns1='"
        + Namespaces.TNS1
        + "' Dialect='http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet'>"
        + expression
        + "</w:TopicExpression>";
  }

  /** What a pattern's first group finds in an answer. */
  static String found(Answer answer, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(answer.body());
    assertThat(matcher.find()).as(answer.body()).isTrue();
    return matcher.group(1);
  }
}
