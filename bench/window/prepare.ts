import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareAudio } from '#engine/audio/canonical.ts';
import { connectDatabase } from '#library/database/connection.ts';
import { writeTrackFile } from '#library/files/track-file.ts';
import { openProject } from '#library/project.ts';
import type { Track } from '#shared/domain/track.ts';
import { fillLargeProject } from '../library/large-project.ts';
import { speech, writeWav } from '../speech.ts';

/** A working day with 20,000 segments: what the stage must stay fluent with. */
const longSeconds = 8 * 3600;
const longSegments = 20_000;
const labels = ['neutral', 'calm', 'happy', 'sad', 'angry', 'fearful', 'disgust', 'surprised'];
const hopSeconds = 0.5;
const rate = 16_000;

/**
 * Makes a project with 100,000 segments in so many recordings, of which the first can be opened: there is sound
 * behind it.
 */
export async function makeLargeProject(folder: string, recordings: number): Promise<void> {
  const segmentsEach = 100_000 / recordings;
  await makeProject(folder, { recordings, segmentsEach }, 3 * segmentsEach);
}

/** Makes a project of one recording, eight hours long. */
export async function makeLongRecording(folder: string): Promise<void> {
  await makeProject(folder, { recordings: 1, segmentsEach: longSegments }, longSeconds);
}

async function makeProject(
  folder: string,
  size: { readonly recordings: number; readonly segmentsEach: number },
  seconds: number,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const project = await openProject(folder, { backupsFolder: join(folder, '..'), onBug: raise });
  const wav = `${folder}.wav`;
  await writeWav(wav, await speech(), seconds);
  const prepared = await prepareAudio(wav, project.cache.engineFolder);
  const { sha256 } = prepared;
  await writeTrackFile(project.cache.trackPath(1), madeUpTrack(seconds), {
    sha256,
    model: 'bench',
    profileId: '',
  });
  const { size: bytes, mtimeMs } = await stat(wav);
  const peaks = project.cache.toStored(prepared.peaksPath);
  project.close();

  const database = connectDatabase(join(folder, 'project.sqlite'), { readOnly: false });
  fillLargeProject(database, size);
  // The sound that there is takes the place of the first recording's, which was only made up.
  const length = Math.floor((seconds * rate) / size.segmentsEach);
  database.exec(`
    UPDATE recording SET path = '${wav}' WHERE id = 1;
    UPDATE sound SET sha256 = '${sha256}', samples = ${seconds * rate}, canonical_path = '${wav}',
      peaks_path = '${peaks}', file_size = ${bytes}, file_modified_ms = ${mtimeMs} WHERE recording_id = 1;
    UPDATE segment SET "end" = ("start" / 48000 + 1) * ${length}, "start" = "start" / 48000 * ${length}
      WHERE recording_id = 1;
    PRAGMA wal_checkpoint(TRUNCATE)`);
  database.close();
}

/** Each stretch of speech sounds mostly like one emotion, and now and then nobody speaks. */
function madeUpTrack(seconds: number): Track {
  const cells = seconds / hopSeconds;
  const speechShares = Float32Array.from({ length: cells }, (_, cell) => (cell % 9 < 7 ? 1 : 0));
  const probabilities = new Float32Array(cells * labels.length);
  for (let cell = 0; cell < cells; cell += 1) {
    if (speechShares[cell] === 0) continue;
    const most = Math.floor(cell / 9) % labels.length;
    for (let label = 0; label < labels.length; label += 1) {
      probabilities[cell * labels.length + label] = label === most ? 0.65 : 0.05;
    }
  }
  return { labels, hopSeconds, windowSeconds: 2.5, cells, probabilities, speech: speechShares };
}

function raise(error: unknown): never {
  throw error;
}
