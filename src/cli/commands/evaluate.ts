import { InvalidArgumentError, type Command } from 'commander';
import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import type { Scope } from '#engine/clips/classify.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import { evaluateModel } from '#engine/training/evaluate.ts';
import { cancelOnSignals } from '../cancellation.ts';
import { corpusOption, openCorpora, type CorpusChoice } from '../corpus-option.ts';
import { defaultModelFolder } from '../default-model.ts';
import { showProgress } from '../progress.ts';
import { describeScores } from '../scores-text.ts';
import { normaliseOption } from './classify.ts';

interface EvaluateCommandOptions {
  readonly corpus: readonly CorpusChoice[];
  readonly model?: string;
  readonly speakers?: readonly string[];
  readonly normalise: Scope;
  readonly json: boolean;
}

export function define(command: Command): void {
  command
    .description(
      'Classifies every labelled recording of a corpus as "classify" does, and counts. ' +
        'The numbers mean something only for speakers that the model was not trained on. They are told group by ' +
        'group, too: by sex, intensity and statement where the corpus has them, and by further columns of labels.csv.',
    )
    .addOption(corpusOption())
    .option('--model <folder>', 'a model folder in place of the shipped model')
    .option('--speakers <list>', 'only these, like 21-24 or 03,08', parseSpeakers)
    .addOption(normaliseOption)
    .option('--json', 'print one JSON object', false)
    .action(evaluate);
}

async function evaluate(options: EvaluateCommandOptions): Promise<void> {
  const signal = cancelOnSignals();
  const predictor = await loadPredictor(options.model ?? (await defaultModelFolder()));
  const voiceActivity = await createVoiceActivity();
  try {
    for (const corpus of await openCorpora(options.corpus)) {
      const progress = showProgress(`evaluate ${corpus.kind}`);
      const evaluation = await evaluateModel(
        corpus,
        { predictor, voiceActivity },
        {
          scope: options.normalise,
          speakers: options.speakers,
          signal,
          onProgress: (done, of) => {
            progress.report({ stage: `${done} of ${of} heard`, fraction: done / of });
          },
        },
      );
      progress.stop();
      const text = options.json ? JSON.stringify(evaluation) : describeScores(evaluation);
      process.stdout.write(`${text}\n`);
    }
  } finally {
    await voiceActivity.dispose();
    predictor.dispose();
  }
}

/** `21-24` are the speakers 21, 22, 23 and 24; a number keeps as many digits as its range was typed with. */
function parseSpeakers(value: string): readonly string[] {
  return value.split(',').flatMap((part) => {
    const range = /^(\d+)-(\d+)$/.exec(part.trim());
    if (!range) return [part.trim()];
    const [, first = '', last = ''] = range;
    const count = Number(last) - Number(first) + 1;
    if (count < 1 || count > 1000) throw new InvalidArgumentError(`${part} is no range.`);
    return Array.from({ length: count }, (_, index) =>
      String(Number(first) + index).padStart(first.length, '0'),
    );
  });
}
