# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The emulated board's unchanging parts, made once: kernel, modules, Java runtime. Sourced, not run.
# Needs $here (this folder), $top (the repository) and $target (the cache).

# Nothing of Debian's is patched; vicodec is a driver of the same kernel that Debian's configuration leaves out.
# shellcheck source=../../firmware/src/main/native/debian.sh
. "$top/firmware/src/main/native/debian.sh"

# once NAME COMMAND...: runs the command unless it has succeeded before.
once() {
  local stamp=$target/done-$1
  [[ -e $stamp ]] && return
  printf 'guest: %s\n' "$1"
  shift
  "$@"
  touch "$stamp"
}

kernel_release() { basename "$target"/root/boot/vmlinuz-* | sed 's/^vmlinuz-//'; }

# Unpacked, never configured: no arm64 program runs outside the guest.
make_root() {
  rm -rf "$target/root"
  mmdebstrap --quiet --variant=extract --architectures=arm64 \
    --include=openjdk-17-jre-headless,busybox-static,linux-image-arm64 \
    bookworm "$target/root" "$(debian_mirror)"
}

# vicodec out of tree: target headers, but the build helpers of this machine's architecture.
make_vicodec() {
  local release kbuild headers=$target/headers
  release=$(kernel_release)
  kbuild=$(printf '%s' "$release" | cut -d. -f1,2)
  rm -rf "$headers" "$target/source" "$target/vicodec"
  REFCAM_DEBIAN_SUITE=bookworm debian_open "$target/apt-arm64" arm64
  REFCAM_DEBIAN_SUITE=bookworm debian_open "$target/apt-host" "$(dpkg --print-architecture)"
  debian_unpack "$target/apt-arm64" "$headers" "linux-headers-$release" "linux-headers-${release%-*}-common"
  debian_unpack "$target/apt-arm64" "$target/source" "linux-source-$kbuild"
  debian_unpack "$target/apt-host" "$headers" "linux-kbuild-$kbuild"
  # Debian's header makefiles name each other by absolute paths
  grep -rlIs /usr/src/linux-headers "$headers/usr/src/linux-headers-$release"/{Makefile,.kernelvariables} |
    xargs -r sed -i "s#/usr/src/#$headers/usr/src/#g"
  mkdir -p "$target/vicodec"
  tar -xJf "$target/source/usr/src/linux-source-$kbuild.tar.xz" -C "$target/vicodec" --strip-components=5 \
    "linux-source-$kbuild/drivers/media/test-drivers/vicodec"
  rm -rf "$target/source"
  make -s -C "$headers/usr/src/linux-headers-$release" M="$target/vicodec" ARCH=arm64 \
    CROSS_COMPILE=aarch64-linux-gnu- CONFIG_VIDEO_VICODEC=m CONFIG_DEBUG_INFO_BTF_MODULES= modules
  install -D -m 644 "$target/vicodec/vicodec.ko" "$target/root/lib/modules/$release/extra/vicodec.ko"
  depmod -b "$target/root" "$release"
}

# What the codec library links to and runs with, of the guest's own release.
make_sysroot() { REFCAM_DEBIAN_SUITE=bookworm "$top/firmware/src/main/native/sysroot.sh" arm64 "$target/sysroot"; }

# The parts of the root that the tests use, as the first of two initramfs archives.
make_base() {
  local release base=$target/base module
  release=$(kernel_release)
  rm -rf "$base"
  mkdir -p "$base"/{bin,dev,proc,sys,tmp,etc,modules,lib/aarch64-linux-gnu,usr/lib/jvm,usr/lib/aarch64-linux-gnu}
  cp -a "$target/root/bin/busybox" "$base/bin/"
  cp -a "$target"/root/lib/ld-linux-aarch64.so.1 "$base/lib/"
  cp -a "$target"/root/lib/aarch64-linux-gnu/*.so* "$base/lib/aarch64-linux-gnu/"
  cp -a "$target"/root/usr/lib/aarch64-linux-gnu/lib{stdc++,jpeg,lcms2}.so* "$base/usr/lib/aarch64-linux-gnu/"
  cp -a "$target"/root/usr/lib/jvm/java-17-openjdk-arm64 "$base/usr/lib/jvm/"
  cp -a "$target"/root/etc/java-17-openjdk "$base/etc/"
  ln -s busybox "$base/bin/sh"
  # modules in the order in which they load, flattened: insmod needs no database
  for module in vivid vicodec; do
    modprobe -d "$target/root" -S "$release" --show-depends "$module" | sed 's/^insmod //; s/ *$//' |
      while read -r file _; do
        cp "$file" "$base/modules/"
        basename "$file"
      done >"$base/modules/$module.order"
  done
  install -m 755 "$here/init" "$base/init"
  pack "$base" "$target/base.cpio"
}

# pack DIR FILE: an initramfs archive; several of them in a row are one.
pack() {
  (cd "$1" && find . -print0 | LC_ALL=C sort -z | cpio --null --quiet -o -H newc -R 0:0) >"$2"
}
