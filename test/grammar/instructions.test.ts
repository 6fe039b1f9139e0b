import { from, nothing, reads } from './table.ts';

/** Every instruction, its flags and the shape of its arguments. */

reads('FROM', nothing, [
  ['an image', 'FROM a', 'From image=«a»'],
  ['a tag and a digest', 'FROM a/b:c@sha256:0123', 'From image=«a/b:c@sha256:0123»'],
  [
    'AS in any case',
    'FROM a As b\nFROM c aS d',
    'From image=«a» as=«AS»~«As» name=«b» | From image=«c» as=«AS»~«aS» name=«d»',
  ],
  ['AS may name an image and a stage', 'FROM as AS as', 'From image=«as» as=«AS» name=«as»'],
  [
    'a name may have digits, dots, dashes and underscores, in any case',
    'FROM a AS B1.c-d_E',
    'From image=«a» as=«AS» name=«B1.c-d_E»',
  ],
  ['quotes are part of the word, and come off later', 'FROM "a"', 'From image=«a»~«"a"»'],
  [
    'variables in the image',
    'ARG V\nFROM a:$V AS b\nFROM a:${V:-1}',
    'Arg pairs=[«V»] | From image=«a:$V»{V} as=«AS» name=«b» | From image=«a:${V:-1}»{V :- 1}',
  ],
  ['--platform', 'FROM --platform=$BUILDPLATFORM a', 'From flags=[platform=«$BUILDPLATFORM»{BUILDPLATFORM}] image=«a»'],
  ['an empty --platform is found out later', 'FROM --platform= a', 'From flags=[platform=«»] image=«a»'],
  ['an empty image too', 'FROM $V', 'From image=«$V»{V}'],
  ['a number is an image', 'FROM 0', 'From image=«0»'],
  [
    'two stages of one name',
    'FROM a AS b\nFROM a AS b',
    'From image=«a» as=«AS» name=«b» | From image=«a» as=«AS» name=«b»',
  ],
  ['ARG may stand before', 'ARG a=1 b\nFROM c', 'Arg pairs=[«a»=«1», «b»] | From image=«c»'],
  ['of a name no variable is read', 'FROM a AS b', 'From image=«a» as=«AS» name=«b»'],
]);

reads('flags', from, [
  ['blanks in between', 'COPY  --link \t --from=b  c d', 'Copy flags=[link, from=«b»] sources=[«c»] destination=«d»'],
  ['a bare one is true', 'COPY --link --parents b c', 'Copy flags=[link, parents] sources=[«b»] destination=«c»'],
  [
    'true and false in any case',
    'COPY --link=TRUE --parents=False b c',
    'Copy flags=[link=«TRUE», parents=«False»] sources=[«b»] destination=«c»',
  ],
  [
    'double quotes come off and protect blanks',
    'COPY --chown="b c" d e',
    'Copy flags=[chown=«b c»~«"b c"»] sources=[«d»] destination=«e»',
  ],
  ['single quotes too', "COPY --chown='b c' d e", "Copy flags=[chown=«b c»~«'b c'»] sources=[«d»] destination=«e»"],
  [
    'quotes around the whole flag are none: it is a word',
    'COPY "--link" b c',
    'Copy sources=[«--link»~«"--link"», «b»] destination=«c»',
  ],
  [
    'quotes around a part of the name come off',
    'COPY --"chown=b c" d e',
    'Copy flags=[chown=«b c»~«b c"»] sources=[«d»] destination=«e»',
  ],
  [
    'an escape takes the next character',
    'COPY --chown=b\\ c d e',
    'Copy flags=[chown=«b c»~«b\\ c»] sources=[«d»] destination=«e»',
  ],
  [
    'in single quotes too',
    "COPY --chown='b\\'c' d e",
    "Copy flags=[chown=«bc»~«'b\\'c'»!unterminated-quote«'c»] sources=[«d»] destination=«e»",
  ],
  ['an empty value of a string', 'COPY --chown= b c', 'Copy flags=[chown=«»] sources=[«b»] destination=«c»'],
  ['a value with equals signs', 'COPY --chown=b=c d e', 'Copy flags=[chown=«b=c»] sources=[«d»] destination=«e»'],
  ['a bare -- ends the flags', 'COPY --link -- --b c', 'Copy flags=[link] sources=[«--b»] destination=«c»'],
  ['and goes away', 'RUN -- b', 'Run command=«b»'],
  ['behind it another is a word', 'CMD -- -- b', 'Cmd command=«-- b»'],
  ['one dash is no flag', 'CMD -b', 'Cmd command=«-b»'],
  ['a flag behind a word is a word', 'CMD b --c', 'Cmd command=«b --c»'],
  ['nothing but flags', 'RUN --network=none', 'Run flags=[network=«none»]'],
  ['ARG takes any flag, and forgets it', 'ARG --foo b', 'Arg flags=[foo] pairs=[«b»]'],
  ['STOPSIGNAL too', 'STOPSIGNAL --foo 9', 'Stopsignal flags=[foo] signal=«9»'],
  ['HEALTHCHECK NONE too', 'HEALTHCHECK --foo NONE', 'Healthcheck flags=[foo] type=«NONE»'],
  [
    'lists may be repeated',
    'COPY --exclude=b --exclude=c d e',
    'Copy flags=[exclude=«b», exclude=«c»] sources=[«d»] destination=«e»',
  ],
  [
    'a value over two lines',
    'RUN --mount=type=cache,\\\ntarget=/b c',
    'Run flags=[mount=«type=cache,target=/b»~«type=cache,\\⏎target=/b»] command=«c»',
  ],
  [
    'variables in values',
    'COPY --chown=$b:${c:-d} e f',
    'Copy flags=[chown=«$b:${c:-d}»{b}{c :- d}] sources=[«e»] destination=«f»',
  ],
  ['a quote that does not end takes the rest', 'RUN --network="none', 'Run flags=[network=«none»~«"none»]'],
  ['a name may be anything where none is known', 'ARG --constructor b', 'Arg flags=[constructor] pairs=[«b»]'],
]);

