import { z } from 'zod';

/**
 * Every failure that a person can meet, as `code -> sentence`. `{subject}` is the file, model or folder
 * it is about, `{detail}` what was found. The list is closed: a new failure gets its words here first.
 */
const sentences = {
  'file-missing': [
    'There is no file at {subject}.',
    'Check the path, or whether the disk is attached.',
  ],
  'file-forbidden': [
    '{subject} may not be read.',
    'Ask for permission to read it, or copy it elsewhere.',
  ],
  'file-empty': ['{subject} is empty.', 'Copy or export the recording again.'],
  'not-audio': [
    '{subject} holds no sound that can be decoded ({detail}).',
    'Is it really a recording? Wav, mp3, flac, ogg, opus, m4a, webm and mp4 are read.',
  ],
  'no-audio-track': ['{subject} has no audio track.', 'Choose the file that has the sound.'],
  'audio-damaged': [
    '{subject} is damaged: nothing in it can be decoded ({detail}).',
    'Copy or export the recording again.',
  ],
  'audio-incomplete': [
    '{subject} is damaged: {detail} could be read.',
    'That much was analysed. Copy or export the recording again for the rest.',
  ],
  'folder-without-audio': [
    '{subject} holds no recordings.',
    'Wav, mp3, flac, ogg, opus, m4a, webm and mp4 are read.',
  ],
  'annotations-unreadable': [
    'The annotations in {subject} cannot be read: {detail}.',
    'Nothing of the file was taken. Correct it, or save it again with the program that wrote it.',
  ],
  'annotations-unwritable': [
    '{subject} cannot be written: {detail}.',
    'Choose another format, or a folder in place of a file.',
  ],
  'format-unknown': [
    'What {subject} holds cannot be told by its name: {detail}.',
    'Give the file the ending of its format, or name the format.',
  ],
  'annotations-not-comparable': [
    'The agreement of {subject} cannot be computed: {detail}.',
    'Compare what different annotators said about the same recordings.',
  ],
  'disk-full': [
    'The disk is full: {subject} could not be written.',
    'Free some space and try again.',
  ],
  'disk-error': [
    'The disk reported an error when {subject} was read or written.',
    'Nothing was changed. Copy the project to another disk while this one can still be read.',
  ],
  'not-writable': [
    '{subject} could not be written ({detail}).',
    'Choose another folder, or ask for permission to write there.',
  ],
  'name-too-long': [
    '{subject} could not be written: its name is too long.',
    'Give the recording, or the file, a shorter name.',
  ],
  'cache-damaged': [
    '{subject} in the cache is missing or damaged.',
    'Open the recording again, and it is made anew.',
  ],
  'model-missing': [
    'There is no model in {subject}.',
    'A model folder holds model.json, weights.bin and card.json.',
  ],
  'model-invalid': [
    'The model in {subject} cannot be used: {detail}.',
    'Get it again from where it came from, or train it anew.',
  ],
  'model-exists': [
    'There is something at {subject} already, and a model never replaces anything.',
    'Choose another name for the new one.',
  ],
  'corpus-invalid': [
    'The corpus {subject} cannot be used: {detail}.',
    'See the README for the layout that each corpus needs.',
  ],
  'corrections-too-few': [
    'There is too little to learn from: {detail}.',
    'Correct more segments that hold speech, with at least two different labels.',
  ],
  'split-leaks': [
    'This evaluation is refused because it would leak: {detail}.',
    'Keep each speaker and each source recording on one side of the split.',
  ],
  'recipe-invalid': [
    'The recipe {subject} cannot be used: {detail}.',
    'Compare it with the recipe in src/engine/training/recipe.ts.',
  ],
  'project-invalid': [
    'The project {subject} cannot be opened: {detail}.',
    'Open another project, or restore a copy of this one.',
  ],
  'project-damaged': [
    'The project {subject} is damaged: {detail}.',
    'Open the project again: what can be read is then recovered, and the damaged file is kept.',
  ],
  'project-newer': [
    'The project {subject} was made by a newer Undertone.',
    'Update Undertone to open it. Nothing was changed.',
  ],
  'project-missing': [
    'There is no project in {subject}.',
    'Choose the folder that holds project.sqlite, or make a new project.',
  ],
  'project-in-use': [
    'The project {subject} is open in another Undertone.',
    'Close it there first, or open another project. Nothing was changed.',
  ],
  'not-the-recording': [
    '{subject} is another recording: its content is not that of {detail}.',
    'Choose the file that was moved, or add this one as a new recording.',
  ],
  'recording-known': [
    '{subject} is on the list already.',
    'Take one of the two off the list, or choose another file.',
  ],
  'not-found': [
    '{subject} is no longer in the library.',
    'It may have been removed; refresh the list.',
  ],
  'edit-refused': ['That cannot be done: {detail}.', 'Nothing was changed.'],
  'too-large': [
    'This takes more memory than it may, and was given up.',
    'Try it with fewer recordings, or with smaller files.',
  ],
  'engine-stopped': [
    'The analysis engine stopped unexpectedly.',
    'It has been started again; try once more.',
  ],
  'library-stopped': [
    'The library stopped unexpectedly.',
    'It is started again; what was saved is safe.',
  ],
  'microphone-refused': [
    'Undertone may not use the microphone.',
    'Allow it in the privacy settings of the system, then try again.',
  ],
  'microphone-missing': ['No microphone was found.', 'Plug one in, then try again.'],
  'microphone-busy': [
    'The microphone cannot be used: {detail}.',
    'Close other programs that may hold it, or choose another one.',
  ],
  'microphone-lost': [
    'The microphone {subject} was taken away.',
    'What was recorded up to then is kept.',
  ],
  'recording-behind': [
    'The recording was ended: the disk could not write it as fast as it came.',
    'What was recorded up to then is kept.',
  ],
  cancelled: ['Cancelled.', ''],
  'invalid-call': [
    'Undertone asked itself something it does not understand ({detail}).',
    'Please report this.',
  ],
  internal: ['Something went wrong inside Undertone ({detail}).', 'Please report this.'],
} as const satisfies Record<string, readonly [message: string, hint: string]>;

