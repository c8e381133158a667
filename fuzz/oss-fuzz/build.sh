#!/bin/bash -eu
# Builds all fuzz targets for OSS-Fuzz, which sets CC, CFLAGS, SRC, OUT and LIB_FUZZING_ENGINE. Sanitizers and coverage
# are in CFLAGS; the engine is linked instead of libFuzzer. To try it elsewhere, see fuzz/README.md.

cd "$SRC/stellar-tcp"
work=${WORK:-/tmp}/stellar-tcp

cmake -G Ninja -S . -B "$work" -DCMAKE_BUILD_TYPE=None -DCMAKE_C_COMPILER="$CC" -DCMAKE_C_FLAGS="$CFLAGS" \
    -DCMAKE_EXE_LINKER_FLAGS="$CFLAGS" -DSTELLAR_TESTS=OFF -DSTELLAR_FUZZ=ON -DSTELLAR_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" \
    -DSTELLAR_FUZZ_TLS_DATA=tls-data -DCMAKE_BUILD_RPATH='$ORIGIN/lib'

# Targets run elsewhere, in $OUT. So the shared libraries that may be missing there are copied, and the server's key.
mkdir -p "$OUT/lib" "$OUT/tls-data"
cp tests/unit/tls/data/p256.pem tests/unit/tls/data/p256.key.pem "$OUT/tls-data/"

for target in parser split differential slow index json telnet session tls config; do
    # MemorySanitizer reports memory as unset if a library that was built without it has set it.
    [[ ${SANITIZER:-} != memory || ! $target =~ ^(json|telnet|tls|config)$ ]] || continue
    cmake --build "$work" --target "fuzz-$target"
    cp "$work/bin/fuzz-$target" "$OUT/"
    ldd "$OUT/fuzz-$target" |
        awk -v out="$OUT" '/jansson|telnet|bearssl|libuv/ && index($3, out) != 1 { print $3 }' |
        xargs -r cp -Lt "$OUT/lib"

    case $target in
        split | differential | slow) kind=parser ;;
        *) kind=$target ;;
    esac
    cp "fuzz/$kind.dict" "$OUT/fuzz-$target.dict"
    cp "fuzz/$kind.options" "$OUT/fuzz-$target.options"
    zip -qj "$OUT/fuzz-${target}_seed_corpus.zip" "fuzz/corpus/$target"/* \
        $(find fuzz/regressions -path "*/$target/*")
done
