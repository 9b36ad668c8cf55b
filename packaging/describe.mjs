import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Below this, in bytes, a part is not worth a line. */
const worthALine = 5e6;

/**
 * The size of a packaged application and of its largest files, as lines.
 *
 * @param {string} folder
 * @returns {Promise<string>}
 */
export async function describeFolder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return { name: path.relative(folder, file), size: (await stat(file)).size };
      }),
  );
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const large = files
    .filter(({ size }) => size >= worthALine)
    .toSorted((a, b) => b.size - a.size)
    .map(({ name, size }) => `  ${megabytes(size)}  ${name}`);
  return [`${folder}: ${megabytes(total).trim()} in ${files.length} files`, ...large].join('\n');
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0).padStart(5)} MB`;
}