reads('RUN', from, [
  ['the shell form is one string', 'RUN b  "c  d" $e \\$f', 'Run command=«b  "c  d" $e \\$f»'],
  ['a tab behind the keyword', 'RUN\tb', 'Run command=«b»'],
  ['the exec form', 'RUN ["b", "c d"]', 'Run command=[«b»~«"b"», «c d»~«"c d"»]'],
  ['nothing', 'RUN', 'Run'],
  ['an empty array', 'RUN []', 'Run command=[]'],
  ['a test of the shell is no array', 'RUN [ -f b ] && c', 'Run command=«[ -f b ] && c»'],
  ['nor are double brackets', 'RUN [[ b ]]', 'Run command=«[[ b ]]»'],
  ['a brace group', 'RUN { b; }', 'Run command=«{ b; }»'],
  ['--network', 'RUN --network=host b', 'Run flags=[network=«host»] command=«b»'],
  ['--security', 'RUN --security=insecure b', 'Run flags=[security=«insecure»] command=«b»'],
  ['--device by name', 'RUN --device=vendor/b b', 'Run flags=[device=«vendor/b»] command=«b»'],
  [
    '--device with more',
    'RUN --device=name=b,required --device=c,required=false b',
    'Run flags=[device=«name=b,required», device=«c,required=false»] command=«b»',
  ],
  [
    '--mount, several',
    'RUN --mount=type=cache,target=/b --mount=type=secret,id=c d',
    'Run flags=[mount=«type=cache,target=/b», mount=«type=secret,id=c»] command=«d»',
  ],
  [
    'a mount of an unknown type is found out later',
    'RUN --mount=type=foo,target=/b c',
    'Run flags=[mount=«type=foo,target=/b»] command=«c»',
  ],
  ['an unknown key too', 'RUN --mount=foo=bar c', 'Run flags=[mount=«foo=bar»] command=«c»'],
  [
    'a target with a variable',
    'RUN --mount=type=cache,target=$b c',
    'Run flags=[mount=«type=cache,target=$b»{b}] command=«c»',
  ],
  ['from a dollar without a name', 'RUN --mount=from=a$ b', 'Run flags=[mount=«from=a$»] command=«b»'],
  ['a here-string is no here-document', 'RUN cat <<<b', 'Run command=«cat <<<b»'],
]);