export type ErrorCode = keyof typeof sentences;
const errorCodes = Object.keys(sentences) as readonly ErrorCode[];

/** What crosses a process boundary in place of an Error. */
export const errorShape = z.object({
  code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  hint: z.string(),
});
export type ErrorShape = Readonly<z.infer<typeof errorShape>>;

interface ErrorContext {
  /** The file, folder or model that it is about. */
  readonly subject?: string;
  /** What was found, in a few words. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/** An expected failure: it has a code, a sentence for the person, and a way out. */
export class UndertoneError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, context: ErrorContext = {}) {
    const [message, hint] = sentences[code];
    super(fill(message, context), { cause: context.cause });
    this.name = 'UndertoneError';
    this.code = code;
    this.hint = hint;
  }
}

/** The shape of any thrown value; what is not an expected failure is `internal`, with its own message. */
export function toErrorShape(error: unknown): ErrorShape {
  const known = error instanceof UndertoneError ? error : asExpected(error);
  return { code: known.code, message: known.message, hint: known.hint };
}

export function fromErrorShape(shape: ErrorShape): UndertoneError {
  const error = new UndertoneError(shape.code);
  error.message = shape.message;
  return error;
}

function asExpected(error: unknown): UndertoneError {
  if (error instanceof Error && error.name === 'AbortError') {
    return new UndertoneError('cancelled', { cause: error });
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new UndertoneError('internal', { detail, cause: error });
}

function fill(sentence: string, context: ErrorContext): string {
  return sentence
    .replace('{subject}', context.subject ?? 'it')
    .replace('{detail}', context.detail ?? 'no details');
}
