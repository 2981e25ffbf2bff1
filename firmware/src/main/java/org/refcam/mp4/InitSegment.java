// SPDX-License-Identifier: Apache-2.0
package org.refcam.mp4;

import java.time.Instant;
import java.util.List;

/**
 * The head of a fragmented MP4: {@code ftyp} and {@code moov}, without a single sample.
 *
 * <pre>
 *   ftyp  moov( mvhd  trak( tkhd  mdia( mdhd hdlr minf( vmhd dinf stbl( stsd( avc1( avcC ))))))
 *               mvex( trex ))
 * </pre>
 *
 * <p>Source: ISO/IEC 14496-12, 8.16 of the byte stream format of Media Source Extensions, and
 * 14496-15, 5.3.3.1 for {@code avcC}.
 */
public final class InitSegment {
  /** Units a second of every time in the track. */
  public static final int TIMESCALE = 90_000;

  static final int TRACK_ID = 1;

  private static final int TRACK_ENABLED_IN_MOVIE = 3;
  private static final int LANGUAGE_UNDETERMINED = 0x55C4;
  private static final int DPI_72 = 0x480000;
  private static final int COLOUR_NO_ALPHA = 0x18;
  private static final int DATA_IN_THIS_FILE = 1;

  /** MP4 counts seconds from the start of 1904. */
  private static final long SECONDS_1904_TO_1970 = 2_082_844_800L;

  private InitSegment() {}

  public static byte[] of(VideoTrack track) {
    return of(List.of(track), Instant.ofEpochSecond(-SECONDS_1904_TO_1970));
  }

  /**
   * The head of a recording.
   *
   * @param descriptions what the fragments' pictures need to be decoded; a fragment names its entry
   *     by number from 1. The first one's size is the movie's.
   * @param created when the first picture was taken, from 1904 to 2040
   */
  public static byte[] of(List<VideoTrack> descriptions, Instant created) {
    VideoTrack track = descriptions.get(0);
    long creation = created.getEpochSecond() + SECONDS_1904_TO_1970;
    if (creation < 0 || creation > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("MP4 cannot say " + created);
    }
    BoxWriter out = new BoxWriter();
    out.box("ftyp", () -> out.ascii("iso5").u32(512).ascii("iso5iso6mp41avc1"));
    out.box(
        "moov",
        () -> {
          movieHeader(out, creation);
          out.box(
              "trak",
              () -> {
                trackHeader(out, track, creation);
                out.box("mdia", () -> media(out, descriptions, creation));
              });
          out.box(
              "mvex",
              () -> out.fullBox("trex", 0, 0, () -> out.u32(TRACK_ID).u32(1).u32(0).u32(0).u32(0)));
        });
    return out.toByteArray();
  }

  private static void movieHeader(BoxWriter out, long creation) {
    out.fullBox(
        "mvhd",
        0,
        0,
        () ->
            out.u32(creation)
                .u32(creation)
                .u32(TIMESCALE)
                .u32(0)
                .u32(0x10000)
                .u16(0x100)
                .zeros(10)
                .unityMatrix()
                .zeros(24)
                .u32(TRACK_ID + 1));
  }

  private static void trackHeader(BoxWriter out, VideoTrack track, long creation) {
    out.fullBox(
        "tkhd",
        0,
        TRACK_ENABLED_IN_MOVIE,
        () ->
            out.u32(creation)
                .u32(creation)
                .u32(TRACK_ID)
                .u32(0)
                .u32(0)
                .zeros(16)
                .unityMatrix()
                .u32((long) track.width() << 16)
                .u32((long) track.height() << 16));
  }

  private static void media(BoxWriter out, List<VideoTrack> tracks, long creation) {
    out.fullBox(
        "mdhd",
        0,
        0,
        () ->
            out.u32(creation)
                .u32(creation)
                .u32(TIMESCALE)
                .u32(0)
                .u16(LANGUAGE_UNDETERMINED)
                .u16(0));
    out.fullBox("hdlr", 0, 0, () -> out.u32(0).ascii("vide").zeros(12).ascii("video").u8(0));
    out.box(
        "minf",
        () -> {
          out.fullBox("vmhd", 0, 1, () -> out.zeros(8));
          out.box(
              "dinf",
              () ->
                  out.fullBox(
                      "dref",
                      0,
                      0,
                      () -> out.u32(1).fullBox("url ", 0, DATA_IN_THIS_FILE, () -> {})));
          out.box("stbl", () -> sampleTable(out, tracks));
        });
  }

  private static void sampleTable(BoxWriter out, List<VideoTrack> tracks) {
    out.fullBox(
        "stsd",
        0,
        0,
        () -> {
          out.u32(tracks.size());
          tracks.forEach(track -> out.box("avc1", () -> sampleEntry(out, track)));
        });
    out.fullBox("stts", 0, 0, () -> out.u32(0));
    out.fullBox("stsc", 0, 0, () -> out.u32(0));
    out.fullBox("stsz", 0, 0, () -> out.u32(0).u32(0));
    out.fullBox("stco", 0, 0, () -> out.u32(0));
  }

  private static void sampleEntry(BoxWriter out, VideoTrack track) {
    out.zeros(6)
        .u16(1)
        .zeros(16)
        .u16(track.width())
        .u16(track.height())
        .u32(DPI_72)
        .u32(DPI_72)
        .u32(0)
        .u16(1)
        .zeros(32)
        .u16(COLOUR_NO_ALPHA)
        .u16(0xFFFF);
    out.box("avcC", () -> configuration(out, track));
  }

  /** AVCDecoderConfigurationRecord; NAL unit lengths take 4 bytes. */
  private static void configuration(BoxWriter out, VideoTrack track) {
    byte[] sps = track.sps();
    byte[] pps = track.pps();
    out.u8(1).u8(sps[1]).u8(sps[2]).u8(sps[3]).u8(0xFC | 3);
    out.u8(0xE0 | 1).u16(sps.length).raw(sps);
    out.u8(1).u16(pps.length).raw(pps);
    if (isHighProfile(sps[1] & 0xFF)) {
      // 4:2:0 with 8 bits, the only sampling that the camera's encoders and UVC cameras write
      out.u8(0xFC | 1).u8(0xF8).u8(0xF8).u8(0);
    }
  }

  private static boolean isHighProfile(int profile) {
    return profile == 100 || profile == 110 || profile == 122 || profile == 144;
  }
}