reads('CMD, ENTRYPOINT, SHELL', from, [
  ['the shell form', 'CMD b c', 'Cmd command=«b c»'],
  ['the exec form', 'CMD ["b", "$c"]', 'Cmd command=[«b»~«"b"», «$c»~«"$c"»]'],
  ['blanks around the array', 'CMD   [ "b" , "c" ]  ', 'Cmd command=[«b»~«"b"», «c»~«"c"»]'],
  ['nothing', 'CMD', 'Cmd'],
  ['an empty array', 'CMD []', 'Cmd command=[]'],
  ['ENTRYPOINT: nothing', 'ENTRYPOINT', 'Entrypoint'],
  ['ENTRYPOINT: an empty array', 'ENTRYPOINT []', 'Entrypoint command=[]'],
  ['ENTRYPOINT: the exec form', 'ENTRYPOINT ["b"]', 'Entrypoint command=[«b»~«"b"»]'],
  ['single quotes are no JSON: shell form', "CMD ['b', 'c']", "Cmd command=«['b', 'c']»"],
  ['nor is a comma at the end', 'CMD ["b",]', 'Cmd command=«["b",]»'],
  ['nor text behind', 'CMD ["b"] c', 'Cmd command=«["b"] c»'],
  ['nor an open bracket', 'CMD ["b"', 'Cmd command=«["b"»'],
  ['nor a missing comma', 'CMD ["b" "c"]', 'Cmd command=«["b" "c"]»'],
  ['nor smart quotes', 'CMD [“b”]', 'Cmd command=«[“b”]»'],
  ['nor a raw tab in a string', 'CMD ["b\tc"]', 'Cmd command=«["b⇥c"]»'],
  ['nor an unknown escape', 'CMD ["b\\c"]', 'Cmd command=«["b\\c"]»'],
  ['nor two arrays', 'CMD ["b"]["c"]', 'Cmd command=«["b"]["c"]»'],
  ['nor an open string', 'CMD ["b]', 'Cmd command=«["b]»'],
  [
    'JSON escapes are decoded',
    'CMD ["b\\n\\"c\\"\\/\\u00e9\\\\"]',
    'Cmd command=[«b⏎"c"/é\\»~«"b\\n\\"c\\"\\/\\u00e9\\\\"»]',
  ],
  ['a surrogate pair', 'CMD ["\\ud83d\\ude00x"]', 'Cmd command=[«😀x»~«"\\ud83d\\ude00x"»]'],
  ['brackets and commas in strings', 'CMD ["[b],", "]"]', 'Cmd command=[«[b],»~«"[b],"», «]»~«"]"»]'],
  ['a here-document is none', 'CMD cat <<EOF', 'Cmd command=«cat <<EOF»'],
  ['SHELL', 'SHELL ["b", "-c"]', 'Shell command=[«b»~«"b"», «-c»~«"-c"»]'],
]);

reads('COPY and ADD', from, [
  ['a source and a destination', 'COPY b c', 'Copy sources=[«b»] destination=«c»'],
  ['several sources', 'COPY b c /d', 'Copy sources=[«b», «c»] destination=«/d»'],
  ['two sources and no slash are found out later', 'COPY b c d', 'Copy sources=[«b», «c»] destination=«d»'],
  [
    'quotes group nothing',
    'COPY "b c" d',
    'Copy sources=[«b»~«"b»!unterminated-quote«"b», «c»~«c"»!unterminated-quote«"»] destination=«d»',
  ],
  ['an escape neither', 'COPY b\\ c d', 'Copy sources=[«b»~«b\\», «c»] destination=«d»'],
  ['JSON for paths with blanks', 'COPY ["b c", "d"]', 'Copy form=[«b c»~«"b c"», «d»~«"d"»]'],
  ['JSON that is none', 'COPY ["b","c",] /x', 'Copy sources=[«[b,c,]»~«["b","c",]»] destination=«/x»'],
  ['variables', 'COPY $b ${c}/d', 'Copy sources=[«$b»{b}] destination=«${c}/d»{c}'],
  ['variables in JSON', 'COPY ["$b", "${c:-d e}"]', 'Copy form=[«$b»~«"$b"»{b}, «${c:-d e}»~«"${c:-d e}"»{c :- d e}]'],
  ['quotes come off in JSON too', `COPY ["'b'", "c"]`, `Copy form=[«b»~«"'b'"», «c»~«"c"»]`],
  [
    'all flags of COPY',
    'COPY --from=b --chown=c:d --chmod=755 --link --parents --exclude=*.e f g',
    'Copy flags=[from=«b», chown=«c:d», chmod=«755», link, parents, exclude=«*.e»] sources=[«f»] destination=«g»',
  ],
  [
    'all flags of ADD',
    'ADD --chown=c --chmod=u+x --link --exclude=b --keep-git-dir --checksum=sha256:0 --unpack=false f g',
    'Add flags=[chown=«c», chmod=«u+x», link, exclude=«b», keep-git-dir, checksum=«sha256:0», unpack=«false»] sources=[«f»] destination=«g»',
  ],
  ['a wrong mode is found out later', 'COPY --chmod=999 b c', 'Copy flags=[chmod=«999»] sources=[«b»] destination=«c»'],
  ['a stage further down too', 'COPY --from=9 b c', 'Copy flags=[from=«9»] sources=[«b»] destination=«c»'],
  ['a variable in --from too', 'COPY --from=$b c d', 'Copy flags=[from=«$b»{b}] sources=[«c»] destination=«d»'],
  ['ADD of an address', 'ADD https://b/c.tgz /d', 'Add sources=[«https://b/c.tgz»] destination=«/d»'],
  ['COPY of an address is found out later', 'COPY http://b c', 'Copy sources=[«http://b»] destination=«c»'],
  ['an empty path in JSON', 'COPY ["", "c"]', 'Copy form=[«»~«""», «c»~«"c"»]'],
]);

