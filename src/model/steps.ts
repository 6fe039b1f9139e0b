import type { Instruction } from '../../grammar/index.ts';
import type { Account } from '../knowledge/images/accounts.ts';
import type { ChangeKind } from '../knowledge/project/volatility.ts';
import type { Command } from '../shell/command.ts';
import { type PackageOperation, packageOperation } from '../shell/packages.ts';
import type { Script } from '../shell/script.ts';
import { changesOf } from './cache/changes.ts';
import type { Effects, LinkedEffects } from './files/effect.ts';
import { effectsOf } from './files/effects.ts';
import { linkedOf } from './files/links.ts';
import { takesOf } from './files/takes.ts';
import type { Install } from './installs/install.ts';
import { installsOf } from './installs/installs.ts';
import type { Mounted, Stage, State, Step, Take } from './model.ts';
import { mountsOf } from './mounts/mounts.ts';
import { accountOf, homeOf } from './stages/accounts.ts';
import { type Expansion, textOf } from './stages/expand.ts';
import { scriptOf } from './stages/scripts.ts';
import type { Surroundings } from './stages/stages.ts';
import { isRootIn } from './stages/users.ts';

const withScript: ReadonlySet<Instruction['kind']> = new Set(['Run', 'Cmd', 'Entrypoint', 'Healthcheck']);

/** The step of an instruction; each of its facts is computed when it is first asked for. */
export const makeStep = (instruction: Instruction, index: number, surroundings: Surroundings): Step =>
  new FileStep(instruction, index, surroundings);

/** A fact that may be undefined is kept as null, so that it is computed once. */
type Kept<T> = T | null | undefined;

class FileStep implements Step {
  readonly instruction: Instruction;
  readonly index: number;
  readonly #expanded = new Map<Parameters<Step['expand']>[0], Expansion>();
  readonly #at: Surroundings;
  #script: Kept<Script>;
  #operations: readonly PackageOperation[] | undefined;
  #byCommand: Map<Command, readonly PackageOperation[]> | undefined;
  #trigger: Kept<Step>;
  #takes: readonly Take[] | undefined;
  #mounts: readonly Mounted[] | undefined;
  #effects: Effects | undefined;
  #linked: LinkedEffects | undefined;
  #installs: readonly Install[] | undefined;
  #changes: Kept<ChangeKind>;
  #account: Kept<Account>;
  #home: Kept<string>;

  constructor(instruction: Instruction, index: number, surroundings: Surroundings) {
    this.instruction = instruction;
    this.index = index;
    this.#at = surroundings;
  }

  readonly expand: Step['expand'] = (word) => {
    const known = this.#expanded.get(word) ?? this.#at.expand(word);
    this.#expanded.set(word, known);
    return known;
  };

  get stage(): Stage | undefined {
    return this.#at.stage();
  }

  get before(): State {
    return this.#at.before();
  }

  get after(): State {
    return this.#at.after();
  }

  get earlier(): readonly Step[] {
    return this.#at.earlier();
  }

  get isCutOff(): boolean {
    return this.stage?.steps[this.index + 1]?.instruction.kind === 'Unknown';
  }

  get script(): Script | undefined {
    if (this.#script === undefined) {
      const { instruction } = this;
      this.#script = (withScript.has(instruction.kind) ? scriptOf(instruction, this.before) : undefined) ?? null;
    }
    return this.#script ?? undefined;
  }

  get operations(): readonly PackageOperation[] {
    this.#operations ??= this.script?.commands.flatMap((it) => packageOperation(it, this.#valueOf) ?? []) ?? [];
    return this.#operations;
  }

  operationsOf(command: Command): readonly PackageOperation[] {
    if (!this.#byCommand) {
      this.#byCommand = new Map();
      for (const it of this.operations)
        this.#byCommand.set(it.command, [...(this.#byCommand.get(it.command) ?? []), it]);
    }
    return this.#byCommand.get(command) ?? [];
  }

  readonly #valueOf = (name: string): string | undefined => {
    const value = this.before.variable(name)?.value;
    return value && textOf(value);
  };

  get trigger(): Step | undefined {
    if (this.#trigger === undefined) {
      const { instruction, index } = this;
      const inner = instruction.kind === 'Onbuild' ? instruction.instruction : undefined;
      this.#trigger = inner && this.#at.later ? makeStep(inner, index, this.#at.later()) : null;
    }
    return this.#trigger ?? undefined;
  }

  get takes(): readonly Take[] {
    this.#takes ??= takesOf(this, this.#at.named);
    return this.#takes;
  }

  get mounts(): readonly Mounted[] {
    this.#mounts ??= mountsOf(this);
    return this.#mounts;
  }

  get effects(): Effects {
    this.#effects ??= effectsOf(this);
    return this.#effects;
  }

  get linked(): LinkedEffects {
    this.#linked ??= linkedOf(this);
    return this.#linked;
  }

  get changes(): ChangeKind | undefined {
    if (this.#changes === undefined) this.#changes = changesOf(this) ?? null;
    return this.#changes ?? undefined;
  }

  get installs(): readonly Install[] {
    this.#installs ??= installsOf(this);
    return this.#installs;
  }

  get isRoot(): boolean | undefined {
    return isRootIn(this);
  }

  get account(): Account | undefined {
    if (this.#account === undefined) this.#account = accountOf(this) ?? null;
    return this.#account ?? undefined;
  }

  get home(): string | undefined {
    if (this.#home === undefined) this.#home = homeOf(this) ?? null;
    return this.#home ?? undefined;
  }
}
