import {
  baseName,
  type Command,
  dockerfile,
  type Finding,
  imagesIn,
  isBelow,
  type Libc,
  libcOf,
  lineOf,
  type Model,
  rule,
  type Stage,
  type Started,
  type Step,
  startOf,
  type Take,
} from '../../src/engine/rule.ts';
import { isCopyOf, valueOf } from './lib/programs.ts';

export default rule({
  id: 'libc-mismatch',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The program is linked to a C library that this image does not have.',
  why: `
    A program that is linked dynamically names the loader of its C library, and where that file is missing the kernel says
    "no such file or directory" of the program itself. Debian, Ubuntu and Fedora have glibc, Alpine has musl, scratch and
    distroless/static have none. Judged are programs that a stage is seen to build and a container to start. Programs that are
    linked statically run everywhere.
  `,
  instead: 'Build and run on the same distribution, or link statically.',
  url: 'https://wiki.musl-libc.org/guidelines-for-distributions.html',
  examples: {
    'Rust of Debian on Alpine': dockerfile`
      FROM rust:1.90 AS build
      WORKDIR /src
      RUN cargo build --release
      FROM alpine:3.22
      COPY --from=build /src/target/release/app /app
                        ~~~~~~~~~~~~~~~~~~~~~~~
      CMD ["/app"]
    `,
    'C without a C library': dockerfile`
      FROM gcc:15 AS build
      RUN gcc -o /app main.c
      FROM scratch
      COPY --from=build /app /app
                        ~~~~
      CMD ["/app"]
    `,
    'a server of Go, whose resolver is that of the C library': dockerfile`
      FROM golang:1.25 AS build
      RUN go build -o /app .
      FROM alpine:3.22
      COPY --from=build /app /app
                        ~~~~
      CMD ["/app"]
    `,
    'linked statically, or on the same distribution': dockerfile`
      FROM golang:1.25 AS build
      RUN CGO_ENABLED=0 go build -o /app .
      FROM rust:1.90 AS tool
      RUN cargo build --release --target x86_64-unknown-linux-musl && cp target/x86_64-unknown-linux-musl/release/tool /tool
      FROM alpine:3.22
      COPY --from=build /app /app
      COPY --from=tool /tool /tool
      CMD ["/app"]
    `,
  },
  visit: { File: (model) => imagesIn(model).flatMap((stage) => judge(stage, model)) },
});

function judge(stage: Stage, model: Model): Finding[] {
  const libc = libcOf(stage);
  if (libc === undefined || bringsLoader(stage)) return [];
  const { programs } = startOf(stage, model);
  return stage.allSteps.flatMap((step) =>
    step.takes.flatMap((take): Finding[] => {
      if (take.via !== 'copy' || take.origin.kind !== 'stage') return [];
      const program = programs.find((it) => isCopyOf(it, take));
      const found = program && builtFor(take.origin.stage, take, libc);
      return found ? [finding(found, { take, program, libc, stage, model })] : [];
    }),
  );
}

/** Whether a loader of the other library comes with a package or a copy. */
const bringsLoader = ({ allSteps }: Stage): boolean =>
  allSteps.some(
    ({ operations, takes }) =>
      operations.some(({ packages }) =>
        packages.some(({ name }) => name !== undefined && /^(?:libc6-compat|gcompat|glibc|musl|libc6)/.test(name)),
      ) ||
      takes.some(({ source, target }) => /\/lib(?:64)?(?:\/|$)|ld-(?:linux|musl)/.test(`${source} ${target ?? ''}`)),
  );

interface Built {
  readonly step: Step;
  readonly command: Command;
  readonly libc: Exclude<Libc, 'none'>;
  /** Go links to the library only where something of it is used. */
  readonly isSure: boolean;
}

/** The command that built what is copied, where it links to another C library than the one there. */
function builtFor(origin: Stage, { source }: Take, libc: Libc): Built | undefined {
  const own = libcOf(origin);
  if (own === undefined || own === 'none' || own === libc) return undefined;
  for (const step of origin.allSteps.toReversed()) {
    if (step.instruction.kind !== 'Run') continue;
    for (const command of step.script?.commands.toReversed() ?? []) {
      const isSure = linksDynamically(command, step, { own, source });
      if (isSure !== undefined)
        return isSure === 'static' ? undefined : { step, command, libc: own, isSure: isSure === 'yes' };
    }
  }
  return undefined;
}