reads('one argument that is the whole line', from, [
  ['WORKDIR with a blank', 'WORKDIR /b  c', 'Workdir path=«/b  c»'],
  ['WORKDIR with quotes', 'WORKDIR "/b c"', 'Workdir path=«/b c»~«"/b c"»'],
  ['USER with a blank', 'USER b c', 'User user=«b c»'],
  ['USER and group', 'USER b:c', 'User user=«b:c»'],
  ['STOPSIGNAL', 'STOPSIGNAL SIGKILL', 'Stopsignal signal=«SIGKILL»'],
  ['an unknown signal is found out later', 'STOPSIGNAL SIGFOO', 'Stopsignal signal=«SIGFOO»'],
  ['MAINTAINER', 'MAINTAINER B C <d@e>', 'Maintainer name=«B C <d@e>»'],
  ['quotes of MAINTAINER stay', `MAINTAINER "B" it's`, `Maintainer name=«"B" it's»`],
  ['variables', 'WORKDIR $b/${c}', 'Workdir path=«$b/${c}»{b}{c}'],
  ['brackets are text', 'WORKDIR ["b"]', 'Workdir path=«[b]»~«["b"]»'],
]);

reads('EXPOSE and VOLUME', from, [
  ['ports', 'EXPOSE 80 443/tcp 53-60/udp', 'Expose ports=[«80», «443/tcp», «53-60/udp»]'],
  ['variables', 'EXPOSE $b ${c}', 'Expose ports=[«$b»{b}, «${c}»{c}]'],
  ['a wrong port is found out later', 'EXPOSE b 99999 80/http', 'Expose ports=[«b», «99999», «80/http»]'],
  ['volumes', 'VOLUME /b /c', 'Volume paths=[«/b», «/c»]'],
  ['volumes in JSON', 'VOLUME ["/b", "/c d"]', 'Volume form=[«/b»~«"/b"», «/c d»~«"/c d"»]'],
  ['quotes are no empty path yet', 'VOLUME ""', 'Volume paths=[«»~«""»]'],
  ['quotes in JSON neither', `VOLUME ["''"]`, `Volume form=[«»~«"''"»]`],
  ['JSON that is none', 'VOLUME ["/b",]', 'Volume paths=[«[/b,]»~«["/b",]»]'],
  ['a variable', 'VOLUME $b', 'Volume paths=[«$b»{b}]'],
]);

