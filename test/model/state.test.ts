import { describe, expect, test } from 'vitest';
import type { Binding, State } from '../../src/model/model.ts';
import { modelOf, said } from './model.ts';

const end = (text: string, ...args: [string, string][]): State =>
  modelOf(text, { buildArgs: new Map(args) }).target!.end;

describe('USER', () => {
  test.for([
    ['FROM a', '?'],
    ['FROM scratch', '=0'],
    ['FROM a ⏎ USER app', '=app'],
    ['FROM a ⏎ USER 1000:1000', '=1000:1000'],
    ['FROM a ⏎ USER "app"', '=app'],
    ['FROM a ⏎ USER root ⏎ USER app', '=app'],
    ['FROM a AS b ⏎ USER app ⏎ FROM b', '=app'],
    ['FROM a AS b ⏎ USER app ⏎ FROM b AS c ⏎ FROM c', '=app'],
    ['FROM a AS b ⏎ USER app ⏎ FROM a', '?'],
    ['FROM a AS b ⏎ FROM b ⏎ USER app', '=app'],
    ['FROM a AS Base ⏎ USER app ⏎ FROM base', '=app'],
    ['FROM a ⏎ ARG UID=1000 ⏎ USER $UID', '=1000'],
    ['FROM a ⏎ ARG UID ⏎ USER $UID', '?$UID'],
    ['FROM a ⏎ USER ${UID:-1000}', '?${UID:-1000}'],
    ['FROM scratch ⏎ USER ${UID:-1000}', '=1000'],
    ['ARG U=app ⏎ FROM a ⏎ USER $U', '?$U'],
    ['ARG U=app ⏎ FROM a ⏎ ARG U ⏎ USER $U', '=app'],
    ['FROM a AS b ⏎ ONBUILD USER app ⏎ FROM b', '=app'],
    ['FROM a AS b ⏎ ONBUILD USER app ⏎ FROM b ⏎ USER me', '=me'],
    ['FROM a ⏎ ONBUILD USER app', '?'],
    ['FROM $X AS b ⏎ FROM b', '?'],
  ])('%s', ([text, expected]) => {
    expect(said(end(text!).user)).toBe(expected);
  });
});

describe('WORKDIR', () => {
  test.for([
    ['FROM a', '?'],
    ['FROM scratch', '=/'],
    ['FROM a ⏎ WORKDIR /app', '=/app'],
    ['FROM a ⏎ WORKDIR /app/', '=/app'],
    ['FROM a ⏎ WORKDIR /app ⏎ WORKDIR src', '=/app/src'],
    ['FROM a ⏎ WORKDIR /app ⏎ WORKDIR ./src/../lib', '=/app/lib'],
    ['FROM a ⏎ WORKDIR /app ⏎ WORKDIR ../..', '=/'],
    ['FROM a ⏎ WORKDIR /app ⏎ WORKDIR /srv//x', '=/srv/x'],
    ['FROM scratch ⏎ WORKDIR app', '=/app'],
    ['FROM a ⏎ WORKDIR app', '?app'],
    ['FROM a ⏎ WORKDIR app ⏎ WORKDIR src', '?app/src'],
    ['FROM a ⏎ WORKDIR app ⏎ WORKDIR /src', '=/src'],
    ['FROM a ⏎ WORKDIR $X ⏎ WORKDIR src', '?$X/src'],
    ['FROM a ⏎ WORKDIR /a/$X ⏎ WORKDIR src', '?/a/$X/src'],
    ['FROM a ⏎ WORKDIR /a ⏎ WORKDIR b/$X', '?/a/b/$X'],
    ['FROM a ⏎ WORKDIR /a ⏎ WORKDIR $X', '?$X'],
    ['FROM a ⏎ WORKDIR /a b', '=/a b'],
    ['FROM a ⏎ ENV D=/opt ⏎ WORKDIR ${D}/x', '=/opt/x'],
    ['FROM scratch ⏎ WORKDIR /a ⏎ WORKDIR $NONE', '=/a'],
    ['FROM a AS b ⏎ WORKDIR /app ⏎ FROM b ⏎ WORKDIR src', '=/app/src'],
    ['FROM a ⏎ WORKDIR /app ⏎ WORKDIR C:\\x', '=/app/C:x'],
    ['FROM microsoft/nanoserver ⏎ WORKDIR C:\\\\app', '=C:\\app'],
    ['# escape=` ⏎ FROM microsoft/nanoserver ⏎ WORKDIR C:\\app ⏎ WORKDIR src', '=C:\\app\\src'],
    ['# escape=` ⏎ FROM microsoft/nanoserver ⏎ WORKDIR C:\\', '=C:\\'],
    ['FROM microsoft/nanoserver ⏎ WORKDIR C:/app', '=C:/app'],
    ['FROM microsoft/nanoserver ⏎ WORKDIR /app ⏎ WORKDIR src', '=/app/src'],
  ])('%s', ([text, expected]) => {
    expect(said(end(text!).workdir)).toBe(expected);
  });
});

