// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.InvalidEnvelopeException.Reason;

/**
 * Reads every request once, as a stream, before anything builds a tree or an object of it.
 *
 * <pre>
 *   Envelope
 *     Header?  Security/UsernameToken (Username Password Nonce Created), MessageID
 *     Body     exactly one element: the request
 * </pre>
 *
 * <p>INV-ONVIF-1. A request is decoded further only if it is UTF-8 without a document type, an
 * entity of its own or a processing instruction, at most 32 deep, with at most 4,096 elements, 32
 * attributes an element and 16 KiB a text. Holds against anyone on the network. Does not bound the
 * bytes themselves: the HTTPS door does (INV-WEB-2).
 *
 * <p>Immutable; safe from any thread.
 */
final class EnvelopeGuard {
  static final int DEEPEST = 32;
  static final int MOST_ELEMENTS = 4096;
  static final int MOST_ATTRIBUTES = 32;
  static final int LONGEST_TEXT = 16 * 1024;
  private static final int LONGEST_TOKEN_TEXT = 256;

  private final XMLInputFactory factory = hardened();

  private static XMLInputFactory hardened() {
    XMLInputFactory made = XMLInputFactory.newFactory();
    made.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    made.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    made.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    made.setXMLResolver(
        (publicId, systemId, base, name) -> {
          throw new XMLStreamException("nothing outside the message is read");
        });
    return made;
  }

  /**
   * @throws InvalidEnvelopeException with the first reason met; nothing of the request is used then
   */
  Envelope read(byte[] message) throws InvalidEnvelopeException {
    return run(message, Optional.empty());
  }

  private Envelope run(byte[] message, Optional<TextListener> listener)
      throws InvalidEnvelopeException {
    String text = utf8(message);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      try {
        return new Reading(reader, listener).run();
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new InvalidEnvelopeException(Reason.NOT_WELL_FORMED, e);
    } catch (RuntimeException e) { // the parser's own limits end so
      throw new InvalidEnvelopeException(Reason.NOT_WELL_FORMED, e);
    }
  }

  /** Hears the texts of a message while it is being read. */
  interface TextListener {
    void request(QName name);

    /**
     * @param path open elements, the innermost first
     */
    void text(Deque<QName> path, String part);
  }

  /**
   * Reads a message of another protocol within the same bounds.
   *
   * @throws InvalidEnvelopeException as {@link #read(byte[])}
   */
  void read(byte[] message, TextListener listener) throws InvalidEnvelopeException {
    run(message, Optional.of(listener));
  }

  private static String utf8(byte[] message) throws InvalidEnvelopeException {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(message))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidEnvelopeException(Reason.NOT_UTF8, e);
    }
  }

  /** One pass over one message. */
  private static final class Reading {
    private final XMLStreamReader reader;
    private final Optional<TextListener> listener;
    private final Deque<QName> path = new ArrayDeque<>();
    private int elements;
    private int textLength;
    private @Nullable QName request;
    private @Nullable String messageId;
    private final TokenReader token = new TokenReader();

    Reading(XMLStreamReader reader, Optional<TextListener> listener) {
      this.reader = reader;
      this.listener = listener;
    }

    Envelope run() throws XMLStreamException, InvalidEnvelopeException {
      String declared = reader.getCharacterEncodingScheme();
      if (declared != null && !declared.equalsIgnoreCase("UTF-8")) {
        throw new InvalidEnvelopeException(Reason.NOT_UTF8);
      }
      while (reader.hasNext()) {
        step(reader.next());
      }
      if (request == null) {
        throw new InvalidEnvelopeException(Reason.NOT_SOAP);
      }
      return new Envelope(request, token.token(), Optional.ofNullable(messageId));
    }

    private void step(int event) throws InvalidEnvelopeException {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> start();
        case XMLStreamConstants.END_ELEMENT -> path.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
        case XMLStreamConstants.DTD,
            XMLStreamConstants.ENTITY_REFERENCE,
            XMLStreamConstants.ENTITY_DECLARATION,
            XMLStreamConstants.PROCESSING_INSTRUCTION ->
            throw new InvalidEnvelopeException(Reason.FORBIDDEN);
        default -> {} // comments, white space, end of document
      }
    }

    private void start() throws InvalidEnvelopeException {
      QName name = reader.getName();
      elements++;
      textLength = 0;
      boolean tooMuch =
          elements > MOST_ELEMENTS
              || path.size() >= DEEPEST
              || reader.getAttributeCount() > MOST_ATTRIBUTES
              || reader.getNamespaceCount() > MOST_ATTRIBUTES;
      if (tooMuch) {
        throw new InvalidEnvelopeException(Reason.TOO_COMPLEX);
      }
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        if (reader.getAttributeValue(i).length() > LONGEST_TEXT) {
          throw new InvalidEnvelopeException(Reason.TOO_COMPLEX);
        }
      }
      checkPlace(name);
      path.push(name);
      if (inHeader()) {
        token.start(name, reader);
      }
    }

    /** Envelope at the root, Header and Body below, one request in the Body. */
    private void checkPlace(QName name) throws InvalidEnvelopeException {
      boolean fits =
          switch (path.size()) {
            case 0 -> name.equals(soap("Envelope"));
            case 1 -> name.equals(soap("Header")) && request == null || name.equals(soap("Body"));
            default -> true;
          };
      if (path.size() == 2 && path.getFirst().equals(soap("Body"))) {
        fits = request == null;
        request = name;
        listener.ifPresent(l -> l.request(name));
      }
      if (!fits) {
        throw new InvalidEnvelopeException(Reason.NOT_SOAP);
      }
    }

    private void text() throws InvalidEnvelopeException {
      textLength += reader.getTextLength();
      if (textLength > LONGEST_TEXT) {
        throw new InvalidEnvelopeException(Reason.TOO_COMPLEX);
      }
      if (listener.isPresent() && !path.isEmpty()) {
        listener.get().text(path, reader.getText());
      }
      if (inHeader()) {
        String part = reader.getText();
        token.text(path, part);
        if (path.size() == 3 && path.getFirst().equals(new QName(Namespaces.WSA, "MessageID"))) {
          messageId = (messageId == null ? "" : messageId) + part;
          if (messageId.length() > LONGEST_TOKEN_TEXT) {
            throw new InvalidEnvelopeException(Reason.TOO_COMPLEX);
          }
        }
      }
    }

    private boolean inHeader() {
      return request == null && path.size() > 2;
    }

    private static QName soap(String name) {
      return new QName(Namespaces.SOAP, name);
    }
  }
}