reads('HEALTHCHECK', from, [
  ['CMD, shell form', 'HEALTHCHECK CMD b || exit 1', 'Healthcheck type=«CMD» command=«b || exit 1»'],
  ['CMD, exec form', 'HEALTHCHECK CMD ["b"]', 'Healthcheck type=«CMD» command=[«b»~«"b"»]'],
  ['in any case', 'HEALTHCHECK cmd b', 'Healthcheck type=«CMD»~«cmd» command=«b»'],
  ['NONE', 'HEALTHCHECK NONE', 'Healthcheck type=«NONE»'],
  ['none', 'healthcheck none', 'Healthcheck type=«NONE»~«none»'],
  ['NONE and an empty array', 'HEALTHCHECK NONE []', 'Healthcheck type=«NONE» command=[]'],
  [
    'all flags',
    'HEALTHCHECK --interval=1m30s --timeout=.5s --start-period=0 --start-interval=1h --retries=3 CMD b',
    'Healthcheck flags=[interval=«1m30s», timeout=«.5s», start-period=«0», start-interval=«1h», retries=«3»] type=«CMD» command=«b»',
  ],
  [
    'empty values are defaults',
    'HEALTHCHECK --interval= --retries= CMD b',
    'Healthcheck flags=[interval=«», retries=«»] type=«CMD» command=«b»',
  ],
  [
    'zero is the default',
    'HEALTHCHECK --interval=0s --retries=0 CMD b',
    'Healthcheck flags=[interval=«0s», retries=«0»] type=«CMD» command=«b»',
  ],
  [
    'a sign',
    'HEALTHCHECK --interval=+5s --retries=+3 CMD b',
    'Healthcheck flags=[interval=«+5s», retries=«+3»] type=«CMD» command=«b»',
  ],
  [
    'micro in both letters',
    'HEALTHCHECK --interval=2000µs --timeout=2000μs CMD b',
    'Healthcheck flags=[interval=«2000µs», timeout=«2000μs»] type=«CMD» command=«b»',
  ],
  ['a millisecond', 'HEALTHCHECK --interval=1ms CMD b', 'Healthcheck flags=[interval=«1ms»] type=«CMD» command=«b»'],
  [
    'the longest',
    'HEALTHCHECK --interval=2562047h CMD b',
    'Healthcheck flags=[interval=«2562047h»] type=«CMD» command=«b»',
  ],
  ['a here-document is none', 'HEALTHCHECK CMD cat <<EOF', 'Healthcheck type=«CMD» command=«cat <<EOF»'],
  ['CMD may be cut', 'HEALTHCHECK C\\\nMD b', 'Healthcheck type=«CMD»~«C\\⏎MD» command=«b»'],
]);

reads('ONBUILD', from, [
  ['RUN', 'ONBUILD RUN b c', 'Onbuild instruction=(Run command=«b c»)'],
  [
    'in any case',
    'onbuild copy --from=b c d',
    'Onbuild instruction=(Copy flags=[from=«b»] sources=[«c»] destination=«d»)',
  ],
  ['with --', 'ONBUILD -- RUN b', 'Onbuild instruction=(Run command=«b»)'],
  ['unknown instructions are found out later', 'ONBUILD FOO b', 'Onbuild instruction=(Unknown skipped=«b»)'],
  ['wrong flags too', 'ONBUILD COPY --foo b c', 'Onbuild instruction=(Copy flags=[foo] sources=[«b»] destination=«c»)'],
  ['missing arguments too', 'ONBUILD COPY b', 'Onbuild instruction=(Copy sources=[«b»])'],
  ['nothing behind USER', 'ONBUILD USER', 'Onbuild instruction=(User)'],
  ['ENV without arguments', 'ONBUILD ENV', 'Onbuild instruction=(Env)'],
  ['ENV with nothing but a flag', 'ONBUILD ENV --b', 'Onbuild instruction=(Env flags=[b])'],
  ['ENV with nothing but --', 'ONBUILD -- ENV', 'Onbuild instruction=(Env)'],
  [
    'a stage name of the wrong kind',
    'ONBUILD HEALTHCHECK curl b',
    'Onbuild instruction=(Healthcheck type=«CURL»~«curl» command=«b»)',
  ],
  ['SHELL without an array', 'ONBUILD SHELL b', 'Onbuild instruction=(Shell command=«b»)'],
  ['a blank ARG name', 'ONBUILD ARG =b', 'Onbuild instruction=(Arg pairs=[«»=«b»])'],
  ['continued', 'ONBUILD \\\n RUN b \\\n c', 'Onbuild instruction=(Run command=«b  c»~«b \\⏎ c»)'],
  ['JSON', 'ONBUILD CMD ["b"]', 'Onbuild instruction=(Cmd command=[«b»~«"b"»])'],
  ['a here-document', 'ONBUILD RUN <<EOF\nb\nEOF', 'Onbuild instruction=(Run command=«<<EOF» heredocs=[<<EOF«b⏎»])'],
  [
    'of COPY with a variable',
    'ONBUILD COPY --link <<EOF /c\n$b\nEOF',
    'Onbuild instruction=(Copy flags=[link] sources=[«<<EOF»] destination=«/c» heredocs=[<<EOF«$b⏎»{b}])',
  ],
  ['the here-document of ENV is none', 'ONBUILD ENV b=<<EOF', 'Onbuild instruction=(Env pairs=[«b»=«<<EOF»])'],
]);
