import type { Database } from '#library/database/connection.ts';
import { createSpeechCount } from '#library/database/speech.ts';

export interface LargeProject {
  readonly recordings: number;
  readonly segmentsEach: number;
}

const labels = ['neutral', 'calm', 'happy', 'sad', 'angry', 'fearful', 'disgust', 'surprised'];
const second = 16_000;
const secondsEach = 3;

/** Fills a project's database with recordings that were analysed, as a month of work leaves it. */
export function fillLargeProject(database: Database, size: LargeProject): void {
  const addLabels = database.prepare('INSERT OR IGNORE INTO label_set (id, labels) VALUES (1, ?)');
  const addRecording = database.prepare(
    'INSERT INTO recording (id, path, name, added_at) VALUES (?, ?, ?, ?)',
  );
  const addSound = database.prepare(
    `INSERT INTO sound (recording_id, sha256, sample_rate, channels, samples, canonical_path, peaks_path,
                        file_size, file_modified_ms)
     VALUES (?, ?, ${second}, 1, ?, ?, ?, 1000, 0)`,
  );
  const addAnalysis = database.prepare(
    `INSERT INTO analysis (recording_id, model, label_set_id, window_seconds, hop_seconds, ribbon, made_at)
     VALUES (?, 'bench', 1, 2.5, 0.5, ?, '2026-01-01')`,
  );
  const addSegment = database.prepare(
    `INSERT INTO segment (recording_id, tier, "start", "end", label, confidence, probabilities,
                          label_set_id, source, annotator, model)
     VALUES (?, 'model', ?, ?, ?, ?, ?, 1, 'model', '', 'bench')`,
  );
  const countSpeech = createSpeechCount(database);
  const addJob = database.prepare(
    `INSERT INTO job (recording_id, state, position, engine_losses) VALUES (?, 'done', ?, 0)`,
  );
  database.transaction(() => {
    addLabels.run(JSON.stringify(labels));
    for (let id = 1; id <= size.recordings; id += 1) {
      const name = `${id % 7 === 0 ? 'Gespräch' : 'interview'} ${id}.wav`;
      addRecording.run(id, `/recordings/${id}/${name}`, name, '2026-01-01T00:00:00.000Z');
      const samples = size.segmentsEach * secondsEach * second;
      addSound.run(
        id,
        String(id).padStart(64, '0'),
        samples,
        `/recordings/${id}/${name}`,
        `${id}.peaks`,
      );
      const ribbon = Array.from({ length: 48 }, (_, index) => labels[(id + index) % 8] ?? '');
      addAnalysis.run(id, JSON.stringify(ribbon));
      for (let index = 0; index < size.segmentsEach; index += 1) {
        const at = (id * 31 + index * 17) % 101;
        const label = at % 11 === 0 ? 'unsure' : (labels[at % 8] ?? '');
        const start = index * secondsEach * second;
        const probabilities = labels.map((_, place) => (place === at % 8 ? 0.6512345 : 0.0498765));
        addSegment.run(
          id,
          start,
          start + secondsEach * second,
          label,
          0.3 + (at % 70) / 100,
          JSON.stringify(probabilities),
        );
      }
      countSpeech(id);
      addJob.run(id, id);
    }
  });
}
