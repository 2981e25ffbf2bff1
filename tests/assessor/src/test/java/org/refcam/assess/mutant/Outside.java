// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The world behind a gateway, as a program that runs there: answers each question for a name in .vn
 * with its first address and for any other with its second, and takes whatever is sent to it.
 * {@code Outside FIRST SECOND PORT...}
 */
final class Outside {
  private static final int DNS = 53;
  private static final int ADDRESS_RECORD = 1;

  private Outside() {}

  public static void main(String[] args) throws IOException {
    byte[] first = InetAddress.getByName(args[0]).getAddress();
    byte[] second = InetAddress.getByName(args[1]).getAddress();
    List<Thread> threads = new ArrayList<>();
    DatagramSocket questions = new DatagramSocket(DNS);
    threads.add(new Thread(() -> answer(questions, first, second), "names"));
    for (int i = 2; i < args.length; i++) {
      ServerSocket server = new ServerSocket(Integer.parseInt(args[i]));
      threads.add(new Thread(() -> take(server), "port " + args[i]));
    }
    threads.forEach(Thread::start);
    System.out.println("READY");
  }

  private static void answer(DatagramSocket socket, byte[] first, byte[] second) {
    byte[] room = new byte[1500];
    while (true) {
      try {
        DatagramPacket asked = new DatagramPacket(room, room.length);
        socket.receive(asked);
        byte[] reply = reply(ByteBuffer.wrap(room, 0, asked.getLength()), first, second);
        socket.send(new DatagramPacket(reply, reply.length, asked.getSocketAddress()));
      } catch (IOException | RuntimeException e) {
        // A question that is none gets no answer.
        continue;
      }
    }
  }

  /** One A record for a question of type A; for others an answer without records. */
  private static byte[] reply(ByteBuffer asked, byte[] first, byte[] second) {
    int end = 12;
    while (asked.get(end) != 0) {
      end += 1 + asked.get(end);
    }
    boolean inVn = asked.get(end - 2) == 'v' && asked.get(end - 1) == 'n';
    boolean four = asked.getShort(end + 1) == ADDRESS_RECORD;
    ByteBuffer reply = ByteBuffer.allocate(end + 5 + (four ? 16 : 0));
    reply.putShort(asked.getShort(0)).putShort((short) 0x8180).putShort((short) 1);
    reply.putShort((short) (four ? 1 : 0)).putInt(0);
    reply.put(asked.array(), 12, end + 5 - 12);
    if (four) {
      reply.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1).putInt(60);
      reply.putShort((short) 4).put(inVn ? first : second);
    }
    return reply.array();
  }

  private static void take(ServerSocket server) {
    while (true) {
      try (Socket one = server.accept()) {
        one.setSoTimeout(1000);
        one.getInputStream().readNBytes(4096);
      } catch (IOException e) {
        // It hung up or said nothing more: the next one.
        continue;
      }
    }
  }
}
