// SPDX-License-Identifier: Apache-2.0
package org.refcam.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.TruncatedException;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;

class FragmentedMp4Test {
  private static final byte[] SPS = {0x67, 0x42, (byte) 0xC0, 0x1F, 1, 2, 3};
  private static final byte[] PPS = {0x68, 0x11, 0x22};
  private static final VideoTrack TRACK = new VideoTrack(SPS, PPS, 1280, 720);
  private static final long FRAME_NANOS = 40_000_000;

  @Test
  void codec_namesProfileFlagsAndLevel() {
    assertThat(TRACK.codec()).isEqualTo("avc1.42C01F");
  }

  @Test
  void track_spsTooShort_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new VideoTrack(new byte[3], PPS, 16, 16));
  }

  @Test
  void initSegment_holdsParameterSetsAndSize() throws Exception {
    byte[] init = InitSegment.of(TRACK);
    assertThat(types(new ByteReader(init))).containsExactly("ftyp", "moov");
    ByteReader entry = path(new ByteReader(init), "moov", "trak", "mdia", "minf", "stbl", "stsd");
    entry.skip(8);
    ByteReader avc1 = find(entry, "avc1");
    avc1.skip(24);
    assertThat(avc1.u16()).isEqualTo(1280);
    assertThat(avc1.u16()).isEqualTo(720);
    avc1.skip(50);
    ByteReader avcC = find(avc1, "avcC");
    assertThat(avcC.raw(6)).containsExactly(1, 0x42, 0xC0, 0x1F, 0xFF, 0xE1);
    assertThat(avcC.raw(avcC.u16())).isEqualTo(SPS);
    assertThat(avcC.u8()).isEqualTo(1);
    assertThat(avcC.raw(avcC.u16())).isEqualTo(PPS);
    assertThat(avcC.remaining()).isZero();
  }

  @Test
  void fragment_carriesPictureTimeAndOffset() throws Exception {
    FragmentWriter writer = new FragmentWriter(FrameRate.of(25));
    writer.fragment(unit(0, true));
    byte[] fragment = writer.fragment(unit(1, false));
    assertThat(types(new ByteReader(fragment))).containsExactly("moof", "mdat");
    ByteReader mfhd = path(new ByteReader(fragment), "moof", "mfhd");
    mfhd.skip(4);
    assertThat(mfhd.u32()).isEqualTo(2);
    ByteReader tfdt = path(new ByteReader(fragment), "moof", "traf", "tfdt");
    tfdt.skip(4);
    assertThat(tfdt.u64()).isEqualTo(3600);
    ByteReader trun = path(new ByteReader(fragment), "moof", "traf", "trun");
    trun.skip(4);
    assertThat(trun.u32()).isEqualTo(1);
    int offset = (int) trun.u32();
    assertThat(trun.u32()).as("duration").isEqualTo(3600);
    assertThat(trun.u32()).as("size").isEqualTo(fragment.length - offset);
    assertThat(trun.u32()).as("not a sync sample").isEqualTo(0x0101_0000L);
    ByteReader sample = new ByteReader(fragment);
    sample.skip(offset);
    assertThat(sample.raw(sample.remaining())).containsExactly(0, 0, 0, 3, 0x41, 7, 8);
  }

  @Test
  void fragment_idr_leavesParameterSetsToInitSegment() throws Exception {
    byte[] fragment = new FragmentWriter(FrameRate.of(25)).fragment(unit(0, true));
    ByteReader mdat = find(new ByteReader(fragment), "mdat");
    assertThat(mdat.raw(mdat.remaining())).containsExactly(0, 0, 0, 3, 0x65, 7, 8);
    ByteReader trun = path(new ByteReader(fragment), "moof", "traf", "trun");
    trun.skip(20);
    assertThat(trun.u32()).as("sync sample").isEqualTo(0x0200_0000L);
  }

  @Test
  void fragment_timeStandsStill_decodeTimeStillGrows() throws Exception {
    FragmentWriter writer = new FragmentWriter(FrameRate.of(25));
    writer.fragment(unit(0, true));
    ByteReader tfdt = path(new ByteReader(writer.fragment(unit(0, true))), "moof", "traf", "tfdt");
    tfdt.skip(4);
    assertThat(tfdt.u64()).isEqualTo(1);
  }

  @Test
  void fragment_onlyParameterSets_isRefused() {
    AccessUnit bare =
        new AccessUnit(SPS.clone(), new int[] {0}, new int[] {7}, new MediaTime(0), 0, true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FragmentWriter(FrameRate.of(25)).fragment(bare));
  }

  @Test
  void ffprobe_readsEveryPicture(@TempDir Path directory) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffprobe")), "ffprobe is not installed");
    Path h264 = directory.resolve("in.h264");
    int encoded = encode(h264, directory.resolve("log"));
    assumeTrue(encoded == 0, "this ffmpeg has no H.264 encoder");
    List<byte[]> nalUnits = split(Files.readAllBytes(h264));
    byte[] sps = nalUnits.stream().filter(n -> (n[0] & 31) == 7).findFirst().orElseThrow();
    byte[] pps = nalUnits.stream().filter(n -> (n[0] & 31) == 8).findFirst().orElseThrow();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(InitSegment.of(new VideoTrack(sps, pps, 320, 240)));
    FragmentWriter writer = new FragmentWriter(FrameRate.of(25));
    int pictures = 0;
    for (byte[] nal : nalUnits) {
      int type = nal[0] & 31;
      if (type == 1 || type == 5) {
        MediaTime time = new MediaTime(pictures * FRAME_NANOS);
        file.write(
            writer.fragment(
                new AccessUnit(
                    nal, new int[] {0}, new int[] {nal.length}, time, pictures, type == 5)));
        pictures++;
      }
    }
    Path mp4 = Files.write(directory.resolve("out.mp4"), file.toByteArray());
    Path answer = directory.resolve("answer");
    assertThat(
            run(
                List.of(
                    "ffprobe",
                    "-v",
                    "warning",
                    "-count_frames",
                    "-show_entries",
                    "stream=codec_name,width,height,nb_read_frames",
                    "-of",
                    "csv=p=0",
                    mp4.toString()),
                answer))
        .isZero();
    assertThat(Files.readString(answer).strip()).isEqualTo("h264,320,240,30");
  }

  private static int encode(Path h264, Path log) throws Exception {
    return run(
        List.of(
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc=size=320x240:rate=25",
            "-frames:v",
            "30",
            "-c:v",
            "libx264",
            "-bf",
            "0",
            "-g",
            "10",
            "-profile:v",
            "baseline",
            "-pix_fmt",
            "yuv420p",
            "-x264-params",
            "slices=1:aud=1",
            "-f",
            "h264",
            h264.toString()),
        log);
  }

  private static int run(List<String> command, Path output) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } finally {
      process.destroyForcibly();
    }
  }

  private static AccessUnit unit(long number, boolean idr) {
    byte[] delimiter = {0x09, 0x10};
    byte[] picture = {(byte) (idr ? 0x65 : 0x41), 7, 8};
    List<byte[]> parts = idr ? List.of(delimiter, SPS, PPS, picture) : List.of(delimiter, picture);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] offsets = new int[parts.size()];
    int[] lengths = new int[parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      bytes.writeBytes(new byte[] {0, 0, 0, 1});
      offsets[i] = bytes.size();
      lengths[i] = parts.get(i).length;
      bytes.writeBytes(parts.get(i));
    }
    MediaTime time = new MediaTime(5_000_000_000L + number * FRAME_NANOS);
    return new AccessUnit(bytes.toByteArray(), offsets, lengths, time, number, idr);
  }

  private static List<byte[]> split(byte[] annexB) {
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < annexB.length; i++) {
      if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
        if (start >= 0) {
          units.add(trimmed(annexB, start, i));
        }
        start = i + 3;
      }
    }
    units.add(trimmed(annexB, start, annexB.length));
    return units;
  }

  private static byte[] trimmed(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOfRange(bytes, from, end);
  }

  private static List<String> types(ByteReader boxes) throws TruncatedException {
    List<String> types = new ArrayList<>();
    while (boxes.remaining() > 0) {
      int size = (int) boxes.u32();
      types.add(new String(boxes.raw(4), StandardCharsets.US_ASCII));
      boxes.skip(size - 8);
    }
    return types;
  }

  private static ByteReader path(ByteReader boxes, String... types) throws TruncatedException {
    ByteReader current = boxes;
    for (String type : types) {
      current = find(current, type);
    }
    return current;
  }

  private static ByteReader find(ByteReader boxes, String type) throws TruncatedException {
    while (true) {
      int size = (int) boxes.u32();
      String found = new String(boxes.raw(4), StandardCharsets.US_ASCII);
      ByteReader content = boxes.slice(size - 8);
      if (found.equals(type)) {
        return content;
      }
    }
  }
}
