import { CstParser, type IRecognitionException, type IToken } from 'chevrotain';
import * as t from './tokens.ts';

/**
 * The grammar, in the order of the Dockerfile reference (https://docs.docker.com/reference/dockerfile/): one rule an
 * instruction, LL(1), no code. README.md has the railroad diagrams in words. A mistake is recovered from at the next line.
 */
export class DockerfileParser extends CstParser {
  constructor(checked = false) {
    super(t.tokenTypes, {
      recoveryEnabled: true,
      maxLookahead: 1,
      nodeLocationTracking: 'none',
      skipValidations: !checked,
    });
    this.performSelfAnalysis();
  }

  readonly dockerfile = this.RULE('dockerfile', () => {
    this.MANY(() => this.SUBRULE(this.line));
  });

  /** A logical line; it is empty where the file ends behind a continuation. */
  private readonly line = this.RULE('line', () => {
    this.OPTION(() => this.SUBRULE(this.instruction));
    this.CONSUME(t.LineEnd);
  });

  private readonly instruction = this.RULE('instruction', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.from) },
      { ALT: () => this.SUBRULE(this.run) },
      { ALT: () => this.SUBRULE(this.cmd) },
      { ALT: () => this.SUBRULE(this.label) },
      { ALT: () => this.SUBRULE(this.maintainer) },
      { ALT: () => this.SUBRULE(this.expose) },
      { ALT: () => this.SUBRULE(this.env) },
      { ALT: () => this.SUBRULE(this.add) },
      { ALT: () => this.SUBRULE(this.copy) },
      { ALT: () => this.SUBRULE(this.entrypoint) },
      { ALT: () => this.SUBRULE(this.volume) },
      { ALT: () => this.SUBRULE(this.user) },
      { ALT: () => this.SUBRULE(this.workdir) },
      { ALT: () => this.SUBRULE(this.arg) },
      { ALT: () => this.SUBRULE(this.onbuild) },
      { ALT: () => this.SUBRULE(this.stopsignal) },
      { ALT: () => this.SUBRULE(this.healthcheck) },
      { ALT: () => this.SUBRULE(this.shell) },
      { ALT: () => this.SUBRULE(this.unknown) },
    ]);
  });

  private readonly from = this.RULE('from', () => {
    this.CONSUME(t.From);
    this.SUBRULE(this.flags);
    this.SUBRULE(this.name, { LABEL: 'image' });
    this.OPTION(() => {
      this.CONSUME(t.As);
      this.SUBRULE2(this.name, { LABEL: 'stage' });
    });
  });

  private readonly run = this.RULE('run', () => {
    this.CONSUME(t.Run);
    this.SUBRULE(this.flags);
    this.OPTION(() => this.SUBRULE(this.command));
  });

  private readonly cmd = this.RULE('cmd', () => {
    this.CONSUME(t.Cmd);
    this.SUBRULE(this.flags);
    this.OPTION(() => this.SUBRULE(this.command));
  });

  private readonly label = this.RULE('label', () => {
    this.CONSUME(t.Label);
    this.SUBRULE(this.flags);
    this.SUBRULE(this.pairs);
  });

  private readonly maintainer = this.RULE('maintainer', () => {
    this.CONSUME(t.Maintainer);
    this.SUBRULE(this.flags);
    this.CONSUME(t.Rest);
  });

  private readonly expose = this.RULE('expose', () => {
    this.CONSUME(t.Expose);
    this.SUBRULE(this.flags);
    this.AT_LEAST_ONE(() => this.CONSUME(t.Word));
  });

  private readonly env = this.RULE('env', () => {
    this.CONSUME(t.Env);
    this.SUBRULE(this.flags);
    this.SUBRULE(this.pairs);
  });

  private readonly add = this.RULE('add', () => {
    this.CONSUME(t.Add);
    this.SUBRULE(this.flags);
    this.SUBRULE(this.paths);
  });

  private readonly copy = this.RULE('copy', () => {
    this.CONSUME(t.Copy);
    this.SUBRULE(this.flags);
    this.SUBRULE(this.paths);
  });

  private readonly entrypoint = this.RULE('entrypoint', () => {
    this.CONSUME(t.Entrypoint);
    this.SUBRULE(this.flags);
    this.OPTION(() => this.SUBRULE(this.command));
  });

  private readonly volume = this.RULE('volume', () => {
    this.CONSUME(t.Volume);
    this.SUBRULE(this.flags);
    this.SUBRULE(this.paths);
  });

  private readonly user = this.RULE('user', () => {
    this.CONSUME(t.User);
    this.SUBRULE(this.flags);
    this.CONSUME(t.Rest);
  });

  private readonly workdir = this.RULE('workdir', () => {
    this.CONSUME(t.Workdir);
    this.SUBRULE(this.flags);
    this.CONSUME(t.Rest);
  });

  private readonly arg = this.RULE('arg', () => {
    this.CONSUME(t.Arg);
    this.SUBRULE(this.flags);
    this.AT_LEAST_ONE(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Assignment) }, { ALT: () => this.CONSUME(t.Bare) }]);
    });
  });

  private readonly onbuild = this.RULE('onbuild', () => {
    this.CONSUME(t.Onbuild);
    this.SUBRULE(this.flags);
    this.SUBRULE(this.instruction);
  });

  private readonly stopsignal = this.RULE('stopsignal', () => {
    this.CONSUME(t.Stopsignal);
    this.SUBRULE(this.flags);
    this.CONSUME(t.Rest);
  });

  private readonly healthcheck = this.RULE('healthcheck', () => {
    this.CONSUME(t.Healthcheck);
    this.SUBRULE(this.flags);
    this.CONSUME(t.CheckType);
    this.OPTION(() => this.SUBRULE(this.command));
  });

  private readonly shell = this.RULE('shell', () => {
    this.CONSUME(t.Shell);
    this.SUBRULE(this.flags);
    this.SUBRULE(this.command);
  });

  private readonly unknown = this.RULE('unknown', () => {
    this.CONSUME(t.Unknown);
    this.SUBRULE(this.flags);
    this.OPTION(() => this.CONSUME(t.Rest));
  });

  private readonly flags = this.RULE('flags', () => {
    this.MANY(() => this.CONSUME(t.Flag));
    this.OPTION(() => this.CONSUME(t.FlagsEnd));
  });

  /** Exec form or shell form. */
  private readonly command = this.RULE('command', () => {
    this.OR([{ ALT: () => this.SUBRULE(this.array) }, { ALT: () => this.CONSUME(t.Rest) }]);
  });

  /** What it holds besides strings is valid JSON, for which build.ts has an error. */
  private readonly array = this.RULE('array', () => {
    this.CONSUME(t.ArrayStart);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.JsonString) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.CONSUME(t.JsonOther) },
      ]);
    });
    this.CONSUME(t.ArrayEnd);
  });

  private readonly paths = this.RULE('paths', () => {
    this.OR([{ ALT: () => this.SUBRULE(this.array) }, { ALT: () => this.AT_LEAST_ONE(() => this.CONSUME(t.Word)) }]);
  });

  /** `name=value`…, or one `name value` in the legacy form. */
  private readonly pairs = this.RULE('pairs', () => {
    this.OR([
      { ALT: () => this.AT_LEAST_ONE(() => this.CONSUME(t.Assignment)) },
      {
        ALT: () => {
          this.CONSUME(t.Bare);
          this.CONSUME(t.LegacyValue);
        },
      },
    ]);
  });

  /** A word of FROM, where `as` may be a name too. */
  private readonly name = this.RULE('name', () => {
    this.OR([{ ALT: () => this.CONSUME(t.Word) }, { ALT: () => this.CONSUME(t.As) }]);
  });
}

let parser: DockerfileParser | undefined;

/** The concrete tree of a token list and what did not fit. The parser is made at the first call. */
export function parseTokens(tokens: IToken[]) {
  parser ??= new DockerfileParser();
  parser.input = tokens;
  const cst = parser.dockerfile();
  return { cst, errors: parser.errors as readonly IRecognitionException[] };
}