describe('SHELL', () => {
  const shell = (text: string): string => {
    const { dialect, pipefail, errexit, explicit } = end(text).shell;
    return [dialect, pipefail && 'pipefail', errexit && 'errexit', explicit && 'explicit'].filter(Boolean).join(' ');
  };
  test.for([
    ['FROM a', 'posix'],
    ['FROM scratch', 'posix'],
    ['FROM microsoft/nanoserver', 'cmd'],
    ['FROM --platform=windows/amd64 a', 'cmd'],
    ['# escape=` ⏎ FROM a', 'posix'],
    // inherited through the alias of a stage, whatever stands between
    ['FROM a AS b ⏎ SHELL ["/bin/bash", "-o", "pipefail", "-c"] ⏎ FROM b', 'bash pipefail explicit'],
    ['FROM a AS b ⏎ SHELL ["/bin/bash", "-c"] ⏎ ENV A=1 ⏎ ARG B ⏎ FROM b AS c ⏎ FROM c', 'bash explicit'],
    ['FROM a AS B ⏎ SHELL ["/bin/bash", "-c"] ⏎ FROM b', 'bash explicit'],
    ['FROM a AS b ⏎ SHELL ["/bin/bash", "-c"] ⏎ FROM a', 'posix'],
    ['FROM microsoft/nanoserver AS b ⏎ SHELL ["pwsh", "-Command"] ⏎ FROM b', 'powershell explicit'],
    // as hadolint has it: above all stages for all, in a stage for what follows
    ['# hadolint shell=/bin/bash ⏎ FROM a', 'bash'],
    ['ARG X ⏎ # hadolint shell=bash ⏎ FROM a ⏎ RUN b', 'bash'],
    ['# hadolint shell=bash ⏎ FROM a ⏎ FROM b', 'bash'],
    ['FROM a ⏎ # hadolint shell=bash ⏎ FROM b', 'posix'],
    ['FROM a ⏎ # hadolint shell=powershell ⏎ RUN b', 'powershell'],
    ['FROM a ⏎ RUN b ⏎ #hadolint SHELL = bash # why ⏎ RUN c', 'bash'],
    ['FROM a AS b ⏎ # hadolint shell=bash ⏎ RUN c ⏎ FROM b', 'bash'],
    ['FROM a ⏎ # hadolint shell=bash ⏎ SHELL ["/bin/ash", "-c"]', 'ash explicit'],
    ['FROM a ⏎ SHELL ["/bin/ash", "-c"] ⏎ # hadolint shell=bash ⏎ RUN b', 'bash'],
    // a SHELL that is not JSON sets nothing
    ['FROM a ⏎ SHELL /bin/bash -c', 'posix'],
    ['FROM a ⏎ SHELL', 'posix'],
    ['FROM a AS b ⏎ ONBUILD SHELL ["/bin/bash", "-c"] ⏎ FROM b', 'bash explicit'],
  ])('%s', ([text, expected]) => {
    expect(shell(text!)).toBe(expected);
  });

  test.for([
    ['"/bin/sh", "-c"', 'posix'],
    ['"/bin/sh", "-o", "pipefail", "-c"', 'posix pipefail'],
    ['"/bin/dash", "-ec"', 'posix errexit'],
    ['"/bin/ash", "-eo", "pipefail", "-c"', 'ash pipefail errexit'],
    ['"/bin/busybox", "sh", "-c"', 'ash'],
    ['"/bin/bash", "-euo", "pipefail", "-c"', 'bash pipefail errexit'],
    ['"/bin/bash", "-euxo", "pipefail", "-c"', 'bash pipefail errexit'],
    ['"/bin/bash", "-o", "errexit", "-o", "pipefail", "-c"', 'bash pipefail errexit'],
    ['"/bin/bash", "-o", "nounset", "-c"', 'bash'],
    ['"/bin/bash", "+o", "pipefail", "-c"', 'bash'],
    ['"bash", "-l", "-c"', 'bash'],
    ['"/usr/local/bin/bash", "--login", "-exc"', 'bash errexit'],
    ['"/bin/zsh", "-c"', 'zsh'],
    ['"/bin/ksh", "-c"', 'ksh'],
    ['"/usr/bin/env", "bash", "-o", "pipefail", "-c"', 'bash pipefail'],
    ['"/usr/bin/env", "-S", "bash", "-ec"', 'bash errexit'],
    ['"/usr/bin/env", "-S", "bash -euo pipefail -c"', 'bash pipefail errexit'],
    ['"env", "-i", "sh", "-c"', 'posix'],
    ['"conda", "run", "-n", "myenv", "/bin/bash", "-c"', 'bash'],
    ['"conda", "run", "-n", "bash", "python", "-c"', 'other'],
    ['"sudo", "-E", "bash", "-o", "pipefail", "-c"', 'bash pipefail'],
    ['"cmd", "/S", "/C"', 'cmd'],
    ['"CMD.EXE", "/C"', 'cmd'],
    ['"powershell", "-Command", "$ErrorActionPreference = \'Stop\';"', 'powershell'],
    ['"powershell", "-ExecutionPolicy", "Bypass", "-Command"', 'powershell'],
    ['"C:\\\\Windows\\\\System32\\\\WindowsPowerShell\\\\v1.0\\\\PowerShell.exe", "-Command"', 'powershell'],
    ['"C:/Program Files/pwsh.exe", "-c"', 'powershell'],
    ['"/usr/bin/pwsh", "-Command"', 'powershell'],
    ['"/usr/bin/python3", "-c"', 'other'],
    ['"/bin/constructor", "-c"', 'other'],
    ['', 'other'],
  ])('[%s]', ([words, expected]) => {
    expect(shell(`FROM a ⏎ SHELL [${words}]`)).toBe(`${expected} explicit`);
  });

  test('holds from the next instruction on', () => {
    const { steps } = modelOf('FROM a ⏎ RUN a ⏎ SHELL ["bash", "-c"] ⏎ RUN b').target!;
    expect(steps.map(({ before }) => before.shell.dialect)).toEqual(['posix', 'posix', 'bash']);
    expect(steps[1]!.after.shell.argv).toEqual(['bash', '-c']);
  });
});

