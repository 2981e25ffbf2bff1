# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154 # who sources this sets img, card, log, start and seconds
# What the tests of emulated boards have in common. Sourced, not run.
mib=$((1 << 20))
passed=0
failed=0

# offset NAME: where a partition begins, in bytes, as sfdisk reads the table.
offset() { sfdisk --dump "$img/card.img" | sed -n "s/.*start= *\([0-9]*\),.*name=\"$1\".*/\1/p" | awk '{ printf "%d", $1 * 512 }'; }

# flip OFFSET [FILE]: another value for one byte of the card, or of a file.
flip() {
  local file=${2:-$card} old
  old=$(od -An -tu1 -j "$1" -N 1 "$file")
  printf '%b' "$(printf '\\x%02x' $((old ^ 1)))" | dd of="$file" bs=1 seek="$1" conv=notrunc status=none
}

# power_on PATTERN [SECONDS]: until the serial line shows it; fails if the board stops or time is up before.
power_on() {
  local board i
  "$start" "$img/loader.bin" "$card" 0 0 </dev/null >"$log" 2>&1 &
  board=$!
  for ((i = 0; i < ${2:-$seconds} * 10; i++)); do
    sleep 0.1
    if saw "$1" || ! kill -0 $board 2>/dev/null; then break; fi
  done
  kill $board 2>/dev/null || true
  wait $board 2>/dev/null || true
  saw "$1"
}
saw() { tr -d '\r' <"$log" | grep -aqE "$1"; }

# check NAME COMMAND...
check() {
  local name=$1 begin=$SECONDS
  shift
  if "$@"; then
    passed=$((passed + 1))
    printf 'ok      %3d s  %s\n' $((SECONDS - begin)) "$name"
  else
    failed=$((failed + 1))
    printf 'FAILED  %3d s  %s\n' $((SECONDS - begin)) "$name"
    tr -d '\r' <"$log" | tail -n 12
  fi
}

# A card that is larger than its image: the last partition reaches to the new end, once.
grows() {
  fresh && truncate -s +512M "$card" && power_on 'data has [0-9]+ bytes now' && sfdisk --verify "$card" >/dev/null 2>&1 &&
    [ "$(sfdisk --dump "$card" | sed -n 's/.*size= *\([0-9]*\),.*name="data".*/\1/p')" -ge $((768 * mib / 512)) ]
}

# image BOARD NAME VERSION [OVERLAY]: builds it into target/NAME, unless it is there and to be kept.
image() {
  if [ ! -f "$target/$2/SHA256SUMS" ] || [ "${REFCAM_BOARD_KEEP:-}" != yes ]; then
    REFCAM_OVERLAY=${4:-} "$top/bootloader-tools/refcam-tools" image build --board "$1" --version "$3" --keys "$target/keys" \
      --cache "$target/cache" --out "$target/$2" --data-mib 256
  fi
}

# life IMAGE NEXT HANGING BOARD: what a person and a player do with the board, from outside: tests/e2e's BoardLifeTest, on a card, a
# bundle of the next version and one of a version whose camera hangs.
life() {
  image "$4" "$2" 0.1.1 && image "$4" "$3" 0.1.2 "$top/tests/board/hanging" || return
  (cd "$top" && mvn -q -B --no-transfer-progress -Psystem -pl tests/harness,tests/e2e test -Dtest=BoardLifeTest \
    -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.rerunFailingTestsCount=1 \
    "-Drefcam.board=$target/$1:$target/$2:$target/$3" "-Drefcam.board.start=$start")
}
