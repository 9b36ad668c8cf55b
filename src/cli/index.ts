import { Command, CommanderError } from 'commander';
import { toErrorShape } from '#shared/contract/errors.ts';
import { addAnalyze } from './commands/analyze.ts';
import { addClassify } from './commands/classify.ts';
import { addCrossval } from './commands/crossval.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addTrain } from './commands/train.ts';
import { exitStatus } from './exit-status.ts';
import { appVersion } from './version.ts';

const program = new Command('undertone')
  .description('Expressed emotion in speech recordings: analyse, classify, train, evaluate.')
  .version(appVersion)
  .showHelpAfterError('(add --help for what it takes)')
  .exitOverride();

addAnalyze(program);
addClassify(program);
addTrain(program);
addEvaluate(program);
addCrossval(program);
addDoctor(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; asking for help or the version is no mistake.
    process.exitCode = error.exitCode === 0 ? exitStatus.done : exitStatus.wrongUsage;
  } else {
    const { message, hint } = toErrorShape(error);
    process.stderr.write(`${message} ${hint}\n`);
    process.exitCode = exitStatus.someFailed;
  }
}
