import { Command, CommanderError } from 'commander';
import { toErrorShape } from '#shared/contract/errors.ts';
import { exitStatus, exitStatusOf } from './exit-status.ts';
import { appVersion } from './version.ts';

interface CommandModule {
  readonly define: (command: Command) => void;
}

/** Only the command that is asked for is loaded: TensorFlow takes a second, help should not. */
const commands: Readonly<Record<string, readonly [string, () => Promise<CommandModule>]>> = {
  analyze: ['emotion segments and tracks of recordings', () => import('./commands/analyze.ts')],
  classify: [
    'one JSON line a file: label, confidence, probabilities',
    () => import('./commands/classify.ts'),
  ],
  train: ['a model of your own', () => import('./commands/train.ts')],
  evaluate: [
    'how right a model is about labelled recordings',
    () => import('./commands/evaluate.ts'),
  ],
  crossval: [
    'how good a recipe is on speakers that it never heard',
    () => import('./commands/crossval.ts'),
  ],
  study: [
    'how a recipe stands worse sound, cuts timelines, and learns a speaker',
    () => import('./commands/study.ts'),
  ],
  ablate: [
    'what each part of a recipe is good for: layers, units, dropout, features, steps',
    () => import('./commands/ablate.ts'),
  ],
  card: ["results of studies on a model's card", () => import('./commands/card.ts')],
  finetune: [
    'a new version of a model that has learnt from corrections',
    () => import('./commands/finetune.ts'),
  ],
  convert: [
    'annotations from one exchange format into another',
    () => import('./commands/convert.ts'),
  ],
  agree: ['how far annotators agree, and where they differ', () => import('./commands/agree.ts')],
  doctor: [
    'what is set up, what is missing and how to get it',
    () => import('./commands/doctor.ts'),
  ],
};

const program = new Command('undertone')
  .description('Expressed emotion in speech recordings: analyse, classify, train, evaluate.')
  .version(appVersion)
  .showHelpAfterError('(add --help for what it takes)')
  .exitOverride();

try {
  const [, , asked, about] = process.argv;
  for (const [name, [summary, load]] of Object.entries(commands)) {
    const command = program.command(name).summary(summary).description(summary);
    if (name === asked || (asked === 'help' && name === about)) (await load()).define(command);
  }
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; asking for help or the version is no mistake.
    process.exitCode = error.exitCode === 0 ? exitStatus.done : exitStatus.wrongUsage;
  } else {
    const { code, message, hint } = toErrorShape(error);
    process.stderr.write(`${message} ${hint}\n`);
    process.exitCode = exitStatusOf(code);
  }
}
