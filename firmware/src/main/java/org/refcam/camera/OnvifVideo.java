// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.refcam.encode.EncoderSettings;
import org.refcam.encode.VideoPipeline;
import org.refcam.media.VideoFormat;
import org.refcam.onvif.VideoControl;

/** The streams as ONVIF sees and sets them. */
final class OnvifVideo implements VideoControl {
  private static final String MAIN = "main";
  private static final String SUB = "sub";

  private final SourceKeeper source;
  private final SealedJson<OnvifSettings> settings;

  OnvifVideo(SourceKeeper source, SealedJson<OnvifSettings> settings) {
    this.source = source;
    this.settings = settings;
  }

  @Override
  public Optional<VideoFormat> source() {
    return source.pipeline().map(VideoPipeline::pictureFormat);
  }

  @Override
  public List<EncodedStream> streams() {
    return source
        .pipeline()
        .map(
            running ->
                List.of(
                    new EncodedStream(MAIN, running.mainSettings(), running.limits(true)),
                    new EncodedStream(
                        SUB, running.subSettings().orElseThrow(), running.limits(false))))
        .orElse(List.of());
  }

  @Override
  public void configure(String stream, EncoderSettings wanted) throws IOException {
    source.configure(stream.equals(MAIN), wanted);
    settings.save(settings.current().withEncoder(stream, wanted));
  }

  @Override
  public void requestKeyFrame(String stream) {
    source.pipeline().ifPresent(running -> running.requestKeyFrame(stream.equals(MAIN)));
  }
}