const binding = (it: Binding | undefined): string => (it ? `${it.kind} ${said(it.value)}` : 'none');

describe('variables', () => {
  test.for<[text: string, name: string, expected: string]>([
    ['FROM a ⏎ ENV X=1', 'X', 'env =1'],
    ['FROM a ⏎ ENV X 1 2', 'X', 'env =1 2'],
    ['FROM a ⏎ ENV X="1 2"', 'X', 'env =1 2'],
    ['FROM a ⏎ ENV X=', 'X', 'env ='],
    ['FROM a ⏎ ENV X=1 ⏎ ENV X=2', 'X', 'env =2'],
    ['FROM a ⏎ ENV X=1 ⏎ ENV Y=$X', 'Y', 'env =1'],
    // the pairs of one ENV see what was before it
    ['FROM a ⏎ ENV X=1 ⏎ ENV X=2 Y=$X', 'Y', 'env =1'],
    ['FROM scratch ⏎ ENV X=1 Y=$X', 'Y', 'env ='],
    ['FROM a ⏎ ENV X=1 Y=$X', 'Y', 'env ?$X'],
    ['FROM a ⏎ ENV K=X ⏎ ENV $K=1', 'X', 'env =1'],
    ['FROM a ⏎ ENV "X"=1', 'X', 'env =1'],
    ['FROM a ⏎ ENV x=1', 'X', 'none'],
    ['FROM a', 'X', 'none'],
    ['FROM a', 'PATH', 'base ?$PATH'],
    ['FROM scratch', 'PATH', 'base =/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    [
      'FROM scratch AS b ⏎ FROM b ⏎ ENV PATH=/x:$PATH',
      'PATH',
      'env =/x:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ],
    ['FROM --platform=windows scratch', 'PATH', 'none'],
    ['FROM a ⏎ ENV PATH=/x:$PATH', 'PATH', 'env ?/x:$PATH'],
    ['FROM a ⏎ ENV PATH=/x:${PATH} ⏎ ENV PATH=/y:$PATH', 'PATH', 'env ?/y:/x:${PATH}'],

    ['FROM a ⏎ ARG X=1', 'X', 'arg =1'],
    ['FROM a ⏎ ARG X=', 'X', 'arg ='],
    ['FROM a ⏎ ARG X', 'X', 'arg unset'],
    ['FROM a ⏎ ARG X=1 Y=$X', 'Y', 'arg =1'],
    ['FROM a ⏎ ARG X Y=$X', 'Y', 'arg ?$X'],
    ['FROM a ⏎ ARG X ⏎ ENV X=${X:-1}', 'X', 'env =1'],
    ['FROM a ⏎ ARG X ⏎ ENV X=$X', 'X', 'env ?$X'],
    ['ARG X=1 ⏎ FROM a', 'X', 'none'],
    ['ARG X=1 ⏎ FROM a ⏎ ARG X', 'X', 'arg =1'],
    ['ARG X=1 ⏎ FROM a ⏎ ARG X=2', 'X', 'arg =2'],
    ['ARG X ⏎ FROM a ⏎ ARG X', 'X', 'arg unset'],
    ['ARG X ⏎ FROM a ⏎ ARG X=2', 'X', 'arg =2'],
    ['ARG X=1 ⏎ FROM a ⏎ ENV Y=$X', 'Y', 'env ?$X'],
    ['ARG X=1 ⏎ FROM scratch ⏎ ENV Y=$X', 'Y', 'env ='],
    // an ARG without a value leaves what was there
    ['FROM a ⏎ ARG X=1 ⏎ ARG X', 'X', 'arg =1'],
    ['FROM a ⏎ ENV X=1 ⏎ ARG X', 'X', 'env =1'],
    ['ARG X=2 ⏎ FROM a ⏎ ENV X=1 ⏎ ARG X', 'X', 'arg =2'],
    // of ENV and ARG the later one is expanded
    ['FROM a ⏎ ARG X=1 ⏎ ENV X=2', 'X', 'env =2'],
    ['FROM a ⏎ ENV X=2 ⏎ ARG X=1', 'X', 'arg =1'],

    ['FROM a AS b ⏎ ENV X=1 ⏎ FROM b', 'X', 'env =1'],
    ['FROM a AS b ⏎ ARG X=1 ⏎ FROM b', 'X', 'arg =1'],
    ['FROM a AS b ⏎ ARG X ⏎ FROM b', 'X', 'arg unset'],
    ['FROM a AS b ⏎ ENV X=1 ⏎ FROM b AS c ⏎ FROM c ⏎ ENV Y=$X', 'Y', 'env =1'],
    ['FROM a AS b ⏎ ENV X=1 ⏎ FROM a', 'X', 'none'],
    ['FROM a AS b ⏎ ENV X=1 ⏎ FROM a ⏎ COPY --from=b / /', 'X', 'none'],
    ['FROM a AS b ⏎ ONBUILD ENV X=1 ⏎ FROM b ⏎ ENV Y=$X', 'Y', 'env =1'],
    ['FROM a AS b ⏎ ONBUILD ENV X=1', 'X', 'none'],

    ['FROM a ⏎ ARG TARGETARCH', 'TARGETARCH', 'arg ?$TARGETARCH'],
    ['FROM a', 'TARGETARCH', 'none'],
    ['FROM scratch ⏎ ENV X=$TARGETARCH', 'X', 'env ='],
    ['FROM a ⏎ ARG TARGETARCH=amd64', 'TARGETARCH', 'arg =amd64'],
    ['FROM a ⏎ ARG http_proxy', 'http_proxy', 'arg unset'],
    ['FROM scratch ⏎ ENV X=$http_proxy', 'X', 'env ='],
    ['FROM a ⏎ ENV X=a\\ b', 'X', 'env =a b'],
    ["FROM a ⏎ ENV X='$Y'", 'X', 'env =$Y'],
    ['FROM a ⏎ ENV X=\\$Y', 'X', 'env =$Y'],
  ])('%s: %s', ([text, name, expected]) => {
    expect(binding(end(text).variable(name))).toBe(expected);
  });

  test.for<[text: string, args: [string, string][], name: string, expected: string]>([
    ['FROM a ⏎ ARG X=1', [['X', '2']], 'X', 'arg =2'],
    ['FROM a ⏎ ARG X', [['X', '2']], 'X', 'arg =2'],
    ['FROM a ⏎ ARG X', [['X', '']], 'X', 'arg ='],
    ['FROM a ⏎ ARG X', [['Y', '2']], 'X', 'arg unset'],
    ['FROM a', [['X', '2']], 'X', 'none'],
    ['FROM a ⏎ ARG X=1 ⏎ ENV Y=$X', [['X', '2']], 'Y', 'env =2'],
    ['FROM a ⏎ ENV X=1', [['X', '2']], 'X', 'env =1'],
    ['FROM a ⏎ ENV X=1 ⏎ ARG X', [['X', '2']], 'X', 'arg =2'],
    ['ARG X=1 ⏎ FROM a ⏎ ARG X=3', [['X', '2']], 'X', 'arg =2'],
    ['FROM a ⏎ ARG TARGETOS', [['TARGETOS', 'linux']], 'TARGETOS', 'arg =linux'],
    ['FROM a ⏎ ARG HTTP_PROXY', [['HTTP_PROXY', 'http://p']], 'HTTP_PROXY', 'arg =http://p'],
    ['FROM a ⏎ ARG X=${Y?no}', [['X', '2']], 'X', 'arg =2'],
  ])('%s with %j: %s', ([text, args, name, expected]) => {
    expect(binding(end(text, ...args).variable(name))).toBe(expected);
  });

  test('before FROM', () => {
    const global = (text: string, name: string) => {
      const model = modelOf(text);
      return binding(model.step(model.stages.at(-1)!.from)!.before.variable(name));
    };
    expect(global('ARG X=1 ⏎ FROM a', 'X')).toBe('arg =1');
    expect(global('ARG X=1 ⏎ FROM a ⏎ ARG X=2 ⏎ FROM b', 'X')).toBe('arg =1');
    expect(global('FROM a', 'TARGETPLATFORM')).toBe('predefined ?$TARGETPLATFORM');
    expect(global('ARG TARGETPLATFORM=x ⏎ FROM a', 'TARGETPLATFORM')).toBe('arg =x');
    expect(global('ARG BUILDARCH ⏎ FROM a', 'BUILDARCH')).toBe('predefined ?$BUILDARCH');
    expect(global('FROM a', 'http_proxy')).toBe('none');
    expect(global('FROM a', 'PATH')).toBe('none');
  });

  test('the target stage is known when one is asked for', () => {
    const target = modelOf('FROM a AS x ⏎ ARG TARGETSTAGE', { target: 'x' }).target!;
    expect(binding(target.end.variable('TARGETSTAGE'))).toBe('arg =x');
  });

  test('a definition is the instruction that gives the value', () => {
    const { target } = modelOf('ARG X=1 ⏎ FROM a AS b ⏎ ENV Y=1 ⏎ FROM b ⏎ ARG X ⏎ ARG Y');
    expect(target!.end.variable('X')?.definition).toBe(target!.steps[0]!.instruction);
    expect(target!.end.variable('Y')?.definition?.kind).toBe('Env');
    expect(target!.end.variable('PATH')?.definition).toBeUndefined();
  });

  test('all that a file binds, in order', () => {
    const { target } = modelOf('FROM a AS b ⏎ ENV A=1 B=2 ⏎ FROM b ⏎ ARG C=3 ⏎ ENV A=4');
    const list = ({ variables }: State) => [...variables.values()].map(({ name, value }) => `${name}${said(value)}`);
    expect(list(target!.end)).toEqual(['A=4', 'B=2', 'C=3']);
    expect(list(target!.steps[0]!.before)).toEqual(['A=1', 'B=2']);
    expect(list(target!.steps[1]!.before)).toEqual(['A=1', 'B=2', 'C=3']);
  });

  test('the value of a use', () => {
    const model = modelOf('FROM scratch ⏎ ARG A ⏎ ENV B=$PATH ⏎ LABEL x=$A$B$C$PATH');
    const step = model.target!.steps[2]!;
    const pair = step.instruction.kind === 'Label' ? step.instruction.pairs[0]! : undefined;
    expect(step.expand(pair!.value!).uses.map(({ name, value }) => `${name} ${value.state}`)).toEqual([
      'A unset',
      'B known',
      'C unset',
      'PATH known',
    ]);
  });
});

describe('CMD and ENTRYPOINT', () => {
  const line = (text: string): string => {
    const { cmd, entrypoint } = end(text);
    const lineOf = (it: typeof cmd) =>
      it ? text.replace(/ ?⏎ ?/g, '\n').slice(0, it.span.start).split('\n').length : 0;
    return `${lineOf(cmd)} ${lineOf(entrypoint)}`;
  };
  test.for([
    ['FROM a', '0 0'],
    ['FROM a ⏎ CMD x', '2 0'],
    ['FROM a ⏎ CMD x ⏎ CMD y', '3 0'],
    ['FROM a ⏎ ENTRYPOINT x', '0 2'],
    ['FROM a ⏎ CMD x ⏎ ENTRYPOINT y', '2 3'],
    ['FROM a ⏎ ENTRYPOINT y ⏎ CMD x', '3 2'],
    ['FROM a AS b ⏎ CMD x ⏎ ENTRYPOINT y ⏎ FROM b', '2 3'],
    ['FROM a AS b ⏎ CMD x ⏎ FROM b ⏎ ENTRYPOINT y', '0 4'],
    ['FROM a AS b ⏎ CMD x ⏎ FROM b ⏎ ENTRYPOINT y ⏎ CMD z', '5 4'],
    ['FROM a AS b ⏎ CMD x ⏎ FROM b ⏎ CMD z ⏎ ENTRYPOINT y', '4 5'],
    ['FROM a AS b ⏎ CMD x ⏎ FROM b ⏎ CMD z ⏎ ENTRYPOINT y ⏎ ENTRYPOINT w', '4 6'],
    ['FROM a AS b ⏎ CMD x ⏎ FROM b AS c ⏎ ENTRYPOINT y ⏎ FROM c', '0 4'],
    ['FROM a AS b ⏎ ENTRYPOINT x ⏎ FROM b ⏎ CMD y', '4 2'],
    ['FROM a AS b ⏎ CMD x ⏎ FROM a', '0 0'],
  ])('%s', ([text, expected]) => {
    expect(line(text!)).toBe(expected);
  });

  test('the step of the ENTRYPOINT shows it', () => {
    const [entrypoint] = modelOf('FROM a AS b ⏎ CMD x ⏎ FROM b ⏎ ENTRYPOINT y').target!.steps;
    expect(entrypoint!.before.cmd?.kind).toBe('Cmd');
    expect(entrypoint!.after.cmd).toBeUndefined();
  });
});

describe('what else is inherited', () => {
  const text =
    'FROM a AS b ⏎ LABEL a=1 "b c"=$X ⏎ EXPOSE 80 ⏎ VOLUME /data ["x"] ⏎ HEALTHCHECK CMD true ⏎ STOPSIGNAL SIGINT' +
    ' ⏎ FROM b ⏎ ENV P="81 82/udp" ⏎ LABEL a=2 ⏎ EXPOSE $P 90 ⏎ VOLUME ["/a b", "$P"]';

  test('labels, ports, volumes', () => {
    const state = end(text);
    expect([...state.labels].map(([name, value]) => `${name} ${said(value)}`)).toEqual(['a =2', 'b c ?$X']);
    expect(state.exposed.map(said)).toEqual(['=80', '=81', '=82/udp', '=90']);
    expect(state.volumes.map(said)).toEqual(['=/data', '=[x]', '=/a b', '=81 82/udp']);
  });

  test('at each step there is what came before it', () => {
    const { steps } = modelOf(text).target!;
    expect(steps.map(({ before }) => said(before.labels.get('a')))).toEqual(['=1', '=1', '=2', '=2']);
    expect(steps.map(({ before }) => before.exposed.length)).toEqual([1, 1, 1, 4]);
  });

  test('HEALTHCHECK and STOPSIGNAL', () => {
    expect(end(text).healthcheck?.kind).toBe('Healthcheck');
    expect(end(text).stopsignal?.kind).toBe('Stopsignal');
    const none = end('FROM a ⏎ HEALTHCHECK CMD true ⏎ HEALTHCHECK NONE').healthcheck;
    expect(none?.kind === 'Healthcheck' && none.type?.text).toBe('NONE');
    expect(end('FROM a').healthcheck).toBeUndefined();
  });
});