/** Undefined for a command that is not seen to build it. */
function linksDynamically(
  command: Command,
  step: Step,
  { own, source }: { readonly own: Libc; readonly source: string },
): 'yes' | 'maybe' | 'static' | undefined {
  const { name, args } = command;
  const words = args.map(({ text }) => text);
  if (/musl|static/.test(source)) return 'static';
  const text = words.join(' ');
  if (name === 'go' && words[0] === 'build' && /(?:^|[\s=/])(?:-o)?/.test(text)) {
    const cgo = valueOf('CGO_ENABLED', command, step);
    if (cgo === '0' || /netgo|osusergo|-static|CGO_ENABLED=0/.test(text) || crosses(command, step)) return 'static';
    // Alpine's Go has no C compiler unless one is installed
    if (own === 'musl') return cgo === '1' ? 'yes' : undefined;
    return cgo === undefined || cgo === '1' ? (cgo === '1' ? 'yes' : 'maybe') : 'static';
  }
  if (name === 'cargo' && words.includes('build')) {
    if (own === 'musl') return 'static';
    const flags = valueOf('RUSTFLAGS', command, step) ?? '';
    const target = valueOf('CARGO_BUILD_TARGET', command, step) ?? '';
    if (/musl|crt-static/.test(`${text} ${flags} ${target}`)) return 'static';
    return /(?:^|\/)target\/(?:release|debug)\//.test(source) || isCopiedOn(source, step) ? 'yes' : undefined;
  }
  if (/^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+)$/.test(name ?? '')) {
    const out = words[words.indexOf('-o') + 1] ?? '';
    if (words.indexOf('-o') < 0 || baseName(out) !== baseName(source)) return undefined;
    return /(?:^|\s)-static/.test(text) ? 'static' : 'yes';
  }
  return undefined;
}

/** `cargo build … && cp target/release/app /app`. */
const isCopiedOn = (source: string, { effects }: Step): boolean =>
  effects.all.some(({ kind, path }) => kind === 'write' && isBelow(source, path)) &&
  effects.all.some(({ kind, path }) => kind === 'read' && /(?:^|\/)target\/(?:release|debug)\//.test(path));

/** Built for another system, cgo is off. */
const crosses = (command: Command, step: Step): boolean =>
  ['GOOS', 'GOARCH', 'CC'].some((name) => valueOf(name, command, step) !== undefined);

interface Copy {
  readonly take: Take;
  readonly program: Started;
  readonly libc: Libc;
  readonly stage: Stage;
  readonly model: Model;
}

const nameOf: Readonly<Record<Libc, string>> = { glibc: 'glibc', musl: 'musl', none: 'no C library' };

function finding({ step, command, libc: own, isSure }: Built, { take, program, libc, stage, model }: Copy): Finding {
  const base = stage.rootImage?.text ?? 'scratch';
  const line = lineOf(model, step.instruction);
  const has = libc === 'none' ? 'has no C library' : `has ${nameOf[libc]}`;
  return {
    at: take.at,
    related: step.instruction.keyword,
    ...(!isSure && { severity: 'info' as const }),
    message: isSure
      ? `${program.name} is linked to ${own} (line ${line}), but ${base} ${has}, so it does not start.`
      : `${program.name} is linked to ${own} (line ${line}) if it uses net or os/user, but ${base} ${has}: then it does not start.`,
    instead: insteadOf(command, own),
  };
}

function insteadOf({ name }: Command, own: Built['libc']): string {
  if (name === 'go') return 'Build with CGO_ENABLED=0, or run it on the distribution on which it is built.';
  if (name === 'cargo')
    return 'Build with --target x86_64-unknown-linux-musl, or run it on the distribution on which it is built.';
  return `Link with -static, or run it on a distribution with ${own}.`;
}
